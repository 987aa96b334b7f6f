// Whole processes, run in turns, so that whatever else the machine does burdens all contenders alike.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** The command line's options: `--runs 7` is `option("runs", "...")`. */
export function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : process.argv[at + 1];
}

/**
 * The median seconds and processor seconds of each contender, `{ command, prepare?, mayFail? }`, by name. The first round warms caches and is not counted.
 * `read` makes figures of what a run has printed; they are added to the seconds.
 */
export function interleave(contenders, runs, read = () => ({})) {
  const samples = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
  for (let round = 0; round <= runs; round++) {
    for (const [name, { command, prepare, mayFail }] of Object.entries(contenders)) {
      prepare?.();
      const sample = run(command, read, mayFail);
      if (round > 0) samples[name].push(sample);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, medians(values)]));
}

function run([program, ...args], read, mayFail = false) {
  const [began, spent] = [performance.now(), cpuOfChildren()];
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  const seconds = (performance.now() - began) / 1000;
  if (status === null || (status !== 0 && !mayFail))
    throw new Error(`${program} ${args.join(" ")} exited with ${status}:\n${stdout.slice(0, 2000)}${stderr.slice(0, 2000)}`);
  return { seconds, cpu: cpuOfChildren() - spent, ...read(stdout) };
}

// What a busy machine leaves alone: processor seconds of the processes that ended, where the kernel tells (Linux, in steps of 10 ms).
function cpuOfChildren() {
  if (!existsSync("/proc/self/stat")) return Number.NaN;
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function medians(samples) {
  return Object.fromEntries(Object.keys(samples[0]).map((key) => [key, median(samples.map((each) => each[key]))]));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** A table in Markdown; the first column is text. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "--:"))), ...rows.map(line)].join("\n");
}

export const show = (value, digits = 2) => (value === undefined ? "-" : value.toFixed(digits));
