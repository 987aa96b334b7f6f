// `stackwright generate` as a whole process, against cdk8s synth, `docker compose config -q` and the floor.
// Usage: npm run bench -- generate [--runs 7] [--sizes 1,10,100,1000,10000] [--graph layers|star|chain]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleave, option, show, table } from "./measure.mjs";
import { writeProject } from "./stack-source.mjs";

const runs = Number(option("runs", "7"));
const sizes = option("sizes", "1,10,100,1000,10000").split(",").map(Number);
const graph = option("graph", "layers");
const path = (file) => fileURLToPath(new URL(file, import.meta.url));
// Beyond this Compose takes minutes.
const LARGEST_FOR_COMPOSE = 1000;

const measured = sizes.map((size) => ({ size, ...measure(size) }));
for (const [unit, what] of Object.entries({ seconds: "seconds of a whole process", cpu: "processor seconds of the same runs" })) {
  console.log(`generate, graph "${graph}": medians of ${runs} interleaved runs, ${what}\n\n${tableOf(unit)}\n`);
}

function tableOf(unit) {
  const head = ["services", "stackwright", "floor", "cdk8s", "compose config", "/ floor", "/ cdk8s", "/ compose", "/ 1,000"];
  const thousand = measured.find(({ size }) => size === 1000)?.stackwright[unit];
  const rows = measured.map(({ size, stackwright, floor, cdk8s, compose }) => [
    String(size),
    ...[stackwright, floor, cdk8s, compose].map((each) => show(each?.[unit], 3)),
    ...[floor?.[unit], cdk8s?.[unit], compose?.[unit], thousand].map((other) =>
      show(other === undefined ? undefined : stackwright[unit] / other),
    ),
  ]);
  return table(head, rows);
}

function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), "stackwright-bench-"));
  const generated = join(folder, "generated");
  const [count, node] = [String(size), process.execPath];
  try {
    writeProject(folder, size, graph);
    return interleave(
      {
        stackwright: {
          command: [node, path("../dist/start/main.cjs"), "generate", "bench", "--cwd", folder],
          // What is written is written anew in each run.
          prepare: () => rmSync(generated, { recursive: true, force: true }),
        },
        floor: { command: [node, path("floor.mjs"), count, join(folder, "floor.yaml"), graph] },
        cdk8s: { command: [node, path("cdk8s-app.mjs"), count, join(folder, "cdk8s")] },
        ...(size <= LARGEST_FOR_COMPOSE
          ? { compose: { command: ["docker", "compose", "-f", join(generated, "bench/compose.yaml"), "config", "-q"] } }
          : {}),
      },
      runs,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
