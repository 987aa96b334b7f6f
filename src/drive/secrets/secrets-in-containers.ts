import type { CheckedService, CheckedStack } from "../../model/checked-stack.ts";
import { effectiveHealthcheck } from "../../model/effective-healthcheck.ts";
import { interpolationOf, isInterpolation, type Text } from "../../model/interpolation.ts";
import { secretVariables } from "../../model/variables.ts";
import { type ContainerInspection, type Engine, SERVICE_LABEL } from "../engine/engine.ts";
import { type Variables, variablesOf } from "../variables.ts";
import { grantedFiles } from "./granted-files.ts";
import { readBack } from "./read-back.ts";

/**
 * The values of secrets that the containers of a stack were given, in their files, their environment, their command and their
 * labels. To hide them nothing is needed of the shell that asks, which may have other values than the launch had, or none.
 *
 * @param project its name, and the files of its variables.
 */
export async function secretsInContainers(
  engine: Pick<Engine, "containersOf" | "inspect" | "file">,
  stack: CheckedStack,
  { name, envFiles }: { readonly name: string; readonly envFiles: readonly string[] },
): Promise<readonly string[]> {
  const names = new Set(secretVariables(stack));
  if (names.size === 0 && stack.secrets.size === 0) return [];
  const variables = variablesOf(envFiles);
  const containers = await engine.containersOf(name);
  const values = await Promise.all(
    containers.map(async ({ Id, Labels }) => {
      const service = stack.services.get(Labels[SERVICE_LABEL] ?? "");
      if (service === undefined) return [];
      const [inFiles, inspection] = await Promise.all([
        secretsInFiles(engine, Id, service, { stack, variables, names }),
        engine.inspect(Id),
      ]);
      return [...inFiles, ...(inspection === undefined ? [] : secretsInSettings(service, inspection.Config, names))];
    }),
  );
  return [...new Set(values.flat())];
}

interface Sources {
  readonly stack: CheckedStack;
  readonly variables: Variables;
  readonly names: ReadonlySet<string>;
}

async function secretsInFiles(
  engine: Pick<Engine, "file">,
  id: string,
  service: CheckedService,
  { stack, variables, names }: Sources,
): Promise<readonly string[]> {
  const { secrets, configs } = grantedFiles(service, variables);
  const inSecrets = secrets.map(async ({ path }) => (await engine.file(id, path))?.text ?? "");
  const inConfigs = configs.map(async ({ path, source }) => {
    const { content, environment } = stack.configs.get(source) ?? {};
    if (!isInterpolation(content) && (typeof environment !== "string" || !names.has(environment))) return [];
    const text = (await engine.file(id, path))?.text ?? "";
    return content === undefined ? [text] : readBack(content, text, names);
  });
  return (await Promise.all([...inSecrets, ...inConfigs])).flat();
}

/** The values of secrets in what the engine was told of a container. */
function secretsInSettings(
  service: CheckedService,
  { Env, Labels, Cmd, Entrypoint, Healthcheck }: ContainerInspection["Config"],
  names: ReadonlySet<string>,
): readonly string[] {
  const { environment, labels, command, entrypoint } = service.model;
  const environmentNow = new Map((Env ?? []).map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]));
  const test = effectiveHealthcheck(service)?.test;
  return [
    ...inMap(environment, (key) => environmentNow.get(key), names),
    ...inMap(labels, (key) => Labels[key], names),
    ...inWords(command, Cmd, names),
    ...inWords(entrypoint, Entrypoint, names),
    // A test in one text is a script, and stands behind "CMD-SHELL".
    ...inWords(Array.isArray(test) || test === undefined ? test : ["CMD-SHELL", test], Healthcheck?.Test, names),
  ];
}

function inMap(
  map: ReadonlyMap<string, unknown> | undefined,
  givenAs: (key: string) => string | undefined,
  names: ReadonlySet<string>,
): readonly string[] {
  return [...(map ?? [])].flatMap(([key, text]) => {
    const value = givenAs(key);
    if (value === undefined) return [];
    // Without a value of its own it is the one of the launching shell.
    return text === null ? (names.has(key) ? [value] : []) : readBack(text as Text, value, names);
  });
}

function inWords(
  text: Text | readonly Text[] | undefined,
  words: readonly string[] | null | undefined,
  names: ReadonlySet<string>,
): readonly string[] {
  if (text === undefined || words === null || words === undefined) return [];
  if (isList(text)) return text.flatMap((each, index) => readBack(each, words[index] ?? "", names));
  // Compose splits it into words, and takes quotes away.
  const line = words.join(" ");
  return [...readBack(text, line, names), ...readBack(unquoted(text), line.replaceAll(QUOTES, ""), names)];
}

function isList(text: Text | readonly Text[]): text is readonly Text[] {
  return Array.isArray(text);
}

const QUOTES = /["'\\]/g;

function unquoted(text: Text): Text {
  if (!isInterpolation(text)) return text.replaceAll(QUOTES, "");
  return interpolationOf(text.parts.map((part) => (typeof part === "string" ? part.replaceAll(QUOTES, "") : part)));
}
