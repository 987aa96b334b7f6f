import type { Issue } from "../../errors.ts";
import type { Definition } from "../../model/definition.ts";
import { show } from "../../model/schema/object.ts";
import { issueAt } from "../draft.ts";
import { rule } from "../rule.ts";
import type { Subject } from "../subject.ts";

export const INVALID_NAME = rule({
  name: "invalid-name",
  severity: "error",
  refuses: "every stack",
  summary: "A name that two have, or that Compose would refuse, change, or take for an extension.",
  why: "What is written is not what would run.",
  fix: 'Write letters, digits, ".", "_" and "-"; the name of a stack is in lower case.',
  bad: `import { service, stack } from "stackwright";

export default stack("My Shop", [service("web", { image: "nginx:1.29" })]);
`,
  good: `import { service, stack } from "stackwright";

export default stack("my-shop", [service("web", { image: "nginx:1.29" })]);
`,
  sources: ["https://docs.docker.com/reference/compose-file/version-and-name/"],
  judge: checkNames,
});

/** What can name a stack, and a Compose project. */
export const STACK_NAME = /^[a-z0-9][a-z0-9_-]*$/;
const NAME = /^[a-zA-Z0-9._-]+$/;

/** Names that Compose would refuse or change. */
function checkNames({ stack, services, definitions, malformed }: Subject): readonly Issue[] {
  const issues: Issue[] = malformed.filter(({ kind }) => kind === "name");
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
