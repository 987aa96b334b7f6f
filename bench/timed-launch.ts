import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { parse, stringify } from "yaml";

const CLI = fileURLToPath(new URL("../dist/start/main.cjs", import.meta.url));

/** A stack in a project of its own, to be launched again and again. */
export interface Project {
  readonly name: string;
  readonly folder: string;
  /** The generated Compose file. */
  readonly file: string;
}

/** One launch, from the command's start to its end. */
export interface Timed {
  readonly seconds: number;
  readonly exitCode: number;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
  readonly output: string;
}

/** What our own process took, without the docker client that it starts. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** Writes a stack's module into a new project and generates its Compose file. */
export async function newProject(name: string, module: string): Promise<Project> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "launch-bench-")));
  const source = join(folder, "stacks", name, "stack.ts");
  await mkdir(dirname(source), { recursive: true });
  await writeFile(source, module);
  await execa(process.execPath, [CLI, "generate", name], { cwd: folder });
  return { name, folder, file: join(folder, "generated", name, "compose.yaml") };
}

/** Takes it down and removes it. */
export async function removeProject(project: Project): Promise<void> {
  await takeDown(project);
  await rm(project.folder, { recursive: true });
}

/** The same file under another name and with other health checks, or without that of a service where there is none. */
export async function variant(
  project: Project,
  as: string,
  healthcheck: (given: object, service: string) => object | undefined,
): Promise<string> {
  const model = parse(await readFile(project.file, "utf8")) as { services: Record<string, { healthcheck?: object }> };
  for (const [name, { healthcheck: given = {}, ...service }] of Object.entries(model.services)) {
    const other = healthcheck(given, name);
    model.services[name] = other === undefined ? service : { ...service, healthcheck: other };
  }
  const file = join(dirname(project.file), `${as}.yaml`);
  await writeFile(file, stringify(model));
  return file;
}

/** `stackwright up`, from nothing to the verdict; nothing of it is left. */
export async function up(project: Project, env: Readonly<Record<string, string>> = {}): Promise<Timed> {
  const timed = await time(process.execPath, [CLI, "up", project.name], project.folder, env);
  await takeDown(project);
  return timed;
}

/** What the process of `stackwright up` took. */
export async function usageOf(project: Project): Promise<Usage> {
  const usageFile = join(project.folder, "usage.json");
  // A module would load Node's loader of modules, which a command does without.
  const reporter = join(project.folder, "report-usage.cjs");
  await writeFile(reporter, REPORT_USAGE);
  await up(project, { NODE_OPTIONS: `--require=${reporter}`, BENCH_USAGE: usageFile });
  return JSON.parse(await readFile(usageFile, "utf8")) as Usage;
}

/** `docker compose up --detach --wait` on the very same file, or on a variant of it; nothing of it is left. */
export async function composeUp(project: Project, file: string = project.file): Promise<Timed> {
  const timed = await time("docker", ["compose", "--file", file, "up", "--detach", "--wait"], project.folder);
  await takeDown(project);
  return timed;
}

const REPORT_USAGE = `process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require("node:fs").writeFileSync(process.env.BENCH_USAGE, JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
});`;

async function time(file: string, args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}): Promise<Timed> {
  const began = performance.now();
  const { exitCode = -1, all } = await execa(file, args, { cwd, env, reject: false, stdin: "ignore", all: true });
  return { seconds: (performance.now() - began) / 1000, exitCode, endedAt: Date.now(), output: all };
}

async function takeDown({ name }: Project): Promise<void> {
  await execa("docker", ["compose", "--project-name", name, "down", "--volumes", "--remove-orphans", "--timeout", "0"]);
}
