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
export function copiedFiles(service: CheckedService, stack: CheckedStack, variables: Variables): readonly CopiedFile[] {
  return grants(service, stack, variables).flatMap(({ path, source }) => {
    const text = textOf(source, variables);
    return text === undefined ? [] : [{ path, text }];
  });
}

/** The paths in the container of those that are files of the host. */
export function mountedFiles(service: CheckedService, stack: CheckedStack, variables: Variables): readonly string[] {
  return grants(service, stack, variables).flatMap(({ path, source }) => (source?.file === undefined ? [] : [path]));
}

interface Source {
  readonly file?: unknown;
  readonly environment?: Text | undefined;
  readonly content?: Text | undefined;
}

interface Grant {
  /** Its path in the container. */
  readonly path: string;
  readonly source: Source | undefined;
}

function grants({ model }: CheckedService, { secrets, configs }: CheckedStack, variables: Variables): readonly Grant[] {
  const grantOf = (sources: ReadonlyMap<string, Source>, folder: string) => (grant: GrantModel) => {
    const name = resolveText(grant.source, variables);
    const path = grant.target === undefined ? name : resolveText(grant.target, variables);
    return { path: path.startsWith("/") ? path : `${folder}${path}`, source: sources.get(name) };
  };
  return [...(model.secrets ?? []).map(grantOf(secrets, "/run/secrets/")), ...(model.configs ?? []).map(grantOf(configs, "/"))];
}

function textOf({ environment, content }: Source = {}, variables: Variables): string | undefined {
  if (content !== undefined) return resolveText(content, variables);
  return environment === undefined ? undefined : (variables[resolveText(environment, variables)] ?? "");
}
