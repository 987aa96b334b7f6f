import { expect, it } from "vitest";
import type { Culprit } from "../../../src/drive/diagnose/culprit.ts";
import { foldDependents } from "../../../src/drive/diagnose/fold-dependents.ts";
import { planOf } from "../launch-text.ts";

const late = (service: string): Culprit => ({ service, failure: "not-ready", cause: "not-ready", message: "late", evidence: [], hint: "" });

it("who failed along with a dependency is the victim of the first that failed, however long the chain", () => {
  const plan = planOf("db", "cache: db started", "api: db started, cache started", "web: api healthy");
  const { culprits, victims } = foldDependents(plan, ["db", "cache", "api"].map(late), [{ service: "web", culprit: "api" }]);
  expect(culprits.map(({ service }) => service)).toEqual(["db"]);
  expect(victims.map(({ service, culprit }) => [service, culprit])).toEqual([
    ["cache", "db"],
    ["api", "db"],
    ["web", "db"],
  ]);
});
