import { readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { builtFrom } from "../check/built-from.ts";
import { parseStack } from "../check/parse-stack.ts";
import type { ComposeText, DockerfileText, Subject } from "../check/subject.ts";
import { StackError } from "../errors.ts";
import type { LoadedStack } from "../load/load-stack.ts";
import { stack } from "../model/stack.ts";

/** A stack as rules judge it: with the Dockerfiles of its services, as far as they can be read. */
export function subjectOfStack({ stack, file }: Pick<LoadedStack, "stack" | "file">): Subject {
  const subject = parseStack(stack);
  const dockerfiles = builtFrom(subject).flatMap(({ builds, place, inline }): readonly DockerfileText[] => {
    if (inline !== undefined) return [{ text: inline, builds }];
    if (place === undefined) return [];
    const path = resolve(dirname(file), place.context, place.dockerfile);
    const text = textOf(path);
    return text === undefined ? [] : [{ file: path, text, builds }];
  });
  return { ...subject, dockerfiles, composeFiles: composeFilesOf(subject) };
}

/** A Dockerfile alone as rules judge it. */
export function subjectOfDockerfile(path: string): Subject {
  const text = textOf(path);
  if (text === undefined) throw StackError.of("file", "can't be read: there is no such file", { source: path });
  return { ...parseStack(stack("dockerfile", [])), dockerfiles: [{ file: path, text, builds: [] }] };
}

/** The files in which the services of a stack that was read stand. */
function composeFilesOf({ stack: { services } }: Subject): readonly ComposeText[] {
  const files = services.flatMap(({ definition }) => (definition.placeOf === undefined ? [] : (definition.placeOf([])?.file ?? [])));
  return [...new Set(files)].flatMap((file) => {
    const text = textOf(file);
    return text === undefined ? [] : [{ file, text }];
  });
}

/** Whether an argument names a Dockerfile: `Dockerfile`, `api/Dockerfile.dev`, `web.Dockerfile`, `Containerfile`. */
export function isDockerfilePath(argument: string): boolean {
  return /^(?:Dockerfile|Containerfile)(?:\..+)?$|\.(?:Dockerfile|dockerfile)$/.test(basename(argument));
}

// What is not there, or is a folder, is found by the build.
function textOf(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, "utf8") : undefined;
}
