import { isAbsolute, relative, resolve, sep } from "node:path";
import { composeText, isInterpolation, type Text } from "../model/interpolation.ts";
import { isRemote } from "../model/remote-path.ts";
import type { HostPath } from "../model/schema/scalar.ts";

/** Where things are: absolute folders, except `source`. */
export interface Layout {
  /** The folder of the stack's module; relative paths of the stack start there. */
  readonly stackFolder: string;
  /** The folder that gets the files. */
  readonly outputFolder: string;
  /** The project's root: an absolute path below it is written relative, so that the output is the same on every machine. */
  readonly root: string;
  /** The stack's module as it is named in the header. */
  readonly source: string;
}

/** A host path as it must be written in the output folder. */
export function rebase({ before = "", path, after = "" }: HostPath, layout: Layout): string {
  return composeText(before) + rebasePath(path, layout) + composeText(after);
}

function rebasePath(path: Text, layout: Layout): string {
  const first = isInterpolation(path) ? path.parts[0] : path;
  // A path that begins with a variable, a home folder or a URL does not depend on where the file is.
  if (typeof first !== "string" || first.startsWith("~") || isRemote(first)) return composeText(path);
  const moved = rebaseText(first, layout);
  return composeText(isInterpolation(path) ? withFirst(path, moved) : moved);
}

/** A literal path as it must be written in the output folder. */
export function rebaseText(path: string, { stackFolder, outputFolder, root }: Layout): string {
  if (isAbsolute(path) && !`${path}${sep}`.startsWith(`${root}${sep}`)) return path;
  const moved = relative(outputFolder, resolve(stackFolder, path)).split(sep).join("/");
  const end = path.endsWith("/") && path !== "/" ? "/" : "";
  return (moved === "" ? "." : moved.startsWith(".") ? moved : `./${moved}`) + end;
}

function withFirst(path: Exclude<Text, string>, first: string): Text {
  return { ...path, parts: [first, ...path.parts.slice(1)] };
}
