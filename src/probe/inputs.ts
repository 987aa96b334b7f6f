import type { Probe } from "../model/schema/healthcheck.ts";
import type { CombinedProbe } from "./catalogue/combined.ts";
import type { ScriptProbe } from "./catalogue/program.ts";

/** What a probe reads inside its container besides what it asks. */
export interface ProbeInputs {
  /** Variables of the container's environment, with secrets in them. */
  readonly variables: readonly string[];
  /** Files that hold secrets. */
  readonly files: readonly string[];
  /** Scripts that configs of the stack bring. */
  readonly scripts: readonly ConfigScript[];
}

/** A script in the container, and the name of its config. */
export interface ConfigScript {
  readonly file: string;
  readonly config: string;
}

/** What a probe was told to read, wherever in its options that stands. */
export function inputsOf(probe: unknown): ProbeInputs {
  if (typeof probe !== "object" || probe === null) return NONE;
  const { variable, file, config, ...others } = probe as Readonly<Record<string, unknown>>;
  const inside = Object.values(others).map(inputsOf);
  return {
    variables: [...(isText(variable) ? [variable] : []), ...inside.flatMap(({ variables }) => variables)],
    files: [...(isText(file) ? [file] : []), ...inside.flatMap(({ files }) => files)],
    scripts: [...(isText(file) && isText(config) ? [{ file, config }] : []), ...inside.flatMap(({ scripts }) => scripts)],
  };
}

/** The scripts without which a probe can't succeed and that its image has to have, by their whole paths. */
export function scriptsOfImage(probe: Probe | undefined): readonly string[] {
  if (probe?.type === "all") return (probe as CombinedProbe).probes.flatMap(scriptsOfImage);
  if (probe?.type !== "script") return [];
  const { file, config, interpreter } = probe as ScriptProbe;
  const mayBeElsewhere = !file.startsWith("/") || MADE_LATER.test(file) || (COMPLETING.test(interpreter) && !/\.\w+$/.test(file));
  return config !== undefined || mayBeElsewhere ? [] : [file];
}

// Folders that a container fills once it runs.
const MADE_LATER = /^\/(?:tmp|run|var\/run|var\/tmp|dev|proc)\//;

// What finds /app/ready.js where /app/ready is asked for.
const COMPLETING = /(?:^|\/)(?:node|bun|tsx)$/;

const NONE: ProbeInputs = { variables: [], files: [], scripts: [] };

function isText(value: unknown): value is string {
  return typeof value === "string";
}
