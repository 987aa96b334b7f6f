import { type Issue, StackError } from "../errors.ts";
import type { CheckedStack } from "../model/checked-stack.ts";
import type { Stack } from "../model/stack.ts";
import { checkBuildFiles } from "./build-files.ts";
import { checkBuildPlatforms } from "./build-platforms.ts";
import { checkCharacters } from "./characters.ts";
import { checkCommands } from "./commands.ts";
import { checkConditions } from "./conditions.ts";
import { checkContainerNames } from "./container-names.ts";
import { checkCycles } from "./cycles.ts";
import { checkDevices } from "./devices.ts";
import { checkDockerfiles } from "./dockerfiles.ts";
import type { Draft, Rule } from "./draft.ts";
import { checkEnvironments } from "./environments.ts";
import { checkExternals } from "./externals.ts";
import { checkHealthchecks } from "./healthchecks.ts";
import { checkMounts } from "./mounts.ts";
import { checkNames } from "./names.ts";
import { checkNetworkModes } from "./network-mode.ts";
import { parseStack } from "./parse-stack.ts";
import { checkPorts } from "./ports.ts";
import { checkProviders } from "./providers.ts";
import { checkReferences } from "./references.ts";
import { checkSources } from "./sources.ts";
import { checkTargets } from "./targets.ts";
import { checkTwofold } from "./twofold.ts";
import { checkWatches } from "./watches.ts";

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
  checkMounts,
  checkEnvironments,
  checkNetworkModes,
  checkPorts,
  checkContainerNames,
  checkBuildFiles,
  checkBuildPlatforms,
  checkTargets,
  checkTwofold,
  checkDevices,
  checkCommands,
  checkWatches,
];

/**
 * Proves a stack sound.
 *
 * @throws {StackError} `invalid-stack` with every issue at once, in the order of the services.
 */
export function checkStack(stack: Stack): CheckedStack {
  const { draft, issues } = parseStack(stack);
  return checkedStack(draft, [...issues, ...RULES.flatMap((rule) => rule(draft))]);
}

/**
 * A stack whose attributes have the right forms, without the rules of soundness: what Docker Compose accepts as a file.
 *
 * @throws {StackError} `invalid-stack` with every issue at once, in the order of the services.
 */
export function acceptStack(stack: Stack): CheckedStack {
  const { draft, issues } = parseStack(stack);
  return checkedStack(draft, issues);
}

function checkedStack({ stack, definitions, ...draft }: Draft, issues: readonly Issue[]): CheckedStack {
  if (issues.length > 0) throw new StackError("invalid-stack", issues);
  const { name, definition, written } = stack;
  return { name, definition, ...draft, written } as Omit<CheckedStack, never> as CheckedStack;
}
