import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { builtFrom } from "../check/built-from.ts";
import { copiedFiles, mountedFiles } from "../check/given-files.ts";
import { namedPaths, pathKey } from "../check/named-paths.ts";
import { parseStack } from "../check/parse-stack.ts";
import type { ComposeText, DockerfileText, FileText, Subject } from "../check/subject.ts";
import { StackError } from "../errors.ts";
import type { LoadedStack, Texts, UnreadStack } from "../load/load-stack.ts";
import { stack } from "../model/stack.ts";

/** A stack as rules judge it: with the Dockerfiles of its services, as far as they can be read. */
export function subjectOfStack({ stack, file }: Pick<LoadedStack, "stack" | "file">, texts?: Texts): Subject {
  return withFiles(parseStack(stack), file, texts);
}

/** A parsed stack with the files that rules judge besides it; `file` is where the stack stands. */
export function withFiles(subject: Subject, file: string, texts?: Texts): Subject {
  const dockerfiles = builtFrom(subject).flatMap(({ builds, place, inline }): readonly DockerfileText[] => {
    if (inline !== undefined) return [{ text: inline, builds }];
    if (place === undefined) return [];
    const path = resolve(dirname(file), place.context, place.dockerfile);
    const text = textOf(path, texts);
    return text === undefined ? [] : [{ file: path, text, builds }];
  });
  return {
    ...subject,
    dockerfiles,
    composeFiles: composeFilesOf(subject, texts),
    givenFiles: givenFilesOf(subject, dirname(file), texts),
    absent: absentPaths(subject, dirname(file)),
  };
}

/** The paths that a stack names and that are not there. */
function absentPaths(subject: Subject, folder: string): ReadonlySet<string> {
  const absent = namedPaths(subject).filter(({ segments }) => !existsSync(resolve(folder, ...segments)));
  return new Set(absent.map(pathKey));
}

/** The configuration files and scripts that the containers of a stack are given. */
function givenFilesOf(subject: Subject, folder: string, texts?: Texts): readonly FileText[] {
  const mounted = mountedFiles(subject).map((path) => resolve(folder, path));
  const copied = builtFrom(subject).flatMap(({ place }) => {
    const dockerfile = place === undefined ? undefined : textOf(resolve(folder, place.context, place.dockerfile), texts);
    return place === undefined || dockerfile === undefined
      ? []
      : copiedFiles(dockerfile).map((path) => resolve(folder, place.context, `./${path}`));
  });
  return filesAt([...mounted, ...copied], texts);
}

function filesAt(paths: readonly string[], texts?: Texts): readonly FileText[] {
  return [...new Set(paths)].flatMap((path) => {
    const text = textOf(path, texts);
    // What is longer is data, and no configuration.
    return text === undefined || text.length > LONGEST_CONFIGURATION ? [] : [{ file: path, text }];
  });
}

const LONGEST_CONFIGURATION = 256 * 1024;

/** What can't be read as a stack, as rules judge it: by what is wrong with it. */
export function subjectOfUnread({ error }: UnreadStack): Subject {
  return { ...parseStack(stack("unread", [])), malformed: error.issues };
}

/** A Dockerfile alone as rules judge it: built from its folder, as far as anybody knows. */
export function subjectOfDockerfile(path: string, texts?: Texts): Subject {
  const text = textOf(path, texts);
  if (text === undefined) throw StackError.of("file", "can't be read: there is no such file", { source: path });
  const givenFiles = filesAt(
    copiedFiles(text).map((each) => resolve(dirname(path), `./${each}`)),
    texts,
  );
  return { ...parseStack(stack("dockerfile", [])), dockerfiles: [{ file: path, text, builds: [] }], givenFiles };
}

/** The files in which the services of a stack that was read stand. */
function composeFilesOf({ stack: { services } }: Subject, texts?: Texts): readonly ComposeText[] {
  const files = services.flatMap(({ definition }) => (definition.placeOf === undefined ? [] : (definition.placeOf([])?.file ?? [])));
  return [...new Set(files)].flatMap((file) => {
    const text = textOf(file, texts);
    return text === undefined ? [] : [{ file, text }];
  });
}

/** Whether an argument names a Dockerfile: `Dockerfile`, `api/Dockerfile.dev`, `web.Dockerfile`, `Containerfile`. */
export function isDockerfilePath(argument: string): boolean {
  return /^(?:Dockerfile|Containerfile)(?:\..+)?$|\.(?:Dockerfile|dockerfile)$/.test(basename(argument));
}

// What is not there, or is a folder, is found by the build.
function textOf(path: string, texts?: Texts): string | undefined {
  const held = texts?.get(path);
  if (held !== undefined) return held;
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, "utf8") : undefined;
}
