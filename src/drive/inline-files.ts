import type { CheckedStack } from "../model/checked-stack.ts";
import { resolveText, type Variables } from "../model/resolve-text.ts";
import type { GrantModel } from "../model/schema/secret.ts";

/** A file in a container whose text is no file of the host. */
export interface InlineFile {
  /** The path in the container, absolute. */
  readonly path: string;
  readonly text: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/**
 * The secrets and configs of each service that come from a variable or stand in the stack. Compose copies them into
 * a container when it starts it; where we start it, that is ours to do.
 */
export function inlineFilesOf(stack: CheckedStack, variables: Variables): ReadonlyMap<string, readonly InlineFile[]> {
  const files = new Map<string, readonly InlineFile[]>();
  for (const { name, model } of stack.services.values()) {
    const own = [
      ...(model.secrets ?? []).flatMap((grant) => inlineFile(grant, stack.secrets, "/run/secrets/", variables)),
      ...(model.configs ?? []).flatMap((grant) => inlineFile(grant, stack.configs, "/", variables)),
    ];
    if (own.length > 0) files.set(name, own);
  }
  return files;
}

interface Source {
  readonly environment?: unknown;
  readonly content?: unknown;
}

function inlineFile(grant: GrantModel, sources: ReadonlyMap<string, Source>, folder: string, variables: Variables): readonly InlineFile[] {
  const name = resolveText(grant.source, variables);
  const text = textOf(sources.get(name), variables);
  if (text === undefined) return [];
  const target = grant.target === undefined ? name : resolveText(grant.target, variables);
  return [
    {
      path: target.startsWith("/") ? target : `${folder}${target}`,
      text,
      uid: numberOf(grant.uid, variables, 0),
      gid: numberOf(grant.gid, variables, 0),
      mode: numberOf(grant.mode, variables, 0o444),
    },
  ];
}

function textOf({ environment, content }: Source = {}, variables: Variables): string | undefined {
  if (content !== undefined) return resolveText(content as string, variables);
  return environment === undefined ? undefined : (variables[resolveText(environment as string, variables)] ?? "");
}

function numberOf(value: GrantModel["mode"] | GrantModel["uid"], variables: Variables, otherwise: number): number {
  if (value === undefined) return otherwise;
  return typeof value === "number" ? value : Number(resolveText(value, variables));
}
