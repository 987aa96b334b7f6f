import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { checkStack, emitStack, type Layout } from "stackwright";
import { expect, it } from "vitest";
import { hasReferee } from "../model/schema/referee.ts";
import { emitted, RUNS, randomProject, SEED } from "./random-project.ts";
import { type Description, description, repaired, stackOf } from "./random-stack.ts";
import { variablesIn } from "./random-values.ts";
import { misunderstood } from "./refereed.ts";

const run = promisify(execFile);
const SAMPLE = Math.max(200, RUNS / 20);

it.skipIf(!hasReferee)(
  `Docker Compose understands ${SAMPLE} random stacks as they were written (STACKWRIGHT_SEED=${SEED})`,
  { timeout: 3_600_000 },
  async () => {
    const layout = randomProject();
    const waiting = [...fc.sample(description, { numRuns: SAMPLE, seed: SEED }).entries()];
    const failures: string[] = [];
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [index, whole] = next;
        const folder = join(layout.outputFolder, String(index));
        mkdirSync(folder);
        const failure = await failureOf(whole, { ...layout, outputFolder: folder });
        if (failure !== undefined) failures.push(failure);
      }
    };
    await Promise.all([work(), work()]);
    expect(failures).toEqual([]);
  },
);

async function failureOf(whole: Description, layout: Layout): Promise<string | undefined> {
  const checked = checkStack(stackOf(repaired(refereed(whole), checkStack)));
  const { text, document, folder } = emitted(checked, layout);
  const variables = variablesIn(text);
  const file = join(layout.outputFolder, "compose.yaml");
  for (const each of emitStack(checked, layout)) {
    mkdirSync(dirname(join(layout.outputFolder, each.path)), { recursive: true });
    writeFileSync(join(layout.outputFolder, each.path), each.text);
  }
  try {
    const understood = await composeConfig(file, { PATH: process.env["PATH"], HOME: layout.root, ...variables });
    const difference = misunderstood(document, understood, { folder, variables });
    return difference === undefined ? undefined : `${difference}\n${text}`;
  } catch (error) {
    return `${(error as { stderr?: string }).stderr ?? String(error)}\n${text}`;
  }
}

async function composeConfig(file: string, env: NodeJS.ProcessEnv): Promise<unknown> {
  const args = ["compose", "--file", file, "--profile", "*", "config", "--format", "json"];
  return JSON.parse((await run("docker", args, { env, maxBuffer: 1e9 })).stdout);
}

/** Without what the referee is too old for or can't write, and without names that services of different profiles may share. */
function refereed(whole: Description): Description {
  const services = Object.entries(whole.services).map(
    ([name, { preStart: _, containerName: __, ...spec }]) => [name, withoutOpenPlatform(withoutNewer(spec))] as const,
  );
  return { ...whole, services: Object.fromEntries(services) };
}

// Compose 2.40 can't write an SSH key as JSON, and the stages that are built anew are newer.
function withoutNewer(spec: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { build } = spec;
  if (typeof build !== "object" || build === null) return spec;
  const { ssh: _, noCacheFilter: __, ...rest } = build as Readonly<Record<string, unknown>>;
  return { ...spec, build: rest };
}

// Whether a platform that a variable says is among those that are built, only the launch knows.
function withoutOpenPlatform(spec: Record<string, unknown>): Record<string, unknown> {
  const { platform, ...rest } = spec;
  return typeof platform === "string" ? spec : rest;
}
