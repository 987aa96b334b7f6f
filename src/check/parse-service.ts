import type * as z from "zod";
import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { nearestOf } from "../model/near-name.ts";
import { serviceSchema } from "../model/schema/service.ts";
import type { AnyService } from "../model/service.ts";
import { checkedService } from "./checked-service.ts";
import { schemaIssues } from "./schema-issues.ts";

/** A service as it is checked, and what is wrong of it. */
export interface ParsedService {
  /** Absent where nothing of it could be read. */
  readonly service?: CheckedService | undefined;
  /** What does not have the form that the specification asks for. */
  readonly malformed: readonly Issue[];
  /** The attributes that are left out because they don't have that form; absent where all have it. */
  readonly unknown?: ReadonlySet<string>;
  /** What can't be done in its image. */
  readonly refused: readonly Issue[];
}

/** Parses a service; what is wrong of it is left out, so that the rest can be judged. */
export function parseService(member: AnyService): ParsedService {
  const { name, spec, definition } = member;
  const result = serviceSchema.safeParse(spec);
  if (result.success) return { ...checkedService(member, result.data), malformed: [] };
  const { issues } = result.error;
  const malformed = schemaIssues(result.error, name, definition);
  if (issues.some(({ path }) => path.length === 0)) return { malformed, refused: [] };
  // What was misspelt is there under another name.
  const unknown = new Set(
    issues
      .filter((issue) => !isItem(issue))
      .map(({ path: [attribute = ""] }) => String(attribute))
      .flatMap((each) => [each, meant(each) ?? each]),
  );
  const { data: model } = serviceSchema.safeParse(withoutWrong(spec, unknown, issues.filter(isItem)));
  const read = model === undefined ? { refused: [] } : checkedService(member, model);
  return { ...read, malformed, unknown };
}

function withoutWrong(spec: AnyService["spec"], unknown: ReadonlySet<string>, items: readonly z.core.$ZodIssue[]): object {
  const wrongItems = new Set(items.map(({ path: [attribute, index] }) => `${String(attribute)} ${String(index)}`));
  const given = Object.entries(spec)
    .filter(([attribute]) => !unknown.has(attribute))
    .map(([attribute, value]) => [
      attribute,
      Array.isArray(value) ? value.filter((_, index) => !wrongItems.has(`${attribute} ${index}`)) : value,
    ]);
  const standing = [...unknown].flatMap((attribute) => Object.entries(STANDING[attribute] ?? {}));
  return Object.fromEntries([...standing, ...given]);
}

/** Whether it is about an item of a list in which only what is wrong is left out. */
function isItem({ path: [attribute = "", index] }: z.core.$ZodIssue): boolean {
  return BY_NAME.has(String(attribute)) && typeof index === "number";
}

/** Lists whose items are told by name and not by number: of these only the items that are wrong are left out. */
const BY_NAME = new Set(["dependsOn", "models", "networks"]);

const meant = nearestOf(Object.keys(serviceSchema.shape));

/** What stands for an attribute whose absence would be wrong as well. */
const STANDING: Readonly<Record<string, AnyService["spec"]>> = {
  image: { image: "unknown" },
  build: { build: "." },
  provider: { image: "unknown" },
  extends: { image: "unknown" },
  healthcheck: { healthcheck: {} },
};
