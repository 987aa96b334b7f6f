import { type Issue, StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import type { Stack } from "../model/stack.ts";
import { checkCharacters } from "./characters.ts";
import { checkConditions } from "./conditions.ts";
import { checkContainerNames } from "./container-names.ts";
import { checkCycles } from "./cycles.ts";
import { checkDevices } from "./devices.ts";
import { checkDockerfiles } from "./dockerfiles.ts";
import type { Rule } from "./draft.ts";
import { checkEnvironments } from "./environments.ts";
import { checkExternals } from "./externals.ts";
import { checkHealthchecks } from "./healthchecks.ts";
import { checkNames } from "./names.ts";
import { checkNetworkModes } from "./network-mode.ts";
import { parseStack } from "./parse-stack.ts";
import { checkPorts } from "./ports.ts";
import { checkProviders } from "./providers.ts";
import { checkReferences } from "./references.ts";
import { checkSources } from "./sources.ts";
import { checkTargets } from "./targets.ts";
import { checkTwofold } from "./twofold.ts";

const RULES: readonly Rule[] = [
  checkNames,
  checkCharacters,
  checkSources,
  checkProviders,
  checkExternals,
  checkReferences,
  checkConditions,
  checkCycles,
  checkHealthchecks,
  checkDockerfiles,
  checkEnvironments,
  checkNetworkModes,
  checkPorts,
  checkContainerNames,
  checkTargets,
  checkTwofold,
  checkDevices,
];

/**
 * Proves a stack sound.
 *
 * @throws {StackError} `invalid-stack` with every issue at once, in the order of the services.
 */
export function checkStack(stack: Stack): CheckedStack {
  const { draft, issues: parseIssues } = parseStack(stack);
  const issues: readonly Issue[] = [...parseIssues, ...RULES.flatMap((rule) => rule(draft))];
  if (issues.length > 0) throw new StackError("invalid-stack", issues);
  const { include, extensions, services, models, networks, volumes, secrets, configs } = draft;
  const { name, definition } = stack;
  return { name, definition, include, extensions, services, models, networks, volumes, secrets, configs } as Omit<
    CheckedStack,
    never
  > as CheckedStack;
}
