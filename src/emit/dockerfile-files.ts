import { join, relative, resolve, sep } from "node:path";
import { copyTarget } from "../dockerfile/copy-target.ts";
import { readDockerfile } from "../dockerfile/read-dockerfile.ts";
import { readStructure } from "../dockerfile/structure.ts";
import { type Issue, StackError } from "../errors.ts";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";
import { placeOf } from "../model/definition.ts";
import { carriedByDockerfile } from "../model/in-dockerfile.ts";
import { textOfPlace } from "../model/place.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
import type { AnyProbe } from "../probe/catalog.ts";
import { builtImage } from "../probe/dockerfile-healthcheck.ts";
import type { ProbedImage } from "../probe/probed-image.ts";
import { renderProbe } from "../probe/render.ts";
import { patchHealthcheck, withHeader } from "./dockerfile-patch.ts";
import { dockerfileText } from "./dockerfile-text.ts";
import type { EmittedFile } from "./emitted-file.ts";
import { besideShell, healthcheckLine } from "./healthcheck-line.ts";
import type { Layout } from "./layout.ts";

interface Surroundings {
  readonly layout: Layout;
  readonly sources: ReadonlyMap<string, string>;
  readonly header: string;
}

/**
 * The Dockerfiles of a stack: those that were described, and copies of the user's own with a health check.
 *
 * @throws {StackError} `invalid-stack` for those that can't carry what they should, all at once.
 */
export function emitDockerfiles(stack: CheckedStack, surroundings: Surroundings): readonly EmittedFile[] {
  const issues: Issue[] = [];
  const files = [...stack.services.values()].flatMap((service) => {
    try {
      return filesOf(service, surroundings);
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      issues.push(...error.issues.map((issue) => located(service, issue)));
      return [];
    }
  });
  if (issues.length > 0) throw new StackError("invalid-stack", issues);
  return files;
}

function filesOf(service: CheckedService, surroundings: Surroundings): readonly EmittedFile[] {
  if (service.dockerfile === undefined) return [];
  const { described } = service.dockerfile;
  if (described === undefined) return patchedFiles(service, surroundings);
  return [{ path: fileName(service), text: surroundings.header + dockerfileText(described) }];
}

/** The user's files that are copied with a change, and the lists of ignored files that belong to them. */
export function sourcesOf(stack: CheckedStack, layout: Layout): readonly { readonly path: string; readonly optional: boolean }[] {
  return [...stack.services.values()].flatMap((service) => {
    if (service.dockerfile === undefined || service.dockerfile.described !== undefined) return [];
    if (service.model.build?.dockerfileInline !== undefined) return [];
    const path = ownDockerfile(service, layout);
    return [
      { path, optional: false },
      { path: ignoreFile(path), optional: true },
    ];
  });
}

/** How Compose builds a service: with the generated Dockerfile, where there is one. */
export function buildOf(service: CheckedService, layout: Layout): CheckedService["model"]["build"] {
  const { build } = service.model;
  if (service.dockerfile === undefined || build === undefined) return build;
  const { context, dockerfile: _, dockerfileInline: __, ...rest } = build;
  const folder = contextFolder(service, layout);
  const file = relative(folder, join(layout.outputFolder, fileName(service)));
  // Without a context there is nothing to copy; the folder of the Dockerfile will do.
  return { context: context ?? { kind: "path", path: layout.outputFolder }, dockerfile: file.split(sep).join("/"), ...rest };
}

function patchedFiles(service: CheckedService, { layout, sources, header }: Surroundings): readonly EmittedFile[] {
  const { build } = service.model;
  const inline = build?.dockerfileInline;
  const own = ownDockerfile(service, layout);
  const text = typeof inline === "string" ? inline : sources.get(own);
  if (text === undefined) throw new Error(`the text of ${own} was not handed in`);
  const stage = typeof build?.target === "string" ? build.target : undefined;
  const { stages, continuation } = readStructure(text);
  const hasShell = stages.some(({ instructions }) => instructions.some(({ keyword }) => keyword === "SHELL"));
  const healthcheck = healthcheckFor(service, text, stage);
  const line = healthcheckLine(hasShell ? besideShell(healthcheck) : healthcheck, continuation);
  const patched = patchHealthcheck(text, line, { stage });
  const ignored = sources.get(ignoreFile(own));
  return [
    { path: fileName(service), text: withHeader(patched, header) },
    ...(ignored === undefined ? [] : [{ path: ignoreFile(fileName(service)), text: header + ignored }]),
  ];
}

/** The command that fits what the Dockerfile makes; where Compose has it too, it is the same in both places. */
function healthcheckFor({ probe, dockerfile, model }: CheckedService, text: string, target: string | undefined): Healthcheck {
  const plain = dockerfile?.healthcheck ?? {};
  if (probe === undefined) return plain;
  const { problem, healthcheck } = renderProbe(probe as AnyProbe, writtenImage(text, target, model.build?.args));
  if (problem !== undefined) throw StackError.of("invalid-stack", problem.message, { hint: problem.hint });
  return carriedByDockerfile(probe)?.alsoInCompose === true ? plain : (healthcheck ?? plain);
}

function writtenImage(text: string, target: string | undefined, given: NonNullable<CheckedService["model"]["build"]>["args"]): ProbedImage {
  const args = new Map([...(given ?? [])].map(([name, value]) => [name, typeof value === "string" ? value : undefined]));
  const { chain, base, continuation } = readDockerfile(text, { target, args });
  const instructions = chain.toReversed().flatMap((stage) => stage.instructions);
  const targets = instructions
    .filter(({ keyword }) => keyword === "COPY" || keyword === "ADD")
    .map((each) => copyTarget(each, continuation));
  const commands = instructions.filter(({ keyword }) => keyword === "RUN").map(({ joined, heredocs }) => `${joined.text}\n${heredocs}`);
  return builtImage(base, { commands, targets });
}

function fileName({ name }: CheckedService): string {
  return `${name}.Dockerfile`;
}

/** The list of ignored files that BuildKit looks for beside a Dockerfile, before the one of the context. */
function ignoreFile(dockerfile: string): string {
  return `${dockerfile}.dockerignore`;
}

function ownDockerfile(service: CheckedService, layout: Layout): string {
  const file = service.model.build?.dockerfile;
  return resolve(contextFolder(service, layout), typeof file === "string" ? file : "Dockerfile");
}

function contextFolder({ model }: CheckedService, { stackFolder, outputFolder }: Layout): string {
  const path = model.build?.context?.path;
  return typeof path === "string" ? resolve(stackFolder, path) : outputFolder;
}

/** What is wrong with the Dockerfile of a service, and where that is written. */
function located({ name, definition, probe, dockerfile }: CheckedService, issue: Issue): Issue {
  const isOwn = dockerfile?.described === undefined && probe !== undefined && carriedByDockerfile(probe) !== undefined;
  const path = issue.path === "" ? (isOwn ? "healthcheck" : "build.dockerfile") : issue.path;
  return { ...issue, path: `${name}.${path}`, source: textOfPlace(placeOf(definition, path.split("."))) };
}
