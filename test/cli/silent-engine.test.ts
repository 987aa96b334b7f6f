import { createServer } from "node:http";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { copyOfProject } from "../fixture-projects.ts";
import { startCli } from "../run-cli.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const BIN = fileURLToPath(new URL("../fixtures/bin", import.meta.url));

/** The DOCKER_HOST of an engine that answers pings as often as that, and then nothing. */
async function engineThatAnswers(pings: number): Promise<string> {
  const socket = join(temporaryFolder(), "engine.sock");
  let left = pings;
  const server = createServer(({ url }, response) => {
    if (url === "/_ping" && left-- > 0) response.setHeader("Api-Version", "1.45").end("OK");
  });
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `unix://${socket}`;
}

/** What a command says on stderr at first; then the signal ends it. */
async function firstSaid(args: readonly string[], env: Readonly<Record<string, string>>, signal: NodeJS.Signals): Promise<string> {
  const command = startCli(args, { cwd: copyOfProject("simple"), env });
  let said = "";
  command.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    if (said.includes("\n")) command.kill(signal);
  });
  await command;
  return said;
}

const TOLD = "the Docker Engine gives no answer, and is waited for: up to 30 s\n";

describe("an engine that accepts questions and answers none is told of", () => {
  it.each(["status", "status --watch", "explain", "logs", "logs --follow", "wait"])("by %s", async (command) => {
    const [name = "", ...options] = command.split(" ");
    expect(await firstSaid([name, "one", ...options], { DOCKER_HOST: await engineThatAnswers(0) }, "SIGKILL")).toBe(TOLD);
  });

  it("by logs that are followed, also where it answered before", async () => {
    const PATH = `${BIN}${delimiter}${dirname(process.execPath)}`;
    const env = { DOCKER_HOST: await engineThatAnswers(2), PATH, FAKE_DOCKER_HANG: "1" };
    // It has a process to end.
    expect(await firstSaid(["logs", "one", "--follow"], env, "SIGTERM")).toBe(TOLD);
  });
});
