import { relative } from "node:path";
import { CommanderError } from "commander";
import { type ErrorCode, type Issue, StackError } from "../errors.ts";
import { modulesBeingImported } from "../load/guarded-import.ts";
import { EXIT, exitCodeOfError } from "./exit-code.ts";
import { isInterrupted } from "./interruption.ts";
import { program } from "./program.ts";
import { type Console, formatError, processConsole } from "./render/console.ts";
import { asksForJson, errorJson } from "./render/json.ts";

/** Runs the command line and sets the exit code of the process. */
export async function cli(): Promise<void> {
  const console = processConsole();
  tellOfLostOutput(console);
  process.exitCode = await run(console);
}

// A reader that went away (`stackwright up shop | head -1`) wants no more of the output: the command goes on, and its exit code stands.
// Any other reason, e.g. a full disk, is an error, if not of what was done.
function tellOfLostOutput({ lost, error }: Console): void {
  const isFault = (): boolean => lost.aborted && (lost.reason as NodeJS.ErrnoException).code !== "EPIPE";
  lost.addEventListener("abort", () => {
    if (isFault()) error(`error  the output can't be written: ${(lost.reason as Error).message}`);
  });
  process.once("exit", (code) => {
    if (code === EXIT.done && isFault()) process.exitCode = EXIT.wrongInput;
  });
}

// The only place that turns errors into exit codes.
async function run(console: Console): Promise<number> {
  const patience = setTimeout(() => tellOfSlowModules(console), PATIENCE).unref();
  try {
    let exitCode: number = EXIT.done;
    await program(console, (code) => {
      exitCode = code;
    }).parseAsync();
    return exitCode;
  } catch (error) {
    return report(error, console);
  } finally {
    clearTimeout(patience);
  }
}

/** Milliseconds after which it is said what is waited for: hardly any module takes as long. */
const PATIENCE = 5000;

// A module may await whatever it likes, a server's answer for one, and nobody knows how long that takes: it is not ended.
function tellOfSlowModules(console: Console): void {
  const files = modulesBeingImported().map((file) => relative(process.cwd(), file));
  if (files.length > 0) console.error(`still loading ${files.join(", ")}: what is awaited there at the top level has not happened yet`);
}

// For programs there is a document on stdout, for people the same on stderr.
function report(error: unknown, console: Console): number {
  const tell = (code: ErrorCode | "bug" | "interrupted", issues: readonly Issue[]): void => {
    if (asksForJson(process.argv.slice(2))) console.line(errorJson(code, issues, console.redact));
  };
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done;
    tell("usage", [{ path: "", message: error.message.replace(/^error: /, "") }]);
    return EXIT.wrongInput;
  }
  if (error instanceof StackError && isInterrupted()) {
    tell("interrupted", [{ path: "", message: "interrupted" }]);
    console.error("interrupted");
    return EXIT.interrupted;
  }
  if (error instanceof StackError) {
    tell(error.code, error.issues);
    console.error(formatError(error, console.style));
    return exitCodeOfError(error.code);
  }
  tell("bug", [{ path: "", message: error instanceof Error ? error.message : String(error) }]);
  console.error(
    `this is a bug of Stackwright; please report it with these lines:\n${error instanceof Error ? error.stack : String(error)}`,
  );
  return EXIT.bug;
}
