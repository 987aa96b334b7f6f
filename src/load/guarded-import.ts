import { dirname } from "node:path";
import { StackError } from "../errors.ts";

/** How to give up on the modules that are being imported, and their files. */
const open = new Map<(error: Error) => void, string>();

/** The files of the modules that are being imported, and have not come to their ends. */
export function modulesBeingImported(): readonly string[] {
  return [...open.values()];
}

/** Imports a module that can neither end the process nor let it end as if all were done. */
export function guarded<Exports>(file: string, run: () => Promise<Exports>): Promise<Exports> {
  return new Promise((resolve, reject) => {
    if (open.size === 0) watch();
    open.set(reject, file);
    run()
      .then(resolve, reject)
      .finally(() => {
        open.delete(reject);
        if (open.size === 0) unwatch();
      });
  });
}

const exit = process.exit;

function watch(): void {
  process.exit = refuseToExit;
  process.on("beforeExit", giveUp);
  process.on("uncaughtException", fail);
}

function unwatch(): void {
  process.exit = exit;
  process.off("beforeExit", giveUp);
  process.off("uncaughtException", fail);
}

function refuseToExit(code?: number | string | null): never {
  throw StackError.of(
    "invalid-stack",
    `the module calls process.exit(${code ?? ""}), which would end the command (throw an error instead)`,
  );
}

/** Nothing is left to do for this process, and the modules are still waiting. */
function giveUp(): void {
  for (const [reject, file] of open)
    reject(StackError.of("invalid-stack", "the module awaits, at its top level, what never happens", { source: file }));
}

/** What a callback of a module throws while modules are imported. */
function fail(error: Error): void {
  const own = [...open].filter(([, file]) => error.stack?.includes(dirname(file)));
  for (const [reject] of own.length > 0 ? own : open) reject(error);
}
