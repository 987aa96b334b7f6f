import { quoteAll } from "./quote.ts";
import { type Limit, type Way, wholeSeconds } from "./way.ts";

/** A script that goes the first way for which everything is there. */
export function searchScript(ways: readonly Way[], limit: Limit): string {
  const branches = ways.map((way) => `${found(way)}; then ${going(way)}`);
  const names = [...new Set(ways.map(({ tool }) => tool))].join(", ");
  const limited = ways.some(({ unlimited }) => unlimited === true) ? `${limitFunction(limit)}; ` : "";
  return `${limited}if ${branches.join("; elif ")}; else echo "none of ${names} is in this image"; exit 1; fi`;
}

/** A function of the shell that becomes its arguments, with a time limit where the image has another `timeout` than busybox's. */
export function limitFunction(limit: Limit): string {
  return `limited() { command -v timeout >/dev/null 2>&1 && ! command -v busybox >/dev/null 2>&1 && exec timeout ${wholeSeconds(limit)} "$@"; exec "$@"; }`;
}

/** What a way runs, as words without a shell around them. */
export function inExecForm(run: Way["run"]): readonly string[] {
  return typeof run === "string" ? ["sh", "-c", run] : run;
}

function going({ run, unlimited }: Way): string {
  if (unlimited === true) return `limited ${quoteAll(inExecForm(run))}`;
  return typeof run === "string" ? run : `exec ${quoteAll(run)}`;
}

function found({ needs }: Way): string {
  return needs
    .filter((program) => program !== "sh")
    .map((program) => `command -v ${program} >/dev/null 2>&1`)
    .join(" && ");
}
