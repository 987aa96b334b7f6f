import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { box, checked, PATIENT, READY, readyAfter, type Scenario, STAY } from "./scenario.ts";

const slow = readyAfter(4);
const starting = () => [checked("web", slow.script, slow.check, PATIENT)];
const failed = (cause: string) => ({ verdict: "failed", exitCode: 4, culprit: "web", cause, victims: [] }) as const;

/** What others do meanwhile, to the containers and to the engine. */
export const OUTSIDE: readonly Scenario[] = [
  {
    name: "paused",
    services: starting,
    timeout: 3,
    during: async ({ docker, running }) => docker("pause", await running("web")),
    expect: { verdict: "timeout", exitCode: 5, culprit: "web", cause: "paused" },
  },
  {
    name: "killed",
    services: starting,
    during: async ({ docker, running }) => docker("kill", await running("web")),
    expect: failed("killed"),
  },
  {
    name: "removed",
    services: starting,
    during: async ({ docker, running }) => docker("rm", "-f", await running("web")),
    expect: failed("removed"),
  },
  {
    name: "replaced",
    services: starting,
    during: async ({ docker, running, project }) => {
      await running("web");
      const file = join(await mkdtemp(join(tmpdir(), "verdict-")), "compose.yaml");
      const web = { image: "busybox:1.37", init: true, command: ["sleep", "1000"], stop_grace_period: "1s" };
      await writeFile(file, JSON.stringify({ services: { web } }));
      await docker("compose", "--project-name", project, "--file", file, "up", "--detach");
      await rm(dirname(file), { recursive: true });
    },
    expect: failed("replaced"),
  },
  {
    name: "stopped",
    services: starting,
    during: async ({ docker, running }) => docker("stop", await running("web")),
    expect: failed("stopped"),
  },
  {
    name: "restarted-from-outside",
    services: starting,
    during: async ({ docker, running }) => docker("restart", await running("web")),
    timeout: 25,
    expect: READY,
  },
  {
    name: "restarted-from-outside-without-check",
    services: () => [box("web", STAY), checked("slow", slow.script, slow.check, PATIENT)],
    during: async ({ docker, running }) => docker("restart", await running("web")),
    expect: READY,
  },
  { name: "two-launches-at-once", services: () => [checked("web", STAY, "true"), box("app", STAY)], launches: 2, expect: READY },
  { name: "events-cut", services: starting, engine: "events cut", expect: READY },
  { name: "engine-away-for-a-while", services: starting, engine: "away for a while", expect: READY },
  {
    name: "engine-gone",
    services: starting,
    engine: "gone",
    expect: { verdict: "failed", exitCode: 6, culprit: "Docker Engine", cause: "engine-gone" },
  },
  { name: "clock-jumps", services: starting, clockJumps: true, expect: READY },
];
