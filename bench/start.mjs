// What a command takes before it does anything, against `node` itself and cdk8s with one pair.
// Usage: npm run bench -- start [--runs 7]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleave, option, show, table } from "./measure.mjs";
import { writeProject } from "./stack-source.mjs";

const runs = Number(option("runs", "7"));
const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "stackwright-bench-"));
writeProject(folder, 1, "layers");
const stackwright = (...args) => ({ command: [process.execPath, path("../dist/start/main.cjs"), ...args] });
const found = interleave(
  {
    "node -e 0": { command: [process.execPath, "-e", "0"] },
    "stackwright --help": stackwright("--help"),
    "stackwright list": stackwright("list", "--cwd", folder),
    "stackwright check": stackwright("check", "bench", "--cwd", folder),
    "stackwright generate": stackwright("generate", "bench", "--cwd", folder),
    "cdk8s synth": { command: [process.execPath, path("cdk8s-app.mjs"), "1", join(folder, "cdk8s")] },
  },
  runs,
);
rmSync(folder, { recursive: true, force: true });

console.log(`start, one service: medians of ${runs} interleaved runs, seconds of a whole process\n`);
console.log(
  table(
    ["command", "seconds", "cpu"],
    Object.entries(found).map(([name, { seconds, cpu }]) => [name, show(seconds, 3), show(cpu, 2)]),
  ),
);
