import type { Command, Step, Word } from "./script.ts";

/** A command somewhere in a probe, and what becomes of it. */
export interface Use {
  readonly command: Command;
  /** The shell that reads it; `undefined` in exec form. */
  readonly shell: string | undefined;
  /** Whether something reads what it prints: the next command of a pipeline, or `$(...)`. */
  readonly isRead: boolean;
  /** Whether it only runs another command: `sh -c`, `timeout`. */
  readonly isWrapper: boolean;
}

/** Every command of a probe, in the order of its text. */
export function usesOf(step: Step): readonly Use[] {
  return visit(step, { shell: undefined, isRead: false });
}

/** Every command of a probe that does something itself. */
export function commandsOf(step: Step): readonly Command[] {
  return usesOf(step).flatMap(({ command, isWrapper }) => (isWrapper ? [] : [command]));
}

/** Whether a part of a probe could not be read. */
export function isUnreadable(step: Step): boolean {
  switch (step.type) {
    case "unreadable":
      return true;
    case "command":
      return false;
    case "wrapper":
      return isUnreadable(step.step);
    default:
      return step.steps.some(isUnreadable);
  }
}

type Surroundings = Pick<Use, "shell" | "isRead">;

function visit(step: Step, around: Surroundings): readonly Use[] {
  switch (step.type) {
    case "command":
      return commandAndOutputs(step, around, false);
    case "wrapper":
      return [...commandAndOutputs(step.by, around, true), ...visit(step.step, { ...around, shell: step.shell ?? around.shell })];
    case "pipeline":
      return step.steps.flatMap((each, index) => visit(each, { ...around, isRead: around.isRead || index < step.steps.length - 1 }));
    case "unreadable":
      return [];
    default:
      return step.steps.flatMap((each) => visit(each, around));
  }
}

function commandAndOutputs(command: Command, around: Surroundings, isWrapper: boolean): readonly Use[] {
  const targets = command.redirections.flatMap(({ target }) => (target === undefined ? [] : [target]));
  const words = [...command.variables.values(), ...command.words, ...targets];
  return [...words.flatMap((word) => outputs(word, around)), { command, ...around, isWrapper }];
}

function outputs({ pieces }: Word, around: Surroundings): readonly Use[] {
  return pieces.flatMap((piece) => (piece.kind === "output" ? visit(piece.of, { ...around, isRead: true }) : []));
}
