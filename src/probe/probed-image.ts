import { type Contents, contentsOf } from "./facts/contents.ts";

/** What is known of the image in which a probe will run. */
export interface ProbedImage {
  /** Its name, or that of the image below what a Dockerfile makes; absent where a variable says it, or nobody. */
  readonly name?: string | undefined;
  /** Programs that the user says are in it. */
  readonly has?: readonly string[] | undefined;
  /** Whether a program may have been put on top of it. Default: none. */
  readonly mayBring?: ((program: string) => boolean) | undefined;
  /** Whether a program was taken away from it. Default: none. */
  readonly isRemoved?: ((program: string) => boolean) | undefined;
  /** Whether probes of ours wait inside a container that starts up, where there is a shell. Default: false. */
  readonly waits?: boolean | undefined;
}

/** What it contains, with what may have been put on top and what the user says is in it; `undefined` where nothing is known. */
export function contentsIn({ name, has, mayBring, isRemoved }: ProbedImage): Contents | undefined {
  return withDeclared(withoutRemoved(withBrought(name === undefined ? undefined : contentsOf(name), mayBring), isRemoved), has);
}

function withBrought(contents: Contents | undefined, mayBring: ProbedImage["mayBring"] = () => false): Contents | undefined {
  return contents && { ...contents, lacks: new Set([...contents.lacks].filter((program) => !mayBring(program))) };
}

function withoutRemoved(contents: Contents | undefined, isRemoved: ProbedImage["isRemoved"] = () => false): Contents | undefined {
  return contents && { ...contents, has: new Set([...contents.has].filter((program) => !isRemoved(program))) };
}

function withDeclared(contents: Contents | undefined, declared: readonly string[] = []): Contents | undefined {
  if (declared.length === 0) return contents;
  const lacks = [...(contents?.lacks ?? [])].filter((program) => !declared.includes(program));
  return {
    ...contents,
    has: new Set([...(contents?.has ?? []), ...declared, "sh"].filter((program) => program !== "sh" || !lacks.includes("sh"))),
    lacks: new Set(lacks),
    confidence: contents?.confidence ?? "declared",
  };
}
