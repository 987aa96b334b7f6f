import { StackError } from "../errors.ts";
import { BOOLEAN, isText, listOf, options, required, rest, rule } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { type Interpolation, interpolationOf, isInterpolation, partsOf, type Text, textOf, type Variable } from "./interpolation.ts";

export interface EnvOptions {
  /** The value where the variable is unset or empty. Default: none, the variable is required. */
  readonly default?: string | undefined;
  /** Whether an unset variable is an empty text instead of an error. Default: false. */
  readonly optional?: boolean | undefined;
  /** Whether its value must never be shown, in no log line, report or JSON; it has no default then. Default: false. */
  readonly secret?: boolean | undefined;
}

const ENV_ACCEPTS = {
  name: required(rule('the name of a variable (write env("LOG_LEVEL"))', isText)),
  options: options({ default: rule("a text", isText), optional: BOOLEAN, secret: BOOLEAN }),
};

const PIECE = rule(
  "a text, a number, or a variable made by env()",
  (value) => isText(value) || Number.isFinite(value) || isInterpolation(value),
);
const INTERPOLATE_ACCEPTS = {
  strings: required(rule('the text of a template (write interpolate`http://${env("HOST")}:80`)', Array.isArray)),
  values: rest(listOf(PIECE, { accepted: "a list of texts" })),
};

/**
 * A variable of the environment in which the stack is launched (the shell, or `.env` beside the stack).
 * Without `default` and `optional` it is required: `up` names it if it is unset or empty.
 *
 * @see https://docs.docker.com/reference/compose-file/interpolation/
 */
export const env = accepting("env", ENV_ACCEPTS, (name: string, options: EnvOptions = {}): Interpolation => {
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
});

/**
 * A text with variables in it: ``interpolate`redis://${env("HOST")}:6379` ``.
 * It stands where the compiler asks for a form, too, and a program has computed the text: ``stopGracePeriod: interpolate`${time}` ``.
 */
export const interpolate = accepting(
  "interpolate",
  INTERPOLATE_ACCEPTS,
  (strings: TemplateStringsArray, ...values: readonly (Text | number)[]): Interpolation =>
    // Without variables it is checked like every other text, whatever the type promises.
    textOf(strings.flatMap((literal, index) => [literal, ...partsOf(values[index] ?? "")])) as Interpolation,
);

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
