import { StackError } from "../errors.ts";

/** How Compose treats a variable: see https://docs.docker.com/reference/compose-file/interpolation/ */
export type Operator = ":-" | "-" | ":?" | "?" | ":+" | "+";

/** A variable that Compose replaces when it reads the file. */
export interface Variable {
  readonly name: string;
  readonly operator?: Operator;
  /** The default, the error message or the replacement that follows the operator. */
  readonly operand?: readonly Part[];
  /** Whether its value must never be shown. */
  readonly secret?: boolean;
}

/** A piece of an interpolated text: literal text, or a variable. */
export type Part = string | Variable;

/** A text with variables in it, made by `env()` or `interpolate`; every other `$` is a literal. */
export interface Interpolation {
  readonly kind: "interpolation";
  readonly parts: readonly Part[];
}

/** A string, or one with variables in it. */
export type Text = string | Interpolation;

export interface EnvOptions {
  /** The value where the variable is unset or empty. Default: none, the variable is required. */
  readonly default?: string | undefined;
  /** Whether an unset variable is an empty text instead of an error. Default: false. */
  readonly optional?: boolean | undefined;
  /** Whether its value must never be shown, in no log line, report or JSON; it has no default then. Default: false. */
  readonly secret?: boolean | undefined;
}

/**
 * A variable of the environment in which the stack is launched (the shell, or `.env` beside the stack).
 * Without `default` and `optional` it is required: `up` names it if it is unset or empty.
 *
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export function env(name: string, options: EnvOptions = {}): Interpolation {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw StackError.of("invalid-stack", `${JSON.stringify(name)} is not the name of a variable (write letters, digits and "_")`);
  }
  if (options.default !== undefined) refuseUnwritable(name, options.default);
  if (options.secret === true && (options.default ?? "") !== "") {
    const hint = "leave the default out: it is required then, or optional: true";
    throw StackError.of("invalid-stack", "the default of a secret would stand in the generated file", { path: name, hint });
  }
  const made = variable(name, options);
  return interpolationOf([options.secret === true ? { ...made, secret: true } : made]);
}

/**
 * A text with variables in it: ``interpolate`redis://${env("HOST")}:6379` ``.
 * It stands where the compiler asks for a form, too, and a program has computed the text: ``stopGracePeriod: interpolate`${time}` ``.
 */
export function interpolate(strings: TemplateStringsArray, ...values: readonly (Text | number)[]): Interpolation {
  // Without variables it is checked like every other text, whatever the type promises.
  return textOf(strings.flatMap((literal, index) => [literal, ...partsOf(values[index] ?? "")])) as Interpolation;
}

/** The pieces of a text between the separators that are written in it; what variables bring along stays in one piece. */
export function splitText(text: Text, separator: string): readonly Text[] {
  const pieces: Part[][] = [[]];
  for (const part of partsOf(text)) {
    const [first = "", ...others] = typeof part === "string" ? part.split(separator) : [part];
    pieces.at(-1)?.push(first);
    for (const each of others) pieces.push([each]);
  }
  return pieces.map(textOf);
}

/** Texts in one, with a separator between them. */
export function joinedText(texts: readonly Text[], separator: string): Text {
  return textOf(texts.flatMap((text, index) => [...(index === 0 ? [] : [separator]), ...partsOf(text)]));
}

/** A text made of parts: a string where there are no variables. */
function textOf(parts: readonly Part[]): Text {
  const kept = parts.filter((part) => part !== "");
  return kept.every((part) => typeof part === "string") ? kept.join("") : interpolationOf(kept);
}

/** A text made of parts. */
export function interpolationOf(parts: readonly Part[]): Interpolation {
  return Object.freeze({ kind: "interpolation", parts, toString: refuseToString });
}

/** Whether a value is a text with variables in it. */
export function isInterpolation(value: unknown): value is Interpolation {
  return typeof value === "object" && value !== null && (value as Partial<Interpolation>).kind === "interpolation";
}

/** The text as Compose must read it: variables as `${NAME}`, every literal `$` doubled. */
export function composeText(text: Text): string {
  return partsOf(text).map(composePart).join("");
}

/** The variables of a text that must be set, with the names in defaults and replacements. */
export function requiredVariables(text: Text): readonly string[] {
  return partsOf(text).flatMap((part) => {
    if (typeof part === "string") return [];
    return part.operator === ":?" || part.operator === "?" ? [part.name] : [];
  });
}

/** The variables of a text whose values must never be shown. */
export function secretNames(text: Text): readonly string[] {
  return partsOf(text).flatMap((part) => (typeof part !== "string" && part.secret === true ? [part.name] : []));
}

// Compose offers no way to escape a brace or a line break in a default.
function refuseUnwritable(name: string, text: string): void {
  const problem = text.includes("\n") ? "Compose reads no line breaks there" : isBalanced(text) ? undefined : "its braces don't match";
  if (problem === undefined) return;
  throw StackError.of("invalid-stack", `${JSON.stringify(text)} can't be the default of a variable: ${problem}`, { path: name });
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const brace of text.match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function variable(name: string, options: EnvOptions): Variable {
  if (options.default !== undefined) return { name, operator: ":-", operand: [options.default] };
  if (options.optional === true) return { name, operator: "-", operand: [] };
  return { name, operator: ":?", operand: [`${name} is not set`] };
}

function partsOf(text: Text | number): readonly Part[] {
  return isInterpolation(text) ? text.parts : [String(text)];
}

function composePart(part: Part): string {
  if (typeof part === "string") return part.replaceAll("$", "$$$$");
  const operand = (part.operand ?? []).map(composePart).join("");
  return `\${${part.name}${part.operator ?? ""}${operand}}`;
}

// `${env("X")}` in a plain template would silently become "[object Object]".
function refuseToString(this: Interpolation): string {
  throw StackError.of("invalid-stack", "a variable can't be put into a plain template string", {
    hint: 'write interpolate`...${env("NAME")}...` instead of `...${env("NAME")}...`',
  });
}
