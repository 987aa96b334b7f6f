// A stack of many services, written the way a person would.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GRAPHS } from "./graph.mjs";

/** Writes a project with one stack, `bench`, into a folder; each service with further lines. */
export function writeProject(folder, size, graph, more = []) {
  const lines = ['import { network, probe, service, stack } from "stackwright";', "", 'const backend = network("backend");'];
  const names = Array.from({ length: size }, (_, index) => `s${index}`);
  for (const [index, name] of names.entries()) {
    const needed = GRAPHS[graph](index, size).map((each) => `s${each}.healthy()`);
    lines.push(
      `const ${name} = service("service-${index}", {`,
      '  image: "example/app:1.0",',
      `  environment: { LOG_LEVEL: "info", INDEX: "${index}" },`,
      ...(needed.length === 0 ? [] : [`  dependsOn: [${needed.join(", ")}],`]),
      '  healthcheck: probe.command(["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"]),',
      `  ports: ["${20000 + index}:8080"],`,
      "  networks: [backend],",
      ...more,
      "});",
    );
  }
  lines.push(`export default stack("bench", [${names.join(", ")}]);`, "");
  mkdirSync(join(folder, "stacks/bench"), { recursive: true });
  writeFileSync(join(folder, "package.json"), "{}\n");
  writeFileSync(join(folder, "stacks/bench/stack.ts"), lines.join("\n"));
}
