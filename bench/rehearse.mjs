// `stackwright rehearse` as a whole process, with each kind of fault on every service, over an hour of virtual time.
// Usage: npm run bench -- rehearse [--runs 3] [--sizes 1000] [--graph layers|star|chain] [--faults never,flap@1m]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { interleave, option, show, table } from "./measure.mjs";
import { writeProject } from "./stack-source.mjs";

const KINDS = "none,ready@4s,never,exit:3@2s,exit:3@2s*2,crash-loop,flap@10s,flap@1m,slow-probe:2s,oom@5s,unhealthy@30s";

const runs = Number(option("runs", "3"));
const sizes = option("sizes", "1000").split(",").map(Number);
const graph = option("graph", "layers");
const faults = option("faults", KINDS).split(",");
const cli = fileURLToPath(new URL("../dist/start/main.cjs", import.meta.url));

console.log(`rehearse, graph "${graph}", an hour of virtual time: medians of ${runs} runs, seconds of a whole process\n`);
console.log(table(["services and fault of all", "plain", "cpu", "restarting", "cpu"], sizes.flatMap(measure)));

function measure(size) {
  const folders = {
    plain: mkdtempSync(join(tmpdir(), "stackwright-bench-")),
    restarting: mkdtempSync(join(tmpdir(), "stackwright-bench-")),
  };
  try {
    writeProject(folders.plain, size, graph);
    writeProject(folders.restarting, size, graph, ['  restart: "always",']);
    return faults.map((fault) => {
      const contenders = Object.entries(folders).map(([name, folder]) => [
        name,
        { command: rehearsal(folder, size, fault), mayFail: true },
      ]);
      const { plain, restarting } = interleave(Object.fromEntries(contenders), runs);
      return [`${size}, ${fault}`, ...[plain.seconds, plain.cpu, restarting.seconds, restarting.cpu].map((each) => show(each))];
    });
  } finally {
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  }
}

function rehearsal(folder, size, fault) {
  const given = fault === "none" ? [] : Array.from({ length: size }, (_, index) => ["--fault", `service-${index}=${fault}`]).flat();
  return [process.execPath, cli, "rehearse", "bench", "--follow", "1h", "--cwd", folder, ...given];
}
