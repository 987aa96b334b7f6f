// `stackwright generate` as a whole process, against cdk8s synth, `docker compose config -q` and the floor.
// Usage: node generate.mjs [--runs 7] [--sizes 1,10,100,1000,10000]. Runs are interleaved; medians and ratios are printed.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? fallback : process.argv[at + 1];
};
const runs = Number(option("runs", "7"));
const sizes = option("sizes", "1,10,100,1000,10000").split(",").map(Number);
const here = fileURLToPath(new URL(".", import.meta.url));
const cli = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
// Compose grows with the square on dependency chains: beyond this it is not run.
const LARGEST_FOR_COMPOSE = 1000;

console.log(`medians of ${runs} interleaved runs, seconds of a whole process\n`);
console.log("services  stackwright    floor    cdk8s  compose config   /floor  /cdk8s  /compose");
for (const size of sizes) console.log(measure(size));

function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), "stackwright-bench-"));
  try {
    writeStack(folder, size);
    const contenders = {
      stackwright: [process.execPath, [cli, "generate", "bench", "--cwd", folder]],
      floor: [process.execPath, [join(here, "floor.mjs"), String(size), join(folder, "floor.yaml")]],
      cdk8s: [process.execPath, [join(here, "cdk8s-app.mjs"), String(size), join(folder, "cdk8s")]],
      ...(size <= LARGEST_FOR_COMPOSE
        ? { compose: ["docker", ["compose", "-f", join(folder, "generated/bench/compose.yaml"), "config", "-q"]] }
        : {}),
    };
    const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    // The first round warms caches and is not counted.
    for (let round = 0; round <= runs; round++) {
      for (const [name, [command, args]] of Object.entries(contenders)) {
        // What is written is written anew in each run.
        if (name === "stackwright") rmSync(join(folder, "generated"), { recursive: true, force: true });
        const seconds = time(command, args);
        if (round > 0) times[name].push(seconds);
      }
    }
    const { stackwright, floor, cdk8s, compose } = Object.fromEntries(
      Object.entries(times).map(([name, values]) => [name, median(values)]),
    );
    const ratio = (other) => (other === undefined ? "-" : (stackwright / other).toFixed(2)).padStart(6);
    const cell = (value, width) => (value === undefined ? "-" : value.toFixed(2)).padStart(width);
    return `${String(size).padStart(8)}${cell(stackwright, 13)}${cell(floor, 9)}${cell(cdk8s, 9)}${cell(compose, 16)}   ${ratio(floor)}  ${ratio(cdk8s)}    ${ratio(compose)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeStack(folder, size) {
  const lines = ['import { network, probe, service, stack } from "stackwright";', "", 'const backend = network("backend");'];
  for (let index = 0; index < size; index++) {
    const parent = Math.floor((index - 1) / 10) * 10;
    lines.push(
      `const s${index} = service("service-${index}", {`,
      '  image: "example/app:1.0",',
      `  environment: { LOG_LEVEL: "info", INDEX: "${index}" },`,
      ...(index === 0 ? [] : [`  dependsOn: [s${parent}.healthy()],`]),
      '  healthcheck: probe.command(["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]),',
      `  ports: ["${20000 + index}:8080"],`,
      "  networks: [backend],",
      "});",
    );
  }
  lines.push(`export default stack("bench", [${Array.from({ length: size }, (_, index) => `s${index}`).join(", ")}]);`, "");
  mkdirSync(join(folder, "stacks/bench"), { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}\n");
  writeFileSync(join(folder, "stacks/bench/stack.ts"), lines.join("\n"));
}

function time(command, args) {
  const began = performance.now();
  const { status, stderr } = spawnSync(command, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} exited with ${status}:\n${stderr}`);
  return (performance.now() - began) / 1000;
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
