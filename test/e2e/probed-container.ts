import { randomUUID } from "node:crypto";
import { execa } from "execa";
import { beforeAll, describe } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { renderProbe } from "../../src/probe/render.ts";

/** A container in which probes are done. */
export interface ProbedContainer extends AsyncDisposable {
  /** Does a probe as Docker would: the rendered command, in the container, as its user. */
  look(probe: AnyProbe): Promise<boolean>;
  /** Does a check as people write it by hand. */
  handWritten(script: string): Promise<boolean>;
  /** Waits until a probe passes. */
  untilHealthy(probe: AnyProbe, seconds?: number): Promise<void>;
  /** Waits until a command in the container succeeds. */
  until(script: string, seconds?: number): Promise<void>;
  exec(script: string): Promise<string>;
  /** Stops all that runs in the container, and lets a probe in. */
  hang(): Promise<void>;
}

export interface RunOptions {
  /** The image whose place the stand-in takes: what the probe is rendered for. Default: the image itself. */
  readonly as?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The command, instead of the image's. */
  readonly command?: readonly string[];
  /** A script that the entry point runs on an empty volume. */
  readonly initScript?: string;
  /** The network that it joins, and its name there. Default: the engine's own network. */
  readonly joins?: { readonly network: string; readonly alias: string };
}

/** Scenarios in the stand-in of an image, which is built from scripts/stand-ins; a second build takes no time. */
export function withImage(name: string, scenarios: (image: string) => void, base = "debian:bookworm-slim"): void {
  const image = `probes-${name}`;
  describe(name, () => {
    beforeAll(async () => {
      const folder = new URL(`../../scripts/stand-ins/${name}`, import.meta.url).pathname;
      await execa("docker", ["build", "--quiet", "--tag", image, "--build-arg", `BASE=${base}`, folder]);
    }, 600_000);
    scenarios(image);
  });
}

/** Runs a container, which goes with the scope that holds it. */
export async function runContainer(image: string, options: RunOptions = {}): Promise<ProbedContainer> {
  const { as = image, env = {}, command = [], initScript, joins } = options;
  const variables = Object.entries(env).flatMap(([name, value]) => ["--env", `${name}=${value}`]);
  const network = joins === undefined ? [] : ["--network", joins.network, "--network-alias", joins.alias];
  const { stdout: id } = await execa("docker", ["create", "--name", `probes-${randomUUID()}`, ...network, ...variables, image, ...command]);
  if (initScript !== undefined) await addInitScript(id, initScript);
  await execa("docker", ["start", id]);
  const succeeds = async (words: readonly string[]): Promise<boolean> =>
    (await execa("docker", ["exec", id, ...words], { reject: false, timeout: 20_000 })).exitCode === 0;
  const look = (probe: AnyProbe): Promise<boolean> => succeeds(commandOf(probe, as));
  return {
    look,
    handWritten: (script) => succeeds(["sh", "-c", script]),
    untilHealthy: (probe, seconds = 60) => until(() => look(probe), seconds, `${probe.type} never passed in ${as}`),
    until: (script, seconds = 60) => until(() => succeeds(["sh", "-c", script]), seconds, `${script} never succeeded in ${as}`),
    exec: async (script) => (await execa("docker", ["exec", id, "sh", "-c", script])).stdout,
    hang: async () => {
      await execa("docker", ["kill", "--signal", "STOP", id]);
    },
    [Symbol.asyncDispose]: async () => {
      await execa("docker", ["rm", "--force", "--volumes", id]);
    },
  };
}

function commandOf(probe: AnyProbe, image: string): readonly string[] {
  const { healthcheck, problem } = renderProbe(probe, image);
  if (problem !== undefined) throw new Error(problem.message);
  const [form, ...words] = (healthcheck?.test ?? []) as string[];
  return form === "CMD-SHELL" ? ["/bin/sh", "-c", ...words] : words;
}

async function addInitScript(id: string, script: string): Promise<void> {
  const pack = 'd=$(mktemp -d) && printf "%s" "$1" >"$d/init.sh" && chmod 755 "$d/init.sh" && tar -C "$d" -c init.sh && rm -r "$d"';
  const { stdout } = await execa("sh", ["-c", pack, "sh", script], { encoding: "buffer" });
  await execa("docker", ["cp", "-", `${id}:/docker-entrypoint-initdb.d`], { input: stdout });
}

async function until(holds: () => Promise<boolean>, seconds: number, message: string): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${message} within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
