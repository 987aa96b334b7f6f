// npm run bench -- bad-input [--only WORD]: how long and with how much memory whole processes refuse, or read, what no
// sane Compose file holds. Prints a table; a case over a bar fails the run.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { BAD_INPUTS } from "./bad-inputs.mjs";
import { option, show, table } from "./measure.mjs";

const CLI = fileURLToPath(new URL("../dist/start/main.cjs", import.meta.url));
// What is refused, and what is large but valid, and therefore read.
const BARS = { 2: { cpu: 2, memory: 700 }, 0: { cpu: 20, memory: 1500 } };
const PATIENCE = 120_000;

// What the process itself knows at its end: seconds of the processor and the most memory it had, in KiB.
const USAGE = `process.on("exit", () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require("node:fs").writeSync(2, "\\nUSAGE " + JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 })); });`;

const HEAD = ["input", "seconds", "processor", "MB", "exit code", "it says"];
const folder = mkdtempSync(join(tmpdir(), "bad-input-"));
const found = [];
console.log(table(HEAD, []));
for (const [name, files] of Object.entries(BAD_INPUTS).filter(([each]) => each.includes(option("only", "")))) {
  const each = { name, ...measured(files()) };
  found.push(each);
  console.log(row(each));
}
rmSync(folder, { recursive: true });

const over = found.filter(({ cpu, memory, exit }) => !(cpu <= BARS[exit]?.cpu && memory <= BARS[exit]?.memory));
for (const { name } of over) console.log(`over its bar, or no clear error: ${name}`);
process.exitCode = over.length === 0 ? 0 : 1;

function row({ name, seconds, cpu, memory, exit, message }) {
  return `| ${[name, show(seconds), show(cpu), show(memory, 0), String(exit), message].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function measured(files) {
  const project = mkdtempSync(join(folder, "project-"));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), content);
  }
  writeFileSync(join(project, "package.json"), "{}");
  writeFileSync(join(folder, "usage.cjs"), USAGE);
  const began = performance.now();
  const { status, signal, stderr } = spawnSync(
    process.execPath,
    ["--require", join(folder, "usage.cjs"), CLI, "generate", join(project, "compose.yaml"), "--out", join(project, "out")],
    { cwd: project, encoding: "utf8", timeout: PATIENCE, maxBuffer: 1 << 30 },
  );
  const seconds = (performance.now() - began) / 1000;
  const [said, usage] = stderr.split("\nUSAGE ");
  rmSync(project, { recursive: true });
  const [message = ""] = said.trim().split("\n");
  const shown = message.replaceAll(`${project}/`, "").replaceAll(project, ".");
  return {
    seconds,
    ...(usage === undefined ? { cpu: Number.NaN, memory: Number.NaN } : JSON.parse(usage)),
    exit: status ?? signal,
    message: shown.length > 130 ? `${shown.slice(0, 127)}...` : shown,
  };
}
