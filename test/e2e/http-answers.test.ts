import { randomUUID } from "node:crypto";
import { execa } from "execa";
import { expect, it } from "vitest";
import { renderProbe } from "../../src/probe/render.ts";
import { ANSWERS, canAsk, type Program, serveAnswers, verdictOf } from "../probe/http-answers.ts";
import { describeWithImages } from "./systems/system.ts";

// One probe, one verdict: each answer by each program, in the image that it is chosen for there.

const IMAGES = [
  ["nginx:1.26", "curl"],
  ["busybox:1.37", "busybox wget"],
  ["debian:bookworm-slim", "bash"],
  ["debian:bookworm-slim", "perl"],
  ["python:3.13-slim", "python3"],
  ["node:22-slim", "node"],
] as const satisfies readonly (readonly [image: string, program: Program])[];

describeWithImages("probe.http in containers", () => {
  it.each(IMAGES)(
    "must make the same of every answer: in %s, with %s",
    async (image, program) => {
      await using server = await serveAnswers();
      await using container = await started(image);
      const verdicts: (readonly [string, boolean])[] = [];
      const wanted: (readonly [string, boolean])[] = [];
      for (const answer of ANSWERS.filter((each) => canAsk(each, program))) {
        const via = program === "busybox wget" ? "wget" : program;
        const verdict = verdictOf(answer, program);
        if (verdict === undefined) continue;
        const test = renderProbe(server.probeOf(answer, via), image).healthcheck?.test as string[];
        verdicts.push([answer.title, await container.isHealthy(test)]);
        wanted.push([answer.title, verdict]);
      }
      expect(verdicts).toEqual(wanted);
    },
    120_000,
  );
});

/** A container on the network of this machine, where the server of the test listens. */
async function started(image: string): Promise<AsyncDisposable & { isHealthy(test: readonly string[]): Promise<boolean> }> {
  const name = `answers-${randomUUID()}`;
  await execa("docker", ["run", "--detach", "--name", name, "--network", "host", "--entrypoint", "sleep", image, "600"]);
  return {
    async isHealthy([form, ...words]) {
      const command = form === "CMD" ? words : ["/bin/sh", "-c", ...words];
      return (await execa("docker", ["exec", name, ...command], { reject: false, timeout: 20_000 })).exitCode === 0;
    },
    async [Symbol.asyncDispose]() {
      await execa("docker", ["rm", "--force", name]);
    },
  };
}
