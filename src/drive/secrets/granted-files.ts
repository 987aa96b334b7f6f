import type { CheckedService, CheckedStack } from "../../model/checked-stack.ts";
import type { Text } from "../../model/interpolation.ts";
import type { GrantModel } from "../../model/schema/secret.ts";
import { resolveText } from "../resolve-text.ts";
import type { Variables } from "../variables.ts";

/** A file that Compose copies into a container when it starts it. */
export interface CopiedFile {
  /** Its path in the container. */
  readonly path: string;
  readonly text: string;
}

/** The secrets and configs of a service that are no files of the host, which would be mounted: a variable's value, or a text. */
export function copiedFiles(service: CheckedService, stack: CheckedStack, variables: Variables): readonly CopiedFile[] {
  const copied =
    (sources: ReadonlyMap<string, Source>) =>
    ({ path, source }: GrantedFile) => {
      const text = textOf(sources.get(source), variables);
      return text === undefined ? [] : [{ path, text }];
    };
  const { secrets, configs } = grantedFiles(service, variables);
  return [...secrets.flatMap(copied(stack.secrets)), ...configs.flatMap(copied(stack.configs))];
}

/** The paths in the container of those that are files of the host. */
export function mountedFiles(service: CheckedService, stack: CheckedStack, variables: Variables): readonly string[] {
  const mounted =
    (sources: ReadonlyMap<string, Source>) =>
    ({ path, source }: GrantedFile) =>
      sources.get(source)?.file === undefined ? [] : [path];
  const { secrets, configs } = grantedFiles(service, variables);
  return [...secrets.flatMap(mounted(stack.secrets)), ...configs.flatMap(mounted(stack.configs))];
}

/** A secret or config as a file in a container. */
interface GrantedFile {
  /** Its path in the container. */
  readonly path: string;
  /** The name of the secret or config. */
  readonly source: string;
}

/** The secrets and configs of a service, wherever they come from. */
export function grantedFiles(
  { model }: CheckedService,
  variables: Variables,
): { readonly secrets: readonly GrantedFile[]; readonly configs: readonly GrantedFile[] } {
  const granted =
    (folder: string) =>
    (grant: GrantModel): GrantedFile => {
      const source = resolveText(grant.source, variables);
      const path = grant.target === undefined ? source : resolveText(grant.target, variables);
      return { source, path: path.startsWith("/") ? path : `${folder}${path}` };
    };
  return { secrets: (model.secrets ?? []).map(granted("/run/secrets/")), configs: (model.configs ?? []).map(granted("/")) };
}

interface Source {
  readonly file?: unknown;
  readonly environment?: Text | undefined;
  readonly content?: Text | undefined;
}

function textOf({ environment, content }: Source = {}, variables: Variables): string | undefined {
  if (content !== undefined) return resolveText(content, variables);
  return environment === undefined ? undefined : (variables[resolveText(environment, variables)] ?? "");
}
