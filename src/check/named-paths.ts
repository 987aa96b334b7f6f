import type { CheckedService } from "../model/checked-stack.ts";
import { isInterpolation, type Text } from "../model/interpolation.ts";
import { isRemote } from "../model/remote-path.ts";
import { type HostPath, isHostPath } from "../model/schema/scalar.ts";
import { usualText } from "./images.ts";
import type { Subject } from "./subject.ts";

/** A path of the host that a stack names. */
export interface NamedPath {
  /** What leads to it from the stack's folder, one after the other: the folder of a build, and the Dockerfile in it. */
  readonly segments: readonly string[];
  /** The attribute that names it. */
  readonly at: readonly string[];
}

/** The paths of the host that a stack names and of which something depends on whether they are there. */
export function namedPaths(subject: Subject): readonly NamedPath[] {
  const services = [...subject.services.values()];
  return [
    ...services.flatMap((service) => [...buildPaths(service), ...bindSources(service), ...envFiles(service)]),
    ...(["secrets", "configs"] as const).flatMap((section) => [...sourceFiles(subject, section).values()]),
  ];
}

/** How `absent` of a subject names a path. */
export function pathKey({ segments }: NamedPath): string {
  return segments.join("\n");
}

/** Whether a path was looked for and is not there. */
export function isAbsent(path: NamedPath, { absent }: Subject): boolean {
  return absent.has(pathKey(path));
}

/** The folder that a service is built from, and the Dockerfile where it is the user's. */
export function buildPaths({ model: { build }, dockerfile }: CheckedService): readonly NamedPath[] {
  if (build === undefined) return [];
  const context = usualText(build.context?.path ?? ".");
  if (context === undefined || isRemote(context)) return [];
  const folder: NamedPath = { segments: [context], at: build.context === undefined ? ["build"] : ["build", "context"] };
  if (build.dockerfileInline !== undefined || dockerfile?.described !== undefined) return [folder];
  const given = build.dockerfile;
  const name = given === undefined ? "Dockerfile" : typeof given === "string" || isInterpolation(given) ? usualText(given) : undefined;
  if (name === undefined) return [folder];
  return [folder, { segments: [context, name], at: given === undefined ? folder.at : ["build", "dockerfile"] }];
}

/** A mount of a file or folder of the project. */
export interface BindSource extends NamedPath {
  readonly index: number;
}

/** The files and folders of the project that a service mounts; what lies elsewhere on the host is another machine's elsewhere. */
export function bindSources({ model }: CheckedService): readonly BindSource[] {
  return (model.volumes ?? []).flatMap((mount, index) => {
    const path = mount.type === "bind" ? relativePath(mount.source) : undefined;
    return path === undefined ? [] : [{ segments: [path], at: ["volumes", String(index)], index }];
  });
}

/** The files of variables that a service can't do without. */
export function envFiles({ model }: CheckedService): readonly NamedPath[] {
  return (model.envFile ?? []).flatMap(({ path, required }, index) => {
    const file = required === undefined || required === true ? relativePath(path) : undefined;
    return file === undefined ? [] : [{ segments: [file], at: ["envFile", String(index)] }];
  });
}

/** The files that secrets or configs are read from, by name. */
export function sourceFiles(subject: Subject, section: "secrets" | "configs"): ReadonlyMap<string, NamedPath> {
  return new Map(
    [...subject[section]].flatMap(([name, { file }]): [string, NamedPath][] => {
      const path = relativePath(file);
      return path === undefined ? [] : [[name, { segments: [path], at: [name, "file"] }]];
    }),
  );
}

function relativePath(source: HostPath | Text | undefined): string | undefined {
  const path = source === undefined ? undefined : usualText(isHostPath(source) ? source.path : source);
  return path === undefined || path === "" || /^([/~\\]|[A-Za-z]:)/.test(path) ? undefined : path;
}
