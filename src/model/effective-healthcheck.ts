import type { CheckedService } from "./checked-stack.ts";
import type { Healthcheck } from "./schema/healthcheck.ts";

/**
 * The health check that the containers of a service have: what the Compose file leaves out, they inherit from the Dockerfile
 * that is generated for the service. What an image of others says is not known.
 */
export function effectiveHealthcheck({ model, dockerfile }: Pick<CheckedService, "model" | "dockerfile">): Healthcheck | undefined {
  const inherited = dockerfile?.healthcheck;
  if (inherited === undefined) return model.healthcheck;
  const given = Object.entries(model.healthcheck ?? {}).filter(([, value]) => value !== undefined);
  return { ...inherited, ...Object.fromEntries(given) };
}

/** Whether a health check says that there is none, also none of the image's; the text "NONE" is a script. */
export function isSwitchedOff({ disable, test }: { readonly disable?: unknown; readonly test?: unknown } = {}): boolean {
  return disable === true || (Array.isArray(test) && test[0] === "NONE");
}
