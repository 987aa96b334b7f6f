import type { Snapshot } from "../decide/snapshot.ts";
import type { Engine } from "../engine/engine.ts";
import { followEvents } from "../observe/follow-events.ts";
import { type ComposeProject, runCompose } from "./compose.ts";

/** Notices whether others put containers of their own in the place of those of a launch, e.g. another launch with other values. */
export interface Rivals {
  /** From then on nothing is missed. */
  readonly ready: Promise<void>;
  /** A line that Compose printed while it created the containers of this launch. */
  readonly created: (line: string) => void;
  /** The services of which a container is not what this launch would create. Compose is asked, where others were at work. */
  readonly replaced: (snapshot: Snapshot) => Promise<ReadonlySet<string>>;
}

/** Listens from now on, until the signal ends it. */
export function watchRivals(engine: Pick<Engine, "events">, project: ComposeProject, signal: AbortSignal): Rivals {
  const created = new Set<string>();
  const replaced = new Set<string>();
  const begun = new Set<string>();
  let own = 0;
  let changes = 0;
  let isComplete = true;
  let toldAt = 0;
  const { ready } = followEvents(
    engine,
    project.name,
    {
      actions: ["create", "rename", "destroy"],
      onEvent: ({ Action, Actor }) => {
        changes++;
        if (Action === "create") created.add(Actor.ID);
      },
      onCut: () => {
        isComplete = false;
        changes++;
      },
    },
    signal,
  );

  return {
    ready,
    created: (line) => {
      const [, name = "", action] = CREATED.exec(line) ?? [];
      if (action === "Creating" || action === "Recreate") begun.add(name);
      else if (begun.delete(name)) own++;
    },
    replaced: async (snapshot) => {
      const isAlone = isComplete && created.size <= own;
      if (isAlone || toldAt === changes) return replaced;
      const seen = changes;
      const names = await wouldReplace(project, signal);
      if (names !== undefined) toldAt = seen;
      for (const { name, service } of snapshot.containers) if (names?.has(originalName(name)) === true) replaced.add(service);
      return replaced;
    },
  };
}

// What is there already, and does not run, is "Created" as well.
const CREATED = /^ *Container (\S+) +(Creating|Created|Recreate|Recreated)\s*$/;
const REPLACED = /Container (\S+) +(?:Recreate|Recreated|Removing|Removed)\s*$/;

/** The containers that Compose would remove, or create anew, if it created this project now; `undefined` where it does not say. */
async function wouldReplace(project: ComposeProject, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
  const { exitCode, stderr } = await runCompose(project, ["--dry-run", "up", "--no-start", "--no-build", "--pull", "never"], { signal });
  if (exitCode !== 0) return undefined;
  return new Set(stderr.split("\n").flatMap((line) => originalName(REPLACED.exec(line)?.[1] ?? "") || []));
}

// Before the old container is gone, the new one has the beginning of its id in front of its name.
function originalName(name: string): string {
  return name.replace(/^[0-9a-f]{12}_/, "");
}
