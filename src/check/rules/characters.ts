import type { Issue } from "../../errors.ts";
import type { Definition } from "../../model/definition.ts";
import { isInterpolation, type Part } from "../../model/interpolation.ts";
import { show } from "../../model/schema/object.ts";
import { type Draft, issueAt } from "../draft.ts";
import { rule } from "../rule.ts";

export const UNWRITABLE_CHARACTER = rule({
  name: "unwritable-character",
  severity: "error",
  refuses: "every stack",
  summary: "A text contains a NUL character or half of a surrogate pair.",
  why: "No process can be given a NUL, and half of a surrogate pair can not be written as UTF-8.",
  fix: "Take the character out.",
  bad: `services:
  web:
    image: "nginx:1.29"
    command: "a\\0b"
`,
  good: `services:
  web:
    image: "nginx:1.29"
    command: "a0b"
`,
  sources: ["https://man7.org/linux/man-pages/man2/execve.2.html"],
  judge: checkCharacters,
});

/** Characters that can't be written to a file or handed to a process, wherever they stand. */
function checkCharacters(draft: Draft): readonly Issue[] {
  const issues: Issue[] = [];
  const look = (definition: Definition, name: string, model: unknown): void => {
    if (!isSuspicious(model)) return;
    for (const [path, text] of textsOf(name, model)) {
      const message = problem(text);
      if (message !== undefined) issues.push(issueAt(definition, path, message));
    }
  };
  for (const { name, definition, model } of draft.services.values()) look(definition, name, model);
  for (const section of ["models", "networks", "volumes", "secrets", "configs"] as const) {
    for (const [name, model] of draft[section]) look(draft.definitions[section].get(name) ?? {}, name, model);
  }
  look(draft.stack.definition, "options", draft.extensions);
  return issues;
}

// Nearly every model is clean, and then nothing has to be located.
function isSuspicious(value: unknown): boolean {
  if (typeof value === "string") return NUL_OR_SURROGATE.test(value);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(isSuspicious);
  if (!(value instanceof Map)) return Object.values(value).some(isSuspicious) || Object.keys(value).some(isSuspicious);
  for (const [key, each] of value) if (isSuspicious(key) || isSuspicious(each)) return true;
  return false;
}

// Whole pairs, too: a look at each unit alone is quick.
const NUL_OR_SURROGATE = /[\0\ud800-\udfff]/;

function problem(text: string): string | undefined {
  if (text.includes("\0")) return `${show(text)} contains a NUL character, which no process can be given`;
  if (!isWellFormed(text)) return `${show(text)} contains half of a surrogate pair, which can't be written as UTF-8`;
  return undefined;
}

// String.prototype.isWellFormed is newer than the library that is compiled against.
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

type Located = readonly [path: string, text: string];

/** Every text of a model, keys of maps among them. */
function* textsOf(path: string, value: unknown): Iterable<Located> {
  if (typeof value === "string") yield [path, value];
  else if (isInterpolation(value)) yield* textsOfParts(path, value.parts);
  else if (typeof value === "object" && value !== null) {
    for (const [key, each] of value instanceof Map ? value : Object.entries(value)) {
      yield [path, key];
      yield* textsOf(`${path}.${key}`, each);
    }
  }
}

function* textsOfParts(path: string, parts: readonly Part[]): Iterable<Located> {
  for (const part of parts) {
    if (typeof part === "string") yield [path, part];
    else yield* textsOfParts(path, part.operand ?? []);
  }
}
