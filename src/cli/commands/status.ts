import { decide } from "../../drive/decide/decide.ts";
import type { ServiceStatus } from "../../drive/decide/service-status.ts";
import type { Snapshot } from "../../drive/decide/snapshot.ts";
import { openEngine } from "../../drive/engine/engine.ts";
import { type Observer, observe } from "../../drive/observe/observe.ts";
import { whileItAnswers } from "../../drive/patience.ts";
import { pause } from "../../drive/pause.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { EXIT } from "../exit-code.ts";
import { interruption } from "../interruption.ts";
import { hideSecrets, openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { silenceLine, tellSilence } from "../render/engine-silence.ts";
import { json } from "../render/json.ts";
import { type LiveRegion, liveRegion } from "../render/live-region.ts";
import { statusTable, type TableService } from "../render/status-table.ts";
import { withinRows } from "../render/within-rows.ts";
import { notUp } from "./wait.ts";

interface StatusOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly watch?: boolean;
  readonly profile?: string[];
}

interface Look {
  readonly services: readonly ServiceStatus[];
  readonly snapshot: Snapshot;
}

/** Shows what the containers of a stack are doing now; with `watch`, until it is interrupted. */
export async function status(console: Console, name: string, options: StatusOptions): Promise<number> {
  const opened = await openStack(name, options.cwd, { profiles: options.profile }, console);
  const { checked, layout, project } = opened;
  const plan = await planWithIncluded(checked, layout.stackFolder, project.profiles);
  const engine = openEngine();
  try {
    const observer = observe(engine, { project: project.name, restartsEnded: false });
    const look = async (): Promise<Look> => {
      const snapshot = await observer.look();
      await hideSecrets(console, engine, opened);
      return { snapshot, services: decide(plan, snapshot).services };
    };
    const text = (seen: Look): string =>
      json({ stack: checked.name, services: seen.services, containers: seen.snapshot.containers }, console.redact);
    const region = options.watch === true && options.json !== true && console.isTerminal ? liveRegion(console) : undefined;
    const first = await whileItAnswers(
      async () => {
        const seen = await look();
        if (seen.snapshot.containers.length === 0) throw notUp(checked.name, name);
        if (options.watch === true)
          await watch(observer, look, console.lost, options.json === true ? changedLines(console, text) : watchView(console, region));
        return seen;
      },
      engine,
      { onSilence: region === undefined ? tellSilence(console) : (silence) => region.above(console.style.yellow(silenceLine(silence))) },
    );
    if (options.watch === true) return EXIT.done;
    if (options.json === true) console.line(text(first));
    else
      for (const line of statusTable(
        first.services.map(withTime(first.snapshot)),
        first.snapshot,
        console.style,
        console.isTerminal ? console.columns : undefined,
      ))
        console.line(line);
    return EXIT.done;
  } finally {
    engine.close();
  }
}

/** A service with the time that its youngest container has been running. */
function withTime({ at, containers }: Snapshot): (status: ServiceStatus) => TableService {
  return (status) => {
    const own = containers.filter(({ service, status: now }) => service === status.service && (now === "running" || now === "paused"));
    const starts = own.flatMap(({ runningSince }) => runningSince ?? []);
    return { ...status, upFor: starts.length === 0 ? undefined : Math.max(0, at - Math.max(...starts)) };
  };
}

const SECONDS_BETWEEN_LOOKS = 1;

async function watch(observer: Observer, look: () => Promise<Look>, lost: AbortSignal, show: (look: Look) => void): Promise<void> {
  const signal = AbortSignal.any([interruption(), lost]);
  while (!signal.aborted) {
    observer.touch();
    show(await look());
    await pause(SECONDS_BETWEEN_LOOKS * 1000, signal);
  }
}

// A terminal is drawn over; elsewhere only what changed is printed, and no time, which always does.
function watchView(console: Console, region: LiveRegion | undefined): (look: Look) => void {
  if (region === undefined)
    return changedLines(console, ({ services, snapshot }) => statusTable(services, snapshot, console.style).join("\n"));
  return ({ services, snapshot }) => {
    // Besides the services there are the head, the cursor and what was there before.
    const { shown, rest } = withinRows(services, console.rows - 3);
    region.draw([
      ...statusTable(shown.map(withTime(snapshot)), snapshot, console.style),
      ...(rest === undefined ? [] : [console.style.dim(rest)]),
    ]);
  };
}

function changedLines(console: Console, textOf: (look: Look) => string): (look: Look) => void {
  let before = "";
  return (look) => {
    const text = textOf(look);
    if (text !== before) console.line(text);
    before = text;
  };
}
