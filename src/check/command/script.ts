import type { Variable } from "../../model/interpolation.ts";

/** A piece of a word. `quoted` says whether the shell leaves its value in one word. */
export type Piece = { readonly quoted: boolean } & (
  | { readonly kind: "text"; readonly text: string }
  /** A variable of the container's shell. */
  | { readonly kind: "variable"; readonly name: string; readonly fallback?: string | undefined }
  /** A variable that Compose replaces before the container exists. */
  | { readonly kind: "compose"; readonly variable: Variable }
  /** The output of commands. */
  | { readonly kind: "output"; readonly of: Step }
  /** What only the shell knows: a pattern, a calculation. */
  | { readonly kind: "unknown"; readonly text: string }
);

/** A word of a command, as far as it is known before it runs. */
export interface Word {
  readonly pieces: readonly Piece[];
}

/** A redirection: `2> /dev/null`, `3<> /dev/tcp/127.0.0.1/80`. */
export interface Redirection {
  /** `<<<` and `<<` are texts that are given in place. */
  readonly operator: string;
  readonly target: Word | undefined;
}

/** A program and what it is given. */
export interface Command {
  readonly type: "command";
  /** The first names the program; none in a line of only assignments or redirections. */
  readonly words: readonly Word[];
  /** Variables that are set for it alone. */
  readonly variables: ReadonlyMap<string, Word>;
  readonly redirections: readonly Redirection[];
}

/** What a shell does, in the order in which it does it. */
export type Step =
  | Command
  | { readonly type: "pipeline"; readonly steps: readonly Step[]; readonly negated: boolean }
  | { readonly type: "chain"; readonly steps: readonly Step[]; readonly operators: readonly ("&&" | "||")[] }
  | { readonly type: "sequence"; readonly steps: readonly Step[] }
  /** `if`, loops, functions: which of the steps are done is not known. */
  | { readonly type: "branches"; readonly steps: readonly Step[]; readonly doubleBrackets: boolean }
  /** A program that runs others: `sh -c`, `timeout 5`, `env`. */
  | { readonly type: "wrapper"; readonly by: Command; readonly shell: string | undefined; readonly step: Step }
  /** What could not be read. */
  | { readonly type: "unreadable" };

/** The text of a word; `undefined` where it isn't known in whole. */
export function textOf(word: Word | undefined): string | undefined {
  if (word === undefined) return undefined;
  const texts = word.pieces.map((piece) => (piece.kind === "text" ? piece.text : undefined));
  return texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

/** What a word begins with, up to the first piece that isn't known. */
export function startOf(word: Word | undefined): string {
  const pieces = word?.pieces ?? [];
  const end = pieces.findIndex(({ kind }) => kind !== "text");
  return pieces
    .slice(0, end === -1 ? pieces.length : end)
    .map((piece) => (piece.kind === "text" ? piece.text : ""))
    .join("");
}

/** The words that a command is given, as far as they are known: what isn't is left out of them. */
export function knownTexts(command: Command): readonly string[] {
  return argumentsOf(command).map(({ pieces }) => pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join(""));
}

/** A word of a known text. */
export function wordOf(text: string): Word {
  return { pieces: text === "" ? [] : [{ kind: "text", text, quoted: true }] };
}

/** The name of a command's program, without its folder; `undefined` where it isn't known. */
export function programOf({ words }: Command): string | undefined {
  return textOf(words[0])?.replace(/^.*\//, "");
}

/** What a command is given, without its program. */
export function argumentsOf({ words }: Command): readonly Word[] {
  return words.slice(1);
}
