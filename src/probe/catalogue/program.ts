import type { Duration } from "../../model/duration.ts";
import type { Probe, Timing } from "../../model/schema/healthcheck.ts";
import type { Config, Grant } from "../../model/secret.ts";
import { make } from "./make.ts";
import { COMMAND, DURATION, LINE, required, SCRIPT, TEXT, WORDS } from "./values.ts";

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

/** See `probe.command`. */
export function command(words: readonly string[], timing: Timing = {}): CommandProbe {
  return make("command", { ...timing, command: words }, { command: required(COMMAND) });
}

/** See `probe.shell`. */
export function shell(script: string, timing: Timing = {}): ShellProbe {
  return make("shell", { ...timing, script }, { script: required(SCRIPT) });
}

/** See `probe.script`. */
export function script(file: string | Config | Grant<Config>, options: ScriptOptions = {}): ScriptProbe {
  return make(
    "script",
    { ...options, file: pathOf(file) },
    { file: required(TEXT), interpreter: TEXT, args: WORDS },
    { interpreter: "sh", args: [] },
  );
}

/** See `probe.process`. */
export function processNamed(name: string, timing: Timing = {}): ProcessProbe {
  return make("process", { ...timing, name }, { name: required(LINE) });
}

/** See `probe.file`. */
export function file(path: string, options: FileOptions = {}): FileProbe {
  return make("file", { ...options, path }, { path: required(TEXT), maxAge: DURATION });
}

function pathOf(place: string | Config | Grant<Config>): string {
  // What is neither is refused with the other options, as is a path that only a variable says.
  if (typeof place !== "object" || place === null) return place;
  return place.kind === "grant" ? (place.target as string) : place.path;
}
