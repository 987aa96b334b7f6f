import { CREATION } from "./creation.ts";
import { EXITS } from "./exits.ts";
import { OUTSIDE } from "./outside.ts";
import { PROBES } from "./probes.ts";
import { READINESS } from "./readiness.ts";
import type { Scenario } from "./scenario.ts";

/** Every scenario of the verdict matrix. */
export const SCENARIOS: readonly Scenario[] = [...READINESS, ...PROBES, ...EXITS, ...CREATION, ...OUTSIDE];
