import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";
import type { Text } from "../model/interpolation.ts";
import type { GrantModel } from "../model/schema/secret.ts";
import { resolveText } from "./resolve-text.ts";
import type { Variables } from "./variables.ts";

/** A file that Compose copies into a container when it starts it. */
export interface CopiedFile {
  /** Its path in the container. */
  readonly path: string;
  readonly text: string;
}

/** The secrets and configs of a service that are no files of the host, which would be mounted: a variable's value, or a text. */
export function copiedFiles({ model }: CheckedService, stack: CheckedStack, variables: Variables): readonly CopiedFile[] {
  return [
    ...(model.secrets ?? []).flatMap((grant) => copiedFile(grant, stack.secrets, "/run/secrets/", variables)),
    ...(model.configs ?? []).flatMap((grant) => copiedFile(grant, stack.configs, "/", variables)),
  ];
}

interface Source {
  readonly environment?: Text | undefined;
  readonly content?: Text | undefined;
}

function copiedFile(
  { source, target }: GrantModel,
  sources: ReadonlyMap<string, Source>,
  folder: string,
  variables: Variables,
): readonly CopiedFile[] {
  const name = resolveText(source, variables);
  const text = textOf(sources.get(name), variables);
  if (text === undefined) return [];
  const path = target === undefined ? name : resolveText(target, variables);
  return [{ path: path.startsWith("/") ? path : `${folder}${path}`, text }];
}

function textOf({ environment, content }: Source = {}, variables: Variables): string | undefined {
  if (content !== undefined) return resolveText(content, variables);
  return environment === undefined ? undefined : (variables[resolveText(environment, variables)] ?? "");
}
