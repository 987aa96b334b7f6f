import type { Text } from "../../model/interpolation.ts";
import { interpolationOf, type Part } from "../../model/interpolation.ts";
import { type Command, programOf, type Step, textOf, type Word } from "./script.ts";

type ReadScript = (script: Text) => Step;

/** A command; where its program only runs another one (`sh -c`, `timeout 5`, `env A=b`), what that one is. */
export function unwrap(command: Command, readScript: ReadScript): Step {
  const program = programOf(command);
  const wrapper = program === undefined ? undefined : WRAPPERS.get(program);
  const inside = wrapper?.(command.words.slice(1).map(textOf));
  if (inside === undefined) return command;
  const at = inside.at + 1;
  const by: Command = { ...command, words: command.words.slice(0, at), redirections: [] };
  if (inside.shell === undefined) {
    const variables = new Map([...command.variables, ...assignmentsIn(command.words.slice(1, at))]);
    return { type: "wrapper", by, shell: undefined, step: unwrap({ ...command, words: command.words.slice(at), variables }, readScript) };
  }
  const script = scriptOf(command.words[at]);
  return { type: "wrapper", by, shell: inside.shell, step: script === undefined ? { type: "unreadable" } : readScript(script) };
}

/** Where the command or script begins that a wrapper runs, counted from its first argument. */
interface Inside {
  readonly at: number;
  /** The shell that reads the script; absent where a command follows word by word. */
  readonly shell?: string;
}

/** From the arguments, as far as they are known, to what is inside; `undefined` where nothing is. */
type Wrapper = (words: readonly (string | undefined)[]) => Inside | undefined;

const shells = ["sh", "bash", "ash", "dash", "zsh", "ksh"].map((shell): [string, Wrapper] => [
  shell,
  (words) => script(words, shell, ["-o", "+o", "-O"], false),
]);

// The options that take a word of their own; what stands before the command otherwise are options and `NAME=value`.
const plain: readonly [program: string, takeWord: readonly string[], skipped?: number][] = [
  ["timeout", ["-s", "--signal", "-k", "--kill-after", "-t"], 1],
  ["env", ["-u", "--unset", "-C", "--chdir"]],
  ["exec", ["-a"]],
  ["nice", ["-n"]],
  ["ionice", ["-c", "-n"]],
  ["nohup", []],
  ["setsid", []],
  ["stdbuf", ["-i", "-o", "-e"]],
  ["time", []],
  ["gosu", [], 1],
  ["su-exec", [], 1],
  ["sudo", ["-u", "-g", "--user", "--group"]],
  ["setpriv", []],
  ["busybox", []],
  ["tini", []],
  ["dumb-init", []],
];

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ...shells,
  ...plain.map(([program, takeWord, skipped = 0]): [string, Wrapper] => [program, (words) => command(words, takeWord, skipped)]),
  // `command -v` looks for a program and runs nothing.
  ["command", (words) => (words[0]?.startsWith("-") === true ? undefined : command(words, [], 0))],
  ["su", (words) => script(words, "sh", ["-s", "--shell", "-g", "-G"], true)],
  ["runuser", (words) => script(words, "sh", ["-s", "-u", "-g"], true) ?? command(words, ["-u", "-g"], 0)],
]);

function command(words: readonly (string | undefined)[], takeWord: readonly string[], skipped: number): Inside | undefined {
  let at = 0;
  for (; at < words.length; at++) {
    const word = words[at];
    if (word === "--") {
      at++;
      break;
    }
    if (word !== undefined && takeWord.includes(word)) at++;
    else if (word === undefined || !(word.startsWith("-") || /^\w+=/.test(word))) break;
  }
  return at + skipped < words.length ? { at: at + skipped } : undefined;
}

/** The script after `-c`. A shell takes a word before it for a file; `su` takes it for the user. */
function script(words: readonly (string | undefined)[], shell: string, takeWord: readonly string[], hasUser: boolean): Inside | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word === undefined) return undefined;
    if (takeWord.includes(word)) at++;
    else if (word === "--command" || (/^-[a-zA-Z]+$/.test(word) && word.includes("c")))
      return at + 1 < words.length ? { at: at + 1, shell } : undefined;
    else if (!word.startsWith("-") && !hasUser) return undefined;
  }
  return undefined;
}

function assignmentsIn(words: readonly Word[]): readonly (readonly [string, Word])[] {
  return words.flatMap((word) => {
    const [first, ...rest] = word.pieces;
    const match = first?.kind === "text" ? /^(\w+)=([\s\S]*)$/.exec(first.text) : null;
    if (match === null || first?.kind !== "text") return [];
    const [, name = "", text = ""] = match;
    return [[name, { pieces: [{ ...first, text }, ...rest] }] as const];
  });
}

/** The script in a word; what the outer shell would put in stays a variable. */
function scriptOf(word: Word | undefined): Text | undefined {
  const parts = (word?.pieces ?? []).map((piece): Part | undefined => {
    if (piece.kind === "text") return piece.text;
    if (piece.kind === "compose") return piece.variable;
    return piece.kind === "variable" ? `\${${piece.name}}` : undefined;
  });
  return parts.every((part) => part !== undefined) ? interpolationOf(parts) : undefined;
}
