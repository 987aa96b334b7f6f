import { afterAll, describe, expect, test } from "vitest";
import { runScenario } from "../../bench/run-scenario.ts";
import { SCENARIOS } from "../../bench/scenarios/all.ts";
import type { Scenario } from "../../bench/scenarios/scenario.ts";
import { engineAnswers, leftoversOf } from "./verdict-engine.ts";

// One round of `npm run bench:verdicts`, without asking Compose.
describe.skipIf(!engineAnswers())("the verdict matrix", () => {
  afterAll(() => expect(leftoversOf("verdict-").filter(isOfScenario)).toEqual([]));

  test.concurrent.for(SCENARIOS.filter(isAlone(false)))("$name", { timeout: 120_000 }, mustBeRight);
  test.for(SCENARIOS.filter(isAlone(true)))("$name", { timeout: 120_000 }, mustBeRight);
});

// A clock that jumps jumps for the whole process.
function isAlone(wanted: boolean): (scenario: Scenario) => boolean {
  return ({ clockJumps = false }) => clockJumps === wanted;
}

async function mustBeRight(scenario: Scenario): Promise<void> {
  const { report, exitCode } = await runScenario(scenario);
  const { expect: wanted } = scenario;
  const [first] = report.culprits;
  expect({
    verdict: report.verdict,
    exitCode,
    ...(first === undefined ? {} : { culprit: first.service, cause: first.cause }),
    ...(wanted.victims === undefined ? {} : { victims: report.victims.map(({ service }) => service) }),
  }).toEqual(wanted);
}

function isOfScenario(name: string): boolean {
  return SCENARIOS.some((scenario) => name.startsWith(`verdict-${scenario.name}`));
}
