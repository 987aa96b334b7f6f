import { execFile, spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderProbe } from "../../src/probe/render.ts";
import { ANSWERS, canAsk, serveAnswers, verdictOf } from "./http-answers.ts";

// Every answer by every program of this machine; test/e2e/http-answers.test.ts does the same in containers.

const isThere = (tool: string): boolean => spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
const PROGRAMS = (["curl", "wget", "bash", "perl", "python3", "node"] as const).filter(isThere);

let server: Awaited<ReturnType<typeof serveAnswers>>;
beforeAll(async () => {
  server = await serveAnswers();
});
afterAll(() => server[Symbol.asyncDispose]());

describe.concurrent.each(PROGRAMS)("with %s", (program) => {
  const possible = ANSWERS.filter((answer) => canAsk(answer, program));

  it.each(possible.map((answer) => [answer.title, answer] as const))("%s", async (_, answer) => {
    const test = renderProbe(server.probeOf(answer, program), undefined).healthcheck?.test as string[];
    const verdict = verdictOf(answer, program);
    const { isHealthy, output } = await run(test);
    if (verdict !== undefined) expect({ isHealthy, output }).toEqual({ isHealthy: verdict, output });
  });

  it("is refused for what it can't ask", () => {
    for (const answer of ANSWERS) {
      expect([answer.title, renderProbe(server.probeOf(answer, program), undefined).problem === undefined]).toEqual([
        answer.title,
        canAsk(answer, program),
      ]);
    }
  });
});

function run([form, ...words]: readonly string[]): Promise<{ isHealthy: boolean; output: string }> {
  const [file = "", ...args] = form === "CMD" ? words : ["sh", "-c", ...words];
  return new Promise((resolve) => {
    execFile(file, args, { cwd: "/", timeout: 20_000 }, (error, stdout, stderr) =>
      resolve({ isHealthy: error === null, output: (stdout + stderr).slice(0, 300) }),
    );
  });
}
