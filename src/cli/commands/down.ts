import { createInterface } from "node:readline/promises";
import { runCompose } from "../../drive/compose/compose.ts";
import { requireCompose, requireEngine } from "../../drive/compose/requirements.ts";
import { type Engine, openEngine } from "../../drive/engine/engine.ts";
import { type StandingVolumes, standingVolumes } from "../../drive/standing-volumes.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { StackError } from "../../errors.ts";
import { stackParts } from "../../library/stack-parts.ts";
import { EXIT } from "../exit-code.ts";
import { interruptedRemoval, interruption, STOPS_STILL } from "../interruption.ts";
import { type OpenedStack, openStack, projectAsItIs } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { tellSilence } from "../render/engine-silence.ts";

interface DownOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly volumes?: boolean;
  readonly yes?: boolean;
}

/** Stops and removes the containers and networks of a stack; its volumes only if asked, and confirmed. */
export async function down(console: Console, name: string, options: DownOptions): Promise<number> {
  // Every profile: what was started with one must go too.
  const opened = await openStack(name, options.cwd, { profiles: ["*"] }, console);
  const { checked, layout, files, project } = opened;
  const parts = await stackParts(checked, layout.stackFolder, project.envFiles);
  const engine = openEngine();
  const volumes = (): Promise<StandingVolumes> => standingVolumes(engine, project.name, parts);
  let kept: readonly string[];
  try {
    await Promise.all([requireEngine(engine, { onSilence: tellSilence(console) }), requireCompose()]);
    if (options.volumes === true && options.yes !== true) {
      const { own, former } = await volumes();
      if (own.length > 0 && !(await confirms(console, own))) {
        if (options.json === true) console.line(JSON.stringify({ stack: checked.name, down: false, keptVolumes: [...own, ...former] }));
        return EXIT.wrongInput;
      }
    }
    const signal = interruption();
    await writeFiles(layout, files);
    if (!(await takeDown(console, opened, options, signal))) return await tellLeft(console, engine, name, opened, options);
    const { own, former } = await volumes();
    kept = [...own, ...former];
  } finally {
    engine.close();
  }
  if (options.json === true) console.line(JSON.stringify({ stack: checked.name, down: true, keptVolumes: kept }));
  else console.line(`${checked.name} is down${kept.length === 0 ? "" : `; kept volumes: ${kept.join(", ")}`}`);
  return EXIT.done;
}

/** Whether it came to its end; else it was interrupted. */
async function takeDown(
  console: Console,
  opened: OpenedStack,
  { json = false, volumes = false }: DownOptions,
  signal: AbortSignal,
): Promise<boolean> {
  const onLine = (line: string): void => console.line(console.style.dim(line));
  const args = ["down", "--remove-orphans", ...(volumes ? ["--volumes"] : [])];
  const { exitCode, stderr } = await runCompose(projectAsItIs(opened), args, json ? { signal } : { onLine, signal });
  if (exitCode === 0 || signal.aborted) return exitCode === 0;
  throw StackError.of(
    "create-failed",
    `Docker Compose could not take ${opened.checked.name} down:\n    ${stderr.trim().split("\n").slice(-5).join("\n    ")}`,
  );
}

async function tellLeft(
  console: Console,
  engine: Engine,
  name: string,
  { checked, project }: OpenedStack,
  { json = false }: DownOptions,
): Promise<number> {
  const left = (await engine.containersOf(project.name)).map(({ Names: [path = ""] = [], State: state = "" }) => ({
    name: path.replace(/^\//, ""),
    state,
  }));
  if (json) console.line(JSON.stringify({ stack: checked.name, down: false, left }));
  else console.line(interruptedRemoval(left));
  console.error(STOPS_STILL);
  if (!json) console.line(`finish it with: stackwright down ${name}`);
  return EXIT.interrupted;
}

/** Data that is removed is gone: a person says so, or `--yes` does. */
async function confirms(console: Console, volumes: readonly string[]): Promise<boolean> {
  const list = volumes.join(", ");
  if (process.stdin.isTTY !== true || !console.isTerminal) {
    throw StackError.of("usage", `--volumes removes all data in ${list}, and nobody is there to confirm it`, {
      hint: "add --yes if you mean it",
    });
  }
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await prompt.question(`remove all data in ${list}? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    prompt.close();
  }
}
