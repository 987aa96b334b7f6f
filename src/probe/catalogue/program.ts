import { COMMAND, DURATION, isRecord, LINE, required, rule, SCRIPT, TEXT, WORDS } from "../../model/accepted.ts";
import { accepting } from "../../model/accepting.ts";
import type { Duration } from "../../model/duration.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import type { Config, Grant } from "../../model/secret.ts";
import { make, probeOptions } from "./make.ts";

export interface ScriptOptions extends Timing {
  /** What runs the script, so that the file need not be executable. Default: "sh". */
  readonly interpreter?: string;
  readonly args?: readonly string[];
}

export interface FileOptions extends Timing {
  /** How long ago the file may have been changed, in whole seconds. Default: it only has to be there. */
  readonly maxAge?: Duration;
}

/** See `probe.command`. */
export interface CommandProbe extends Probe<"command"> {
  readonly command: readonly string[];
}
/** See `probe.shell`. */
export interface ShellProbe extends Probe<"shell"> {
  readonly script: string;
}
/** See `probe.script`. */
export interface ScriptProbe extends Probe<"script"> {
  readonly file: string;
  /** The name of the config that brings the file; absent where the image has it, or a mount. */
  readonly config?: string | undefined;
  readonly interpreter: string;
  readonly args: readonly string[];
}
/** See `probe.process`. */
export interface ProcessProbe extends Probe<"process"> {
  readonly name: string;
}
/** See `probe.file`. */
export interface FileProbe extends Probe<"file"> {
  readonly path: string;
  readonly maxAge?: Duration | undefined;
}

/** A path, or what is mounted there. */
const FILE = rule("the path of a file in the container, or a config", (value) => {
  const path = isRecord(value) ? (value["kind"] === "grant" ? value["target"] : value["kind"] === "config" && value["path"]) : value;
  return TEXT.wrong(path) === undefined;
});

/** See `probe.command`. */
export const command = accepting(
  "probe.command",
  { command: required(COMMAND), timing: probeOptions() },
  (words: readonly string[], timing: Timing = {}): CommandProbe => make("command", { ...timing, command: words }),
);

/** See `probe.shell`. */
export const shell = accepting(
  "probe.shell",
  { script: required(SCRIPT), timing: probeOptions() },
  (script: string, timing: Timing = {}): ShellProbe => make("shell", { ...timing, script }),
);

/** See `probe.script`. */
export const script = accepting(
  "probe.script",
  { file: required(FILE), options: probeOptions({ interpreter: TEXT, args: WORDS }) },
  (file: string | Config | Grant<Config>, options: ScriptOptions = {}): ScriptProbe =>
    make("script", { ...options, file: pathOf(file) }, { interpreter: "sh", args: [], ...configOf(file) }),
);

/** See `probe.process`. */
export const processNamed = accepting(
  "probe.process",
  { name: required(LINE), timing: probeOptions() },
  (name: string, timing: Timing = {}): ProcessProbe => make("process", { ...timing, name }),
);

/** See `probe.file`. */
export const file = accepting(
  "probe.file",
  { path: required(TEXT), options: probeOptions({ maxAge: DURATION }) },
  (path: string, options: FileOptions = {}): FileProbe => make("file", { ...options, path }),
);

function configOf(place: string | Config | Grant<Config>): { readonly config?: string } {
  if (typeof place !== "object" || place === null) return {};
  return { config: place.kind === "grant" ? place.of.name : place.name };
}

function pathOf(place: string | Config | Grant<Config>): string {
  if (typeof place === "string") return place;
  return place.kind === "grant" ? (place.target as string) : place.path;
}
