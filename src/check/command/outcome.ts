import { argumentsOf, type Command, programOf, type Step, textOf } from "./script.ts";
import { usesOf } from "./uses.ts";

/** Whether a probe is green whatever its commands find out. What can't be told counts as no. */
export function alwaysSucceeds(step: Step): boolean {
  return !decidesElsewhere(step) && succeeds(step);
}

/** Programs without which a probe can't succeed, of those that are not there; empty where it may do without them. */
export function missingPrograms(step: Step, isMissing: (command: Command) => boolean): readonly Command[] {
  switch (step.type) {
    case "command":
      return isMissing(step) ? [step] : missingInComparison(step, isMissing);
    case "wrapper":
      return isMissing(step.by) ? [step.by] : missingPrograms(step.step, isMissing);
    case "pipeline":
      return step.negated ? [] : step.steps.flatMap((each) => missingPrograms(each, isMissing));
    case "chain":
      return missingInChain(step, isMissing);
    case "sequence": {
      const last = step.steps.at(-1);
      return last === undefined ? [] : missingPrograms(last, isMissing);
    }
    default:
      return [];
  }
}

// These say nothing about anything but themselves.
const SUCCEEDING = new Set(["true", ":", "echo", "printf", "cat", "tee", "head", "tail", "sleep", "exit 0"]);

function succeeds(step: Step): boolean {
  switch (step.type) {
    case "command":
      return succeedsItself(step);
    case "wrapper":
      return (step.shell !== undefined || programOf(step.by) === "exec") && succeeds(step.step);
    case "pipeline": {
      const last = step.steps.at(-1);
      return (
        !step.negated && last !== undefined && (last.type === "command" ? succeedsItself(last, step.steps.length > 1) : succeeds(last))
      );
    }
    case "chain":
      return step.steps
        .slice(1)
        .reduce(
          (sure, each, index) => (step.operators[index] === "||" ? sure || succeeds(each) : sure && succeeds(each)),
          succeeds(step.steps[0] ?? step),
        );
    case "sequence": {
      const last = step.steps.at(-1);
      return last !== undefined && succeeds(last);
    }
    default:
      return false;
  }
}

/** Whether a command can't fail; the readers of a pipe can't where they read nothing else. */
function succeedsItself(command: Command, readsPipe = false): boolean {
  const program = programOf(command) ?? "";
  const words = argumentsOf(command).map(textOf);
  if (program === "exit") return words[0] === "0";
  if (!SUCCEEDING.has(program)) return false;
  if (["cat", "head", "tail", "tee"].includes(program))
    return readsPipe && (program === "tee" || words.every((word) => word !== undefined && /^(-|\d+$)/.test(word)));
  return !command.redirections.some(({ target }) => textOf(target)?.startsWith("/dev/tcp/") === true);
}

/** Whether the status may come from somewhere else than the last command: an `exit` on the way, or an option of the shell. */
function decidesElsewhere(step: Step): boolean {
  return usesOf(step).some(({ command, isRead, isWrapper }) => {
    const program = programOf(command);
    const words = argumentsOf(command).map(textOf);
    if (isWrapper) return words.some((word) => word !== undefined && (/^-\w*e\w*$/.test(word) || word === "pipefail"));
    if (program === "exit" || program === "return") return !isRead && words[0] !== "0";
    return program === "set" || program === "trap" || program === "kill";
  });
}

function missingInChain(
  { steps, operators }: Extract<Step, { type: "chain" }>,
  isMissing: (command: Command) => boolean,
): readonly Command[] {
  const [first, ...rest] = steps;
  if (first === undefined) return [];
  return rest.reduce<readonly Command[]>(
    (missing, each, index) => {
      const here = missingPrograms(each, isMissing);
      if (operators[index] === "&&") return missing.concat(here);
      // `|| exit 1` is no other way to succeed.
      if (fails(each)) return missing;
      return here.length === 0 || missing.length === 0 ? [] : missing.concat(here);
    },
    missingPrograms(first, isMissing),
  );
}

function fails(step: Step): boolean {
  if (step.type === "sequence") return step.steps.some(fails);
  if (step.type !== "command") return false;
  const program = programOf(step);
  const [status] = argumentsOf(step).map(textOf);
  return program === "false" || ((program === "exit" || program === "return") && status !== "0");
}

// `[ "$(curl ...)" = 200 ]`: an empty text is not what is asked for.
function missingInComparison(command: Command, isMissing: (command: Command) => boolean): readonly Command[] {
  const program = programOf(command);
  const words = argumentsOf(command).map(textOf);
  if ((program !== "[" && program !== "test") || !words.some((word) => ["=", "==", "-eq"].includes(word ?? ""))) return [];
  return command.words.flatMap(({ pieces }) =>
    pieces.flatMap((piece) => (piece.kind === "output" ? missingPrograms(piece.of, isMissing) : [])),
  );
}
