import { relative } from "node:path";
import { type Redact, redactor } from "../../drive/secrets/redact.ts";
import type { Issue, StackError } from "../../errors.ts";
import { shownIssue } from "./shown-lines.ts";

/** Where output goes; the only place that knows about terminals. */
export interface Console {
  /** Whether a person looks at it. */
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly columns: number;
  /** Lines that are seen at once. */
  readonly rows: number;
  readonly style: Style;
  line(text?: string): void;
  raw(text: string): void;
  error(text: string): void;
  /** Takes the values of the stack's secrets out of a text; everything that is printed passes through it. */
  readonly redact: Redact;
  /** From now on these values are hidden. */
  hide(values: readonly string[]): void;
  /** Aborted with the reason as soon as stdout can't be written: what is printed from then on is lost. */
  readonly lost: AbortSignal;
}

/** Colours, or nothing. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly blue: (text: string) => string;
  readonly magenta: (text: string) => string;
  readonly cyan: (text: string) => string;
}

/** The console of this process. @see https://no-color.org */
export function processConsole(): Console {
  const { stdout, stderr } = process;
  const isTerminal = stdout.isTTY === true && process.env["TERM"] !== "dumb";
  const colours = (isTerminal && !process.env["NO_COLOR"]) || !["", "0", "false"].includes(process.env["FORCE_COLOR"] ?? "");
  const hidden = new Set<string>();
  let redact: Redact = (text) => text;
  const lost = new AbortController();
  stdout.on("error", (reason) => lost.abort(reason));
  // There is nowhere left to tell it.
  stderr.on("error", () => undefined);
  return {
    isTerminal,
    get columns() {
      return stdout.columns ?? 80;
    },
    get rows() {
      return stdout.rows ?? 24;
    },
    style: colours ? COLOURED : PLAIN,
    line: (text = "") => stdout.write(`${redact(text)}\n`),
    raw: (text) => stdout.write(redact(text)),
    error: (text) => stderr.write(`${redact(text)}\n`),
    redact: (text) => redact(text),
    hide: (values) => {
      for (const value of values) hidden.add(value);
      redact = redactor(hidden);
    },
    lost: lost.signal,
  };
}

/** An error for people: each issue with its place, and what to do. */
export function formatError(error: StackError, { red, dim }: Style): string {
  return error.issues.map((issue) => formatIssue(shownIssue(issue), red, dim)).join("\n");
}

/** A path as it is shown: relative where it lies below the current folder. */
export function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" ? "." : short.startsWith("..") ? path : short;
}

function formatIssue({ source, path, message, hint }: Issue, red: Style["red"], dim: Style["dim"]): string {
  const place = [source === undefined ? "" : shown(source), path].filter((part) => part !== "").join("  ");
  const first = `${red("error")}  ${place === "" ? "" : `${place}  `}${message}`;
  return hint === undefined ? first : `${first}\n       ${dim(hint)}`;
}

const ansi =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;
const same = (text: string): string => text;

const COLOURED: Style = {
  bold: ansi(1, 22),
  dim: ansi(2, 22),
  red: ansi(31, 39),
  green: ansi(32, 39),
  yellow: ansi(33, 39),
  blue: ansi(34, 39),
  magenta: ansi(35, 39),
  cyan: ansi(36, 39),
};
const PLAIN: Style = { bold: same, dim: same, red: same, green: same, yellow: same, blue: same, magenta: same, cyan: same };
