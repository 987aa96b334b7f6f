import type { Reporter, TestModule } from "vitest/node";

/** How long a stack of the gallery took, from a command's start to its end; images are built and volumes empty. */
export interface LaunchFigures {
  readonly rows: string;
  readonly stack: string;
  readonly services: number;
  readonly seconds: number;
  /** The same with `docker compose up --detach --wait`; `undefined` where that failed. */
  readonly compose: number | undefined;
}

declare module "vitest" {
  interface TaskMeta {
    launch?: LaunchFigures;
  }
}

const COLUMNS = ["row", "stack", "services", "stackwright up", "compose up --wait", "verdict"];

/** Prints a line for each stack of the gallery that was launched. */
export default class LaunchTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const lines = modules.flatMap(linesOf).sort((a, b) => Number.parseInt(a[0] ?? "", 10) - Number.parseInt(b[0] ?? "", 10));
    if (lines.length === 0) return;
    const table = [COLUMNS, ...lines];
    const widths = COLUMNS.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
    const text = table.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
    process.stdout.write(`\n${text.join("\n")}\n`);
  }
}

function linesOf(module: TestModule): readonly (readonly string[])[] {
  return [...module.children.allTests()].flatMap((test) => {
    const { launch } = test.meta();
    if (launch === undefined) return [];
    const { rows, stack, services, seconds, compose } = launch;
    const verdict = module.ok() ? "shown" : "NOT SHOWN";
    return [
      [rows, stack, String(services), `${seconds.toFixed(1)} s`, compose === undefined ? "fails" : `${compose.toFixed(1)} s`, verdict],
    ];
  });
}
