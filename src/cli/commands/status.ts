import { decide } from "../../drive/decide.ts";
import { openEngine } from "../../drive/engine/engine.ts";
import { planLaunch } from "../../drive/launch-plan.ts";
import { observe } from "../../drive/observe.ts";
import { EXIT } from "../exit-code.ts";
import { openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { json } from "../render/json.ts";
import { statusTable } from "../render/report.ts";
import { notUp } from "./wait.ts";

/** Shows what the containers of a stack are doing now. */
export async function status(
  console: Console,
  name: string,
  options: { cwd: string; json?: boolean; profile?: string[] },
): Promise<number> {
  const { checked, project } = await openStack(name, options.cwd, { profiles: options.profile }, console);
  const engine = openEngine();
  try {
    const snapshot = await observe(engine, { project: project.name, restartsEnded: false }).look();
    if (snapshot.containers.length === 0) throw notUp(name);
    const { services } = decide(planLaunch(checked, project.profiles), snapshot);
    if (options.json === true) console.line(json({ stack: checked.name, services, containers: snapshot.containers }, console.redact));
    else for (const line of statusTable(services, snapshot, console)) console.line(line);
    return EXIT.done;
  } finally {
    engine.close();
  }
}
