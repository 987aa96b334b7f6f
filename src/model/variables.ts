import type { CheckedStack } from "./checked-stack.ts";
import { isInterpolation, requiredVariables, secretNames, type Text } from "./interpolation.ts";

/** The variables that must be set before a stack can be launched, each once, in order of use. */
export function variablesRequiredBy(stack: CheckedStack): readonly string[] {
  const names = namesIn(stack, requiredVariables);
  for (const { environment } of [...stack.secrets.values(), ...stack.configs.values()])
    if (typeof environment === "string") names.add(environment);
  return [...names];
}

/** The variables whose values must never be shown: marked as secret, or the source of a secret. */
export function secretVariables(stack: CheckedStack): readonly string[] {
  const names = namesIn(stack, secretNames);
  for (const { environment } of stack.secrets.values()) if (typeof environment === "string") names.add(environment);
  return [...names];
}

function namesIn(stack: CheckedStack, namesOf: (text: Text) => readonly string[]): Set<string> {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (isInterpolation(value)) for (const name of namesOf(value)) names.add(name);
    else if (value instanceof Map) for (const each of value.values()) visit(each);
    else if (typeof value === "object" && value !== null) for (const each of Object.values(value)) visit(each);
  };
  for (const { model } of stack.services.values()) visit(model);
  for (const section of [stack.extensions, stack.networks, stack.volumes, stack.secrets, stack.configs]) visit(section);
  return names;
}
