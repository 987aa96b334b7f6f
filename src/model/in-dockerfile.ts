import { BOOLEAN, options, required, rule } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { isProbe, type Probe } from "./schema/healthcheck.ts";

export interface InDockerfileOptions {
  /** Whether the health check stands in the Compose file as well, which then overrides the image's. Default: false. */
  readonly alsoInCompose?: boolean;
}

/** A probe that the image carries in a `HEALTHCHECK` instruction. */
export interface CarriedByDockerfile {
  readonly inDockerfile: Required<InDockerfileOptions>;
}

/**
 * Puts a probe into the image: the Dockerfile that the service is built with gets a `HEALTHCHECK` instruction, from which
 * every container of the image inherits it, also where no Compose is. Of a Dockerfile of yours a copy with that one line, and a header, is
 * generated; your file is read and never written. What the image has is told by its base, as far as that is known, and by what the Dockerfile
 * may put on top of it; where that is not enough, the command finds out what there is, unless the probe says `via`.
 *
 * @example build: "./api", healthcheck: inDockerfile(probe.http({ port: 8080, path: "/health" }))
 * @see https://docs.docker.com/reference/dockerfile/#healthcheck
 */
export const inDockerfile = accepting(
  "inDockerfile",
  { probe: required(rule("a probe made by probe.*", isProbe)), options: options({ alsoInCompose: BOOLEAN }) },
  <P extends Probe>(probe: P, { alsoInCompose = false }: InDockerfileOptions = {}): P & CarriedByDockerfile =>
    Object.freeze({ ...probe, inDockerfile: { alsoInCompose } }),
);

/** Where a probe is carried besides Compose; `undefined` for every probe that was not put into a Dockerfile. */
export function carriedByDockerfile(probe: Probe): CarriedByDockerfile["inDockerfile"] | undefined {
  return (probe as Probe & Partial<CarriedByDockerfile>).inDockerfile;
}
