import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** A piece of the official JSON schema. */
export interface Official {
  readonly $ref?: string;
  readonly deprecated?: boolean;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly oneOf?: readonly Official[];
  readonly properties?: Readonly<Record<string, Official>>;
  readonly patternProperties?: Readonly<Record<string, Official>>;
  readonly additionalProperties?: boolean;
  readonly items?: Official;
  readonly definitions?: Readonly<Record<string, Official>>;
}

/** The official JSON schema of Compose files, which the npm package dclint carries. */
export const official: Official = JSON.parse(readFileSync(schemaFile(), "utf8"));

/** The alternatives of a piece of the schema, references resolved. */
export function branchesOf(piece: Official): readonly Official[] {
  if (piece.$ref !== undefined) return branchesOf(official.definitions?.[piece.$ref.replace("#/definitions/", "")] ?? {});
  return piece.oneOf === undefined ? [piece] : piece.oneOf.flatMap(branchesOf);
}

/** The values of a map whose keys are the user's. */
export function valuesOf(branch: Official): readonly Official[] {
  return Object.entries(branch.patternProperties ?? {}).flatMap(([pattern, value]) => (pattern === "^x-" ? [] : [value]));
}

/** Whether extensions are accepted. */
export function isExtensible(branch: Official): boolean {
  return branch.patternProperties?.["^x-"] !== undefined || branch.additionalProperties !== false;
}

export function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function schemaFile(): string {
  const entry = createRequire(import.meta.url).resolve("dclint");
  return join(
    entry.slice(0, entry.lastIndexOf(join("node_modules", "dclint"))),
    "node_modules",
    "dclint",
    "schemas",
    "compose.schema.json",
  );
}
