import { isDuration } from "./duration.ts";
import { isInterpolation } from "./interpolation.ts";
import { nearName } from "./near-name.ts";

/** What is accepted as an argument of a function, or as the value of an option. */
export interface Rule {
  /** What is accepted, in words. */
  readonly accepted: string;
  /** Whether the function can't do without it. Default: false. */
  readonly required?: boolean;
  /** Whether it is a list of all arguments from here on. Default: false. */
  readonly rest?: boolean;
  /** Whether what was given may be a secret, and is not shown. Default: false. */
  readonly hidden?: boolean;
  /** What is wrong with a value: the rest of a sentence that begins with it, or problems inside of it; `undefined` where nothing is. */
  readonly wrong: (value: unknown) => string | readonly Problem[] | undefined;
}

/** What is wrong with a part of a value. */
export interface Problem {
  /** Where it is in the value; empty for the value itself. */
  readonly path: readonly string[];
  /** A whole sentence. */
  readonly message: string;
}

/** What is accepted, by the names of arguments or options, in their order. */
export type Rules = Readonly<Record<string, Rule>>;

/** A value that passes the test; `accepted` says which ones do. */
export function rule(accepted: string, isRight: (value: unknown) => boolean): Rule {
  return { accepted, wrong: (value) => (isRight(value) ? undefined : `is not ${accepted}`) };
}

/** The same of what the function can't do without. */
export function required(rule: Rule): Rule {
  return { ...rule, required: true };
}

/** The same of all arguments from there on. */
export function rest(rule: Rule): Rule {
  return { ...rule, rest: true };
}

/** The same of what may be a secret. */
export function hidden(rule: Rule): Rule {
  return { ...rule, hidden: true };
}

/** One of some words. */
export function oneOf(...words: readonly string[]): Rule {
  const accepted = `one of ${words.map((word) => `"${word}"`).join(", ")}`;
  return {
    accepted,
    wrong: (value) => {
      if (words.includes(value as string)) return undefined;
      const near = typeof value === "string" ? nearName(value, words) : undefined;
      return near === undefined ? `is not ${accepted}` : `is not ${accepted}; did you mean "${near}"?`;
    },
  };
}

/** One of several. What one of them finds inside of a value says more than that it is none of them. */
export function either(...rules: readonly Rule[]): Rule {
  const accepted = rules.map((each) => each.accepted).join(", or ");
  return {
    accepted,
    wrong: (value) => {
      const problems = rules.map(({ wrong }) => wrong(value));
      return problems.includes(undefined) ? undefined : (problems.find((each) => typeof each !== "string") ?? `is not ${accepted}`);
    },
  };
}

/** A list of such values, each with its own problem. */
export function listOf(item: Rule, { accepted, least = 0 }: { readonly accepted: string; readonly least?: number }): Rule {
  return {
    accepted,
    wrong: (value) => {
      if (!Array.isArray(value) || value.length < least) return `is not ${accepted}`;
      // A list with holes has nothing at some places, which no method of it would look at.
      return found(Array.from(value, (each, index) => problemsOf(item, each, String(index))).flat());
    },
  };
}

/** An object whose keys are the user's. */
export function recordOf(key: RegExp, item: Rule, { accepted, least = 0 }: { readonly accepted: string; readonly least?: number }): Rule {
  return {
    accepted,
    wrong: (value) => {
      if (!isRecord(value) || Object.keys(value).length < least) return `is not ${accepted}`;
      const named = Object.entries(value).flatMap(([name, each]): readonly Problem[] =>
        key.test(name) ? problemsOf(item, each, name) : [{ path: [], message: `${shown(name)} can't be a name: write ${accepted}` }],
      );
      return found(named);
    },
  };
}

/** The same of all but some values, of which it is said why: the rest of a sentence that begins with the value. */
export function except(rule: Rule, whyNot: (value: unknown) => string | undefined): Rule {
  return {
    ...rule,
    wrong: (value) => {
      const problem = rule.wrong(value);
      const why = problem === undefined ? whyNot(value) : undefined;
      // A problem inside of the value is told although something else would be accepted in its place.
      return why === undefined ? problem : [{ path: [], message: `${shown(value)} ${why}` }];
    },
  };
}

/** An object of options. */
export interface Options extends Rule {
  readonly options: Rules;
}

/** Options by their names, and no others; with `extensions` also those of the user's, `x-NAME`. */
export function options(rules: Rules, { extensions = false }: { readonly extensions?: boolean } = {}): Options {
  const names = Object.keys(rules);
  const accepted = names.length === 0 ? "no options" : `accepted: ${names.join(", ")}`;
  const unknown = (name: string): string => {
    const near = nearName(name, names);
    return `is not an option${near === undefined ? "" : `; did you mean "${near}"?`} (${accepted})`;
  };
  return {
    accepted,
    options: rules,
    wrong: (value = {}) => {
      if (!isRecord(value)) return [{ path: [], message: `takes its options in an object (${accepted})` }];
      const missing = Object.entries(rules).filter(([name, { required }]) => required === true && value[name] === undefined);
      return found([
        ...missing.map(([name, each]) => ({ path: [name], message: `is missing: ${each.accepted}` })),
        ...Object.entries(value).flatMap(([name, given]): readonly Problem[] => {
          if (given === undefined || (extensions && name.startsWith("x-"))) return [];
          const own = Object.hasOwn(rules, name) ? rules[name] : undefined;
          return own === undefined ? [{ path: [name], message: unknown(name) }] : problemsOf(own, given, name);
        }),
      ]);
    },
  };
}

/** What is wrong with a value, as whole sentences; its own place is `name`, or none. */
export function problemsOf({ wrong, hidden }: Rule, value: unknown, ...name: readonly string[]): readonly Problem[] {
  const problem = wrong(value);
  if (problem === undefined) return [];
  if (typeof problem === "string") return [{ path: name, message: `${hidden === true ? kindOf(value) : shown(value)} ${problem}` }];
  return problem.map(({ path, message }) => ({ path: [...name, ...path], message }));
}

function found(problems: readonly Problem[]): readonly Problem[] | undefined {
  return problems.length === 0 ? undefined : problems;
}

/** A value in a message: what it holds may be a secret, and a list of many things says little. */
function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value);
  if (value === undefined) return "nothing";
  if (typeof value === "bigint") return `${value}n`;
  return (typeof value === "object" && value !== null) || typeof value === "function" || typeof value === "symbol"
    ? kindOf(value)
    : String(value);
}

const LONGEST = 60;

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "this list";
  if (typeof value === "string") return "this text";
  if (typeof value !== "object" || value === null) return `this ${typeof value}`;
  if (isInterpolation(value)) return "this variable";
  const { kind } = value as { readonly kind?: unknown };
  return typeof kind === "string" && /^[a-z ]+$/.test(kind) ? `this ${kind}` : "this object";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;

export const isText = (value: unknown): value is string => typeof value === "string";
export const isLine = (value: unknown): value is string => isText(value) && value !== "" && !CONTROL.test(value);
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === "[object Object]" && !isInterpolation(value);

export const ANYTHING = rule("anything", () => true);
export const BOOLEAN = rule("true or false", (value) => typeof value === "boolean");
export const DURATION = rule('a duration (write "30s")', isDuration);
export const COUNT = rule("a whole number from 0", (value) => Number.isSafeInteger(value) && Number(value) >= 0);
export const LINE = rule("a text of one line, without control characters", isLine);
export const TEXT = rule(
  "a text that is not empty, and has no zero byte",
  (value) => isText(value) && value !== "" && !value.includes("\0"),
);
/** A shell script, or another text that no program takes when it has a zero byte in it. */
export const SCRIPT = rule(
  "a script: a text that is not empty, and has no zero byte",
  (value) => isText(value) && value.trim() !== "" && !value.includes("\0"),
);
export const WORDS = rule('a list of words without zero bytes (write ["node", "server.mjs"])', isWords);
export const COMMAND = rule(
  'a command: a list of words that begins with a program (write ["/app", "check"])',
  (value) => isWords(value) && (value as readonly string[])[0] !== undefined && (value as readonly string[])[0] !== "",
);

function isWords(value: unknown): boolean {
  return Array.isArray(value) && Array.from(value).every((word) => isText(word) && !word.includes("\0"));
}
