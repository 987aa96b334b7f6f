// `tsc --noEmit` on a file of many services, against the same literals as bare objects: without any type ("bare"), and
// annotated with a small interface ("annotated"). Usage: npm run bench -- types [--runs 7] [--sizes 1000]
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { GRAPHS } from "./graph.mjs";
import { interleave, option, show, table } from "./measure.mjs";

const runs = Number(option("runs", "7"));
const sizes = option("sizes", "1000").split(",").map(Number);
const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(root, "node_modules/typescript/bin/tsc");

const PLAIN =
  '{ test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"], interval: "10s", timeout: "5s", retries: 3 }';
const PROBE = 'probe.http({ port: 8080, path: "/health", interval: "10s" })';

// What each contender's health checks look like.
const FILES = {
  bare: (size) => bareFile(size, ""),
  annotated: (size) => bareFile(size, ": Bare"),
  "stackwright, probes": (size) => stackFile(size, () => PROBE),
  "stackwright, half and half": (size) => stackFile(size, (index) => (index % 2 === 0 ? PLAIN : PROBE)),
  "stackwright, plain checks": (size) => stackFile(size, () => PLAIN),
};

const INTERFACE = `interface Check { test: string[]; interval?: string; timeout?: string; retries?: number }
interface Bare {
  name: string;
  image: string;
  restart?: string;
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: (string | { volume: { name: string }; target: string })[];
  networks?: { name: string }[];
  healthcheck?: Check;
  dependsOn?: { on: Bare; condition: string }[];
}`;

console.log(`types: medians of ${runs} interleaved runs of tsc, the whole process and its "Check time", in seconds\n`);
for (const size of sizes) {
  const found = measure(size);
  const { bare, annotated } = found;
  console.log(
    table(
      [`${size} services`, "seconds", "/ bare", "/ annotated", "cpu", "/ bare", "/ annotated", "check", "/ bare", "/ annotated"],
      Object.entries(found).map(([name, each]) => [
        name,
        ...["seconds", "cpu", "check"].flatMap((unit) =>
          [each[unit], each[unit] / bare[unit], each[unit] / annotated[unit]].map((value) => show(value)),
        ),
      ]),
    ),
  );
  console.log();
}

function measure(size) {
  const folder = mkdtempSync(join(tmpdir(), "stackwright-bench-"));
  try {
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(root, join(folder, "node_modules/stackwright"), "dir");
    const contenders = Object.fromEntries(
      Object.entries(FILES).map(([name, text]) => [name, { command: compile(join(folder, name.replaceAll(/\W+/g, "-")), text(size)) }]),
    );
    return interleave(contenders, runs, (output) => ({ check: Number(/Check time:\s+([\d.]+)s/.exec(output)?.[1]) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compile(folder, text) {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  writeFileSync(join(folder, "stack.ts"), text);
  const compilerOptions = { target: "es2023", module: "node20", strict: true, noEmit: true, skipLibCheck: true, types: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["stack.ts"] }));
  return [process.execPath, tsc, "-p", folder, "--extendedDiagnostics"];
}

function stackFile(size, check) {
  const services = Array.from({ length: size }, (_, index) => {
    const needed = GRAPHS.layers(index, size).map((each) => `s${each}.healthy()`);
    const mount = 'data.at("/var/lib/app")';
    return [`export const s${index} = service("service-${index}", {`, ...attributes(index, check(index), mount, needed), "});"].join("\n");
  });
  return [
    'import { network, probe, service, stack, volume } from "stackwright";',
    'const backend = network("backend");',
    'const data = volume("data");',
    "export const unused = probe;",
    ...services,
    `export default stack("bench", [${namesOf(size)}]);`,
    "",
  ].join("\n");
}

function bareFile(size, annotation) {
  const services = Array.from({ length: size }, (_, index) => {
    const needed = GRAPHS.layers(index, size).map((each) => `{ on: s${each}, condition: "service_healthy" }`);
    const mount = '{ volume: data, target: "/var/lib/app" }';
    const lines = [`  name: "service-${index}",`, ...attributes(index, PLAIN, mount, needed)];
    return [`export const s${index}${annotation} = {`, ...lines, "};"].join("\n");
  });
  return [
    ...(annotation === "" ? [] : [INTERFACE]),
    'const backend = { name: "backend" };',
    'const data = { name: "data" };',
    ...services,
    `export default { name: "bench", services: [${namesOf(size)}] };`,
    "",
  ].join("\n");
}

function attributes(index, check, mount, needed) {
  return [
    `  image: "registry.example.com/team/app-${index}:1.${index % 10}.0",`,
    '  restart: "unless-stopped",',
    `  environment: { LOG_LEVEL: "info", PORT: "8080", INDEX: "${index}", DATABASE_HOST: "service-0" },`,
    `  ports: ["127.0.0.1:${20000 + index}:8080"],`,
    `  volumes: ["./data/${index}:/etc/app:ro", ${mount}],`,
    "  networks: [backend],",
    `  healthcheck: ${check},`,
    ...(needed.length === 0 ? [] : [`  dependsOn: [${needed.join(", ")}],`]),
  ];
}

function namesOf(size) {
  return Array.from({ length: size }, (_, index) => `s${index}`).join(", ");
}
