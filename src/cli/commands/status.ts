import { decide, type ServiceStatus } from "../../drive/decide.ts";
import { openEngine } from "../../drive/engine/engine.ts";
import { type Observer, observe } from "../../drive/observe.ts";
import type { Snapshot } from "../../drive/snapshot.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { EXIT } from "../exit-code.ts";
import { interruption } from "../launch-command.ts";
import { openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { json } from "../render/json.ts";
import { statusTable } from "../render/report.ts";
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
  const { checked, layout, project } = await openStack(name, options.cwd, { profiles: options.profile }, console);
  const plan = await planWithIncluded(checked, layout.stackFolder, project.profiles);
  const engine = openEngine();
  try {
    const observer = observe(engine, { project: project.name, restartsEnded: false });
    const look = async (): Promise<Look> => {
      const snapshot = await observer.look();
      return { snapshot, services: decide(plan, snapshot).services };
    };
    const first = await look();
    if (first.snapshot.containers.length === 0) throw notUp(name);
    const show = ({ services, snapshot }: Look): readonly string[] =>
      options.json === true
        ? [json({ stack: checked.name, services, containers: snapshot.containers }, console.redact)]
        : statusTable(services, snapshot, console);
    if (options.watch === true) await watch(console, observer, look, show);
    else for (const line of show(first)) console.line(line);
    return EXIT.done;
  } finally {
    engine.close();
  }
}

const SECONDS_BETWEEN_LOOKS = 1;

async function watch(
  console: Console,
  observer: Observer,
  look: () => Promise<Look>,
  show: (look: Look) => readonly string[],
): Promise<void> {
  const signal = interruption();
  let before = "";
  while (!signal.aborted) {
    observer.touch();
    const lines = show(await look());
    const text = `${lines.join("\n")}\n`;
    // A terminal is drawn over; elsewhere only what changed is printed.
    if (text !== before)
      console.raw(console.isTerminal && before !== "" ? `\u001b[${before.split("\n").length - 1}A\u001b[0J${text}` : text);
    before = text;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, SECONDS_BETWEEN_LOOKS * 1000);
      signal.addEventListener("abort", () => resolve(clearTimeout(timer)), { once: true });
    });
  }
}
