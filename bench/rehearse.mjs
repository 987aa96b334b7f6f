// `stackwright rehearse` as a whole process: as many services as asked, over an hour of virtual time.
// Usage: npm run bench -- rehearse [--runs 7] [--sizes 1000] [--graph layers|star|chain]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleave, option, show, table } from "./measure.mjs";
import { writeProject } from "./stack-source.mjs";

const runs = Number(option("runs", "7"));
const sizes = option("sizes", "1000").split(",").map(Number);
const graph = option("graph", "layers");
const cli = fileURLToPath(new URL("../dist/start/main.cjs", import.meta.url));

console.log(`rehearse, graph "${graph}", an hour of virtual time: medians of ${runs} runs, seconds of a whole process\n`);
console.log(table(["services", "rehearse", "cpu", "list", "cpu"], sizes.map(measure)));

function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), "stackwright-bench-"));
  try {
    writeProject(folder, size, graph);
    const stackwright = (...args) => ({ command: [process.execPath, cli, ...args, "--cwd", folder] });
    const { rehearse, list } = interleave(
      { rehearse: stackwright("rehearse", "bench", "--follow", "1h"), list: stackwright("list") },
      runs,
    );
    return [String(size), ...[rehearse.seconds, rehearse.cpu, list.seconds, list.cpu].map((each) => show(each))];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
