import { isInterpolation } from "../model/interpolation.ts";
import { isRemote } from "../model/remote-path.ts";
import { usualText } from "./images.ts";
import type { DockerfileBuild, Subject } from "./subject.ts";

/** A Dockerfile that services are built with: in a file, or in the Compose file itself. */
export interface BuiltFrom {
  readonly builds: readonly DockerfileBuild[];
  /** The folder of the build and the Dockerfile relative to it, where it is a file. */
  readonly place?: { readonly context: string; readonly dockerfile: string };
  readonly inline?: string;
}

/** The Dockerfiles of the user's that the services of a stack are built with; each once. */
export function builtFrom({ services }: Subject): readonly BuiltFrom[] {
  const found = new Map<string, BuiltFrom>();
  for (const service of services.values()) {
    const { build } = service.model;
    if (build === undefined || service.dockerfile?.described !== undefined) continue;
    const stage = build.target === undefined ? undefined : usualText(build.target);
    const builds = [{ service, ...(stage === undefined ? {} : { stage }) }];
    if (build.dockerfileInline !== undefined) {
      if (!isInterpolation(build.dockerfileInline)) found.set(`inline ${service.name}`, { builds, inline: build.dockerfileInline });
      continue;
    }
    const context = usualText(build.context?.path ?? ".");
    const dockerfile = pathOf(build.dockerfile);
    if (context === undefined || dockerfile === undefined || isRemote(context)) continue;
    const key = `file ${context} ${dockerfile}`;
    found.set(key, { builds: [...(found.get(key)?.builds ?? []), ...builds], place: { context, dockerfile } });
  }
  return [...found.values()];
}

function pathOf(dockerfile: unknown): string | undefined {
  if (dockerfile === undefined) return "Dockerfile";
  return typeof dockerfile === "string" || isInterpolation(dockerfile) ? usualText(dockerfile) : undefined;
}
