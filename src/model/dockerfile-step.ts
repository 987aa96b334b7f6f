import type { AddOptions, Command, CopyOptions, RunOptions } from "./dockerfile.ts";
import type { Text } from "./interpolation.ts";
import type { HealthcheckSpec, Probe } from "./schema/healthcheck.ts";

type Values = { readonly [name: string]: Text | number | boolean };

/** An instruction of a described Dockerfile. */
export type Step =
  | { readonly type: "add"; readonly sources: readonly Text[]; readonly target: Text; readonly options: AddOptions }
  | { readonly type: "arg"; readonly name: string; readonly value: Text | undefined }
  | { readonly type: "cmd" | "entrypoint"; readonly command: Command }
  | { readonly type: "comment"; readonly text: string }
  | { readonly type: "copy"; readonly sources: readonly Text[]; readonly target: Text; readonly options: CopyOptions }
  | { readonly type: "env" | "label"; readonly values: Values }
  | { readonly type: "expose"; readonly ports: readonly (Text | number)[] }
  | { readonly type: "file"; readonly target: Text; readonly content: string; readonly options: CopyOptions }
  | { readonly type: "healthcheck"; readonly check: Probe | HealthcheckSpec }
  | { readonly type: "onbuild"; readonly steps: readonly Step[] }
  | { readonly type: "run"; readonly command: Command; readonly options: RunOptions }
  | { readonly type: "shell"; readonly command: readonly string[] }
  | { readonly type: "stopsignal" | "user"; readonly value: Text | number }
  | { readonly type: "volume"; readonly paths: readonly Text[] }
  | { readonly type: "workdir"; readonly value: Text };
