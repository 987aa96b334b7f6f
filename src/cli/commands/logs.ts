import { followCompose } from "../../drive/compose/compose.ts";
import { type Engine, openEngine, SERVICE_LABEL } from "../../drive/engine/engine.ts";
import { harmless } from "../../drive/harmless.ts";
import { whileItAnswers, whileThere } from "../../drive/patience.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { planWithIncluded } from "../../library/plan-with-included.ts";
import { EXIT } from "../exit-code.ts";
import { interruption } from "../interruption.ts";
import { hideSecrets, type OpenedStack, openStack, projectAsItIs } from "../opened-stack.ts";
import type { Console, Style } from "../render/console.ts";
import { tellSilence } from "../render/engine-silence.ts";
import { json } from "../render/json.ts";
import { requireServices } from "../require-services.ts";
import { notUp } from "./wait.ts";

interface LogsOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly follow?: boolean;
  readonly since?: string;
  readonly tail?: string;
}

/** Longer lines of a log are cut. */
const LINE_LIMIT = 10_000;

/** Shows the logs of a stack, or of some of its services: each line after the name of its container. */
export async function logs(console: Console, name: string, services: readonly string[], options: LogsOptions): Promise<number> {
  const opened = await openStack(name, options.cwd, { profiles: ["*"] }, console);
  requireServices(await planWithIncluded(opened.checked, opened.layout.stackFolder, ["*"]), services);
  await writeFiles(opened.layout, opened.files);
  const engine = openEngine();
  try {
    await whileItAnswers(() => hideSecrets(console, engine, opened), engine, { onSilence: tellSilence(console) });
    return await show(console, engine, opened, { ...options, name, services });
  } finally {
    engine.close();
  }
}

interface Asked extends LogsOptions {
  /** What the stack was asked for by. */
  readonly name: string;
  readonly services: readonly string[];
}

async function show(console: Console, engine: Engine, opened: OpenedStack, { name, services, ...options }: Asked): Promise<number> {
  const signal = AbortSignal.any([interruption(), console.lost]);
  const { since, tail } = options;
  const args = [
    "logs",
    "--no-color",
    ...(options.follow === true ? ["--follow"] : []),
    ...(since === undefined ? [] : ["--since", since]),
    ...(tail === undefined ? [] : ["--tail", tail]),
    ...services,
  ];
  const text = options.json === true ? jsonLine : prefixedLine;
  let isEmpty = true;
  const follow = (until: AbortSignal): Promise<number> => {
    const onLine = (line: string): void => {
      isEmpty = false;
      // When it is stopped Compose ends the line that a terminal has put its "^C" in.
      if (!until.aborted) console.line(text(line, console));
    };
    return followCompose(projectAsItIs(opened), args, onLine, until);
  };
  const exitCode = await whileThere(follow, engine, { onSilence: tellSilence(console), signal });
  if (isEmpty && tail !== "0" && exitCode === 0 && !signal.aborted) console.error(await whyNothing(engine, name, opened, services, since));
  return console.lost.aborted ? EXIT.done : exitCode;
}

async function whyNothing(
  engine: Engine,
  name: string,
  { checked, project }: OpenedStack,
  services: readonly string[],
  since: string | undefined,
): Promise<string> {
  const containers = await engine.containersOf(project.name);
  const there = new Set(containers.map(({ Labels }) => Labels[SERVICE_LABEL] ?? ""));
  const absent = services.filter((service) => !there.has(service));
  if (there.size === 0) return notUp(checked.name, name).message;
  if (absent.length > 0) return `${checked.name} has no container of: ${absent.join(", ")}`;
  return `${services.length === 0 ? name : services.join(", ")} printed nothing${since === undefined ? "" : ` since ${since}`}`;
}

function split(line: string): { container: string; text: string } {
  const at = line.indexOf(" | ");
  return at === -1 ? { container: "", text: line } : { container: line.slice(0, at).trimEnd(), text: line.slice(at + 3) };
}

function prefixedLine(line: string, { style }: Console): string {
  const { container, text } = split(line);
  // What Compose itself has to say.
  if (container === "") return harmless(text, LINE_LIMIT);
  return `${colourOf(container, style)(container)} ${style.dim("|")} ${harmless(text, LINE_LIMIT)}`;
}

function jsonLine(line: string, { redact }: Console): string {
  const { container, text } = split(line);
  return json({ type: "log", container, line: harmless(text, LINE_LIMIT) }, redact);
}

// A container keeps its colour from one call to the next.
function colourOf(container: string, { cyan, green, magenta, yellow, blue }: Style): (text: string) => string {
  const colours = [cyan, green, magenta, yellow, blue];
  const sum = [...container].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  return colours[sum % colours.length] ?? cyan;
}
