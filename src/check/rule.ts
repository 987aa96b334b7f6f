import type { Issue } from "../errors.ts";
import type { Subject } from "./subject.ts";

/** How much a finding matters: an error fails `check`, a warning does so only where that is asked for. */
export type Severity =
  /** What is written can never work: the stack can't start, the image not be built, a check is always red, or always green. */
  | "error"
  /** It works, but not in a situation that is known to happen, or it does harm beside its work. */
  | "warning"
  /** Advice. */
  | "info";

/** From what matters most to what matters least. */
export const SEVERITIES = ["error", "warning", "info"] as const satisfies readonly Severity[];

/** What can be found, and why it matters. `docs/rules.md` is written from it. */
export interface Rule<Name extends string = string> {
  /** Stable: configurations and comments refer to it. */
  readonly name: Name;
  /** In a Compose file or a Dockerfile; in a stack in TypeScript as well, unless it refuses that. */
  readonly severity: Severity;
  /**
   * Whether what is found makes a stack unsound, so that nothing is generated or launched. `every stack`: as far as it is an
   * error. `typescript`: only a stack in TypeScript, of which Stackwright promises more than of a Compose file, and there
   * every finding is an error; what Docker Compose accepts and can launch in part is refused in no file that was read.
   * Default: no stack is refused.
   */
  readonly refuses?: "every stack" | "typescript";
  /** Whether `generate` and `up` tell it as well: what the files that they write take for granted. Default: only `check` does. */
  readonly told?: "where files are written";
  /** What is found, in one sentence. */
  readonly summary: string;
  /** Why it hurts. */
  readonly why: string;
  /** What to do about it. */
  readonly fix: string;
  /** A Compose file or a Dockerfile in which it is found, in full: the tests run it. */
  readonly bad: string;
  /** The same, mended. */
  readonly good: string;
  /** Where it is known from: links, `owner/repository#number`, or what was measured. */
  readonly sources: readonly string[];
  /** Pure: what is found, in a stable order. */
  readonly judge: (subject: Subject) => readonly Finding[];
}

/** Something that a rule found. */
export interface Finding extends Issue {
  /** Where it is less certain or matters less than the rule says. Default: the rule's. */
  readonly severity?: Severity | undefined;
}

/** Keeps the name of a rule as its type, so that a configuration can be checked by the compiler. */
export function rule<const Name extends string>(made: Rule<Name>): Rule<Name> {
  return made;
}
