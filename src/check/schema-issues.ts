import type * as z from "zod";
import type { Issue } from "../errors.ts";
import { snakeCase } from "../model/attribute-name.ts";
import type { Definition } from "../model/definition.ts";
import { issueOf } from "./draft.ts";

/** What a schema says is wrong of a definition, each at its place and in the names of its file. */
export function schemaIssues({ issues }: z.ZodError, name: string, definition: Definition): readonly Issue[] {
  return issues.map(({ path, message }) => issueOf(definition, name, path.map(String), asWritten(definition, message)));
}

// What the schema says of attributes names others of them; a value is quoted as it is.
function asWritten(definition: Definition, message: string): string {
  return definition.placeOf === undefined
    ? message
    : message.replaceAll(/(?<=did you mean )"\w+"|(?<=^is not an attribute )\(accepted: [\w, ]+\)/g, snakeCase);
}
