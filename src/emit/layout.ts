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

/** Whether only the value of a variable tells where a path begins. */
export function beginsWithVariable({ path }: HostPath): boolean {
  return isInterpolation(path) && typeof path.parts[0] !== "string";
}

function rebasePath(path: Text, layout: Layout): string {
  const first = isInterpolation(path) ? path.parts[0] : path;
  // Where a home folder or a URL is does not depend on where the file is, and what a variable says is not known.
  if (typeof first !== "string" || first.startsWith("~") || isRemote(first)) return composeText(path);
  return composeText(isInterpolation(path) ? withFirst(path, rebaseHead(first, first.length, layout)) : rebaseText(path, layout));
}

/** A path as it must be written in the output folder; a variable may stand in it, but not begin it. */
export function rebaseText(path: string, layout: Layout): string {
  const dollar = path.indexOf("$");
  return dollar < 0 ? rebaseWhole(path, layout) : rebaseHead(path, dollar, layout);
}

/** What begins at the folder in which an offset is stays as it is: where `..` leads from a variable only its value tells. */
function rebaseHead(path: string, offset: number, layout: Layout): string {
  const folder = path.slice(0, path.lastIndexOf("/", offset) + 1);
  return rebaseWhole(folder === "" ? "./" : folder, layout) + path.slice(folder.length);
}

function rebaseWhole(path: string, { stackFolder, outputFolder, root }: Layout): string {
  if (isAbsolute(path) && !`${path}${sep}`.startsWith(`${root}${sep}`)) return path;
  const moved = relative(outputFolder, resolve(stackFolder, path)).split(sep).join("/");
  const end = path.endsWith("/") && path !== "/" ? "/" : "";
  return (moved === "" ? "." : moved.startsWith(".") ? moved : `./${moved}`) + end;
}

function withFirst(path: Exclude<Text, string>, first: string): Text {
  return { ...path, parts: [first, ...path.parts.slice(1)] };
}
