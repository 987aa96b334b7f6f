import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { readDockerfile } from "../../src/dockerfile/read-dockerfile.ts";

/** What `docker build --check` finds. */
export interface CheckResult {
  /** The names of BuildKit's rules, and the line. */
  readonly warnings: readonly string[];
  /** Why it could not be built. */
  readonly error: string | undefined;
}

/** `docker build --check`, on an engine that can do it; `undefined` where there is none, which is said on standard output. */
export function dockerCheck(): ((text: string) => CheckResult) | undefined {
  if (run([], "build", "--check", "-").status === 0) return (text) => check([], text);
  const { status, stdout } = spawnSync(fileURLToPath(new URL("../../scripts/check-engine", import.meta.url)), ["status"], {
    encoding: "utf8",
  });
  const host = status === 0 ? ["--host", stdout.trim()] : undefined;
  if (host === undefined) {
    process.stdout.write("docker build --check: SKIPPED, this engine can't do it (scripts/check-engine start gives one that can)\n");
    return undefined;
  }
  // An engine for nothing but this: what images there are in the registry is no question of the check.
  const known = new Set<string>();
  return (text) => {
    for (const image of imagesIn(text)) if (!known.has(image)) known.add(standIn(host, image));
    return check(host, text);
  };
}

function check(host: readonly string[], text: string): CheckResult {
  const { stdout, stderr } = run(host, "build", "--call=check,format=json", "-", text);
  // Where the text is no Dockerfile at all, there is no list.
  if (!stdout.startsWith("{")) return { warnings: [], error: stderr };
  const { warnings, buildError } = JSON.parse(stdout) as {
    readonly warnings: readonly { readonly ruleName: string; readonly location: Location }[] | null;
    readonly buildError?: { readonly message: string };
  };
  return {
    warnings: (warnings ?? []).map(({ ruleName, location }) => `${ruleName} in line ${location.ranges[0]?.start.line}`),
    error: buildError?.message,
  };
}

interface Location {
  readonly ranges: readonly { readonly start: { readonly line: number } }[];
}

function run(host: readonly string[], ...rest: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const input = rest.length === 4 ? rest[3] : "FROM scratch\nLABEL a=b\n";
  return spawnSync("docker", [...host, ...rest.slice(0, 3)], { encoding: "utf8", input });
}

function imagesIn(text: string): readonly string[] {
  const { stages } = readDockerfile(text);
  const bases = stages.flatMap(({ base, parent }) => (base === undefined || base === "scratch" || parent !== undefined ? [] : [base]));
  const sources = [...text.matchAll(/(?:--|,)from=([\w./-]+:[\w.-]+)/g)].map(([, image = ""]) => image);
  return [...bases, ...sources];
}

function standIn(host: readonly string[], image: string): string {
  spawnSync("docker", [...host, "build", "-q", "-t", image, "-"], { input: "FROM scratch\nENV PATH=/bin\n" });
  return image;
}
