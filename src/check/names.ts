import type { Issue } from "../errors.ts";
import type { Definition } from "../model/definition.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

const STACK_NAME = /^[a-z0-9][a-z0-9_-]*$/;
const NAME = /^[a-zA-Z0-9._-]+$/;

/** Names that Compose would refuse or change. */
export function checkNames({ stack, services, definitions }: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  if (!STACK_NAME.test(stack.name)) {
    issues.push(
      issueAt(stack.definition, "name", `${show(stack.name)} can't name a stack (write lower-case letters, digits, "_" and "-")`),
    );
  }
  for (const { name, definition } of services.values()) issues.push(...wrongName("service", name, definition));
  for (const [section, found] of Object.entries(definitions)) {
    for (const [name, definition] of found) issues.push(...wrongName(section.slice(0, -1), name, definition));
  }
  return issues;
}

// Where Compose looks for extensions in a section, it swallows what is named like one.
const EXTENSIBLE = ["network", "model"];

function wrongName(kind: string, name: string, definition: Definition): readonly Issue[] {
  if (!NAME.test(name)) return [issueAt(definition, name, `${show(name)} is not a name (write letters, digits, ".", "_" and "-")`)];
  if (!EXTENSIBLE.includes(kind) || !name.startsWith("x-")) return [];
  return [issueAt(definition, name, `${show(name)} can't name a ${kind}: Compose takes what begins with "x-" for an extension`)];
}
