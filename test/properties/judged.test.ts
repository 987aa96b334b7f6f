import fc from "fast-check";
import { checkStack } from "stackwright";
import { expect, it } from "vitest";
import { judge } from "../../src/check/judge.ts";
import { parseStack } from "../../src/check/parse-stack.ts";
import { RUNS, SEED } from "./random-project.ts";
import { description, repaired, stackOf } from "./random-stack.ts";

it(`every rule has an answer to ${RUNS} random stacks, with variables everywhere (STACKWRIGHT_SEED=${SEED})`, {
  timeout: 3_600_000,
}, () => {
  const isAnswered = fc.property(description, (whole) => {
    const subject = parseStack(stackOf(repaired(whole, checkStack)));
    expect(() => judge(subject)).not.toThrow();
  });
  fc.assert(isAnswered, { numRuns: RUNS, seed: SEED });
});
