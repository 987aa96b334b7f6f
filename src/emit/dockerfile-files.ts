import { join, relative, resolve, sep } from "node:path";
import { readStructure } from "../dockerfile/structure.ts";
import { StackError } from "../errors.ts";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";
import { carriedByDockerfile } from "../model/in-dockerfile.ts";
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

/** The Dockerfiles of a stack: those that were described, and copies of the user's own with a health check. */
export function emitDockerfiles(stack: CheckedStack, surroundings: Surroundings): readonly EmittedFile[] {
  return [...stack.services.values()].flatMap((service) => {
    if (service.dockerfile === undefined) return [];
    const { described } = service.dockerfile;
    if (described === undefined) return patchedFiles(service, surroundings);
    return [{ path: fileName(service), text: surroundings.header + located(service, () => dockerfileText(described)) }];
  });
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
  const patched = located(service, () => {
    const { stages, continuation } = readStructure(text);
    const hasShell = stages.some(({ instructions }) => instructions.some(({ keyword }) => keyword === "SHELL"));
    const healthcheck = service.dockerfile?.healthcheck ?? {};
    const line = healthcheckLine(hasShell ? besideShell(healthcheck) : healthcheck, continuation);
    return patchHealthcheck(text, line, { stage });
  });
  const ignored = sources.get(ignoreFile(own));
  return [
    { path: fileName(service), text: withHeader(patched, header) },
    ...(ignored === undefined ? [] : [{ path: ignoreFile(fileName(service)), text: header + ignored }]),
  ];
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

/** Adds the service to what is wrong with its Dockerfile. */
function located<T>(service: CheckedService, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    const attribute = service.probe !== undefined && carriedByDockerfile(service.probe) !== undefined ? "healthcheck" : "build.dockerfile";
    const issues = error.issues.map((issue) => ({ ...issue, path: `${service.name}.${issue.path === "" ? attribute : issue.path}` }));
    throw new StackError(error.code, issues, { cause: error });
  }
}
