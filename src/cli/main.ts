#!/usr/bin/env node
import { CommanderError } from "commander";
import { StackError } from "../errors.ts";
import { EXIT, exitCodeOfError } from "./exit-code.ts";
import { program } from "./program.ts";
import { formatError, processConsole } from "./render/console.ts";

/** Runs the command line; the only place that turns errors into exit codes. */
async function main(): Promise<number> {
  const console = processConsole();
  try {
    let exitCode: number = EXIT.done;
    await program(console, (code) => {
      exitCode = code;
    }).parseAsync();
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.wrongInput;
    if (error instanceof StackError) {
      console.error(formatError(error, console.style));
      return exitCodeOfError(error.code);
    }
    console.error(
      `this is a bug of Stackwright; please report it with these lines:\n${error instanceof Error ? error.stack : String(error)}`,
    );
    return EXIT.bug;
  }
}

// A reader that went away (`stackwright list | head -1`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(EXIT.done);
});

process.exitCode = await main();
