import { isDuration } from "../../model/duration.ts";
import { isProbe } from "../../model/schema/healthcheck.ts";

/** What is accepted as the value of an option. */
export interface Rule {
  /** What is accepted, in words. */
  readonly accepted: string;
  /** Whether the probe can't do without it. Default: false. */
  readonly required?: boolean;
  /** What is wrong with a value, as the rest of a sentence that begins with it; `undefined` where nothing is. */
  readonly wrong: (value: unknown) => string | undefined;
}

/** What the options of a probe accept, by their names. */
export type Rules = Readonly<Record<string, Rule>>;

/** The same of an option that the probe can't do without. */
export function required(rule: Rule): Rule {
  return { ...rule, required: true };
}

/** A value that passes the test; `accepted` says which ones do. */
function rule(accepted: string, isRight: (value: unknown) => boolean): Rule {
  return { accepted, wrong: (value) => (isRight(value) ? undefined : `is not ${accepted}`) };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

const isText = (value: unknown): value is string => typeof value === "string";
const isLine = (value: unknown): value is string => isText(value) && value !== "" && !CONTROL.test(value);
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const PORT = rule(
  "a port (a whole number from 1 to 65535)",
  (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535,
);
export const HOST = rule(
  'an address or a host name ("127.0.0.1", "::1", "localhost")',
  (value) => isText(value) && /^[\w.:%-]+$/.test(value),
);
export const URL_PATH = rule(
  'the path of a URL: it begins with "/", and blanks, control and non-ASCII characters are written as %20',
  (value) => isText(value) && /^\/[!-~]*$/.test(value) && !value.includes("#"),
);
export const LINE = rule("a text of one line, without control characters", isLine);
export const DURATION = rule('a duration (write "30s")', isDuration);
export const TOOL = oneOf("curl", "wget", "bash", "perl", "python3", "node", "nc");
export const BOOLEAN = rule("true or false", (value) => typeof value === "boolean");
/** A shell script, or another text that no program takes when it has a zero byte in it. */
export const SCRIPT = rule(
  "a script: a text that is not empty, and has no zero byte",
  (value) => isText(value) && value.trim() !== "" && !value.includes("\0"),
);
export const TEXT = rule(
  "a text that is not empty, and has no zero byte",
  (value) => isText(value) && value !== "" && !value.includes("\0"),
);
export const WORDS = rule("a list of words without zero bytes", isWords);
export const COMMAND = rule(
  'a command: a list of words that begins with a program (write ["/app", "check"])',
  (value) => isWords(value) && (value as readonly string[])[0] !== undefined && (value as readonly string[])[0] !== "",
);
/** Longer names do not fit into the one byte of their length in the request. */
export const GRPC_SERVICE = rule(
  "the name of a gRPC service, of at most 127 bytes",
  (value) => isText(value) && !CONTROL.test(value) && Buffer.byteLength(value) <= 127,
);
/** Those below 200 announce an answer, and are none. */
export const STATUS = rule('a status from 200 to 599, "2xx" to "5xx", or a list of them that is not empty', (value) => {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return (
    all.length > 0 &&
    all.every((each) => (isText(each) ? /^[2-5]xx$/.test(each) : Number.isInteger(each) && Number(each) >= 200 && Number(each) <= 599))
  );
});

export const CREDENTIAL = rule(
  '{ variable: "NAME" } with the name of an environment variable, or { file: "/path" } with an absolute path',
  isCredential,
);
export const LOGIN = rule(
  '{ user, password }: a user without ":" and control characters, and { variable: "NAME" } or { file: "/path" }',
  (value) =>
    isRecord(value) &&
    isLine(value["user"]) &&
    !value["user"].includes(":") &&
    isCredential(value["password"]) &&
    hasOnly(value, "user", "password"),
);
/** @see https://www.rfc-editor.org/rfc/rfc9110#name-field-names */
export const HEADERS = rule(
  'headers: names of letters, digits and "-", values of one line of ASCII, or { variable: "NAME" } or { file: "/path" } with a prefix',
  (value) =>
    isRecord(value) &&
    Object.entries(value).every(([name, given]) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && (isHeaderText(given) || isHiddenHeader(given))),
);
/** Their timings would be those of nothing: the one command has those of the probe that they are part of. */
export const PROBES: Rule = {
  accepted: "a list of probes that has at least one",
  wrong: (value) => {
    if (!Array.isArray(value) || value.length === 0 || !value.every(isProbe)) return "is not a list of probes that has at least one";
    const timed = value.find(({ timing }) => Object.keys(timing).length > 0);
    return timed === undefined
      ? undefined
      : `has a probe.${timed.type} with a timing of its own (${Object.keys(timed.timing).join(", ")}): all of them are one command, give the timing to the whole`;
  },
};

/** One of some words. */
export function oneOf(...words: readonly string[]): Rule {
  return rule(`one of ${words.map((word) => `"${word}"`).join(", ")}`, (value) => words.includes(value as string));
}

function isHeaderText(value: unknown): boolean {
  return isText(value) && /^[\t -~]*$/.test(value);
}

function isHiddenHeader(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { prefix = "", ...credential } = value;
  return isHeaderText(prefix) && isCredential(credential);
}

function isWords(value: unknown): boolean {
  return Array.isArray(value) && value.every((word) => isText(word) && !word.includes("\0"));
}

function isCredential(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if ("variable" in value) return isText(value["variable"]) && SHELL_NAME.test(value["variable"]) && hasOnly(value, "variable");
  return isLine(value["file"]) && value["file"].startsWith("/") && hasOnly(value, "file");
}

function hasOnly(value: Record<string, unknown>, ...names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}
