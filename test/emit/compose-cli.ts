import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkStack, emitStack, type Stack } from "stackwright";
import { it } from "vitest";

const available = spawnSync("docker", ["compose", "version"]).status === 0;
const required = process.env["STACKWRIGHT_REQUIRE_ENGINE"] === "1";

/** A test that asks Docker Compose; skipped where there is none, failing where `STACKWRIGHT_REQUIRE_ENGINE` is 1. */
export const itAsksCompose = it.skipIf(!available && !required);

/** What Docker Compose understands of a stack, emitted into a project at `root` that has the given (empty) files. */
// biome-ignore lint/suspicious/noExplicitAny: whatever Compose says
export function composeConfig(subject: Stack, root: string, files: readonly string[] = []): any {
  const outputFolder = join(root, "generated", subject.name);
  const stackFolder = join(root, "stacks", subject.name);
  for (const file of files) {
    mkdirSync(dirname(join(stackFolder, file)), { recursive: true });
    writeFileSync(join(stackFolder, file), "");
  }
  mkdirSync(outputFolder, { recursive: true });
  mkdirSync(stackFolder, { recursive: true });
  for (const { path, text } of emitStack(checkStack(subject), { stackFolder, outputFolder, root, source: "stack.ts" })) {
    mkdirSync(dirname(join(outputFolder, path)), { recursive: true });
    writeFileSync(join(outputFolder, path), text);
  }
  const env = { PATH: process.env["PATH"], HOME: root, HOST: "example.com", DB_PASSWORD: "secret", TOKEN: "inherited" };
  const args = ["compose", "--file", join(outputFolder, "compose.yaml"), "config", "--format", "json"];
  return JSON.parse(execFileSync("docker", args, { env, encoding: "utf8", stdio: "pipe", maxBuffer: 1e8 }));
}
