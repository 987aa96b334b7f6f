import type { Issue } from "../errors.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

const STACK_NAME = /^[a-z0-9][a-z0-9_-]*$/;
const NAME = /^[a-zA-Z0-9._-]+$/;

/** Names that Compose would refuse or change. */
export function checkNames({ stack, services, networks, volumes, secrets, configs }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  if (!STACK_NAME.test(stack.name)) {
    issues.push(
      issueAt(stack.definition, "name", `${show(stack.name)} can't name a stack (write lower-case letters, digits, "_" and "-")`),
    );
  }
  const definitionOf = (name: string) => services.get(name)?.definition ?? stack.definition;
  for (const names of [services, networks, volumes, secrets, configs]) {
    for (const name of names.keys()) {
      if (NAME.test(name)) continue;
      issues.push(issueAt(definitionOf(name), name, `${show(name)} is not a name (write letters, digits, ".", "_" and "-")`));
    }
  }
  for (const name of networks.keys()) {
    if (!name.startsWith("x-")) continue;
    issues.push(
      issueAt(stack.definition, name, `${show(name)} can't name a network: Compose takes what begins with "x-" for an extension`),
    );
  }
  return issues;
}
