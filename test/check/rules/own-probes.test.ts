import { describe, expect, it } from "vitest";
import { judge } from "../../../src/check/judge.ts";
import { parseStack } from "../../../src/check/parse-stack.ts";
import { service, stack } from "../../../src/index.ts";
import type { Probe } from "../../../src/model/schema/healthcheck.ts";
import { renderProbe } from "../../../src/probe/render.ts";
import { CASES } from "../../probe/golden-cases.ts";

/** What the catalogue renders, for every image for which it does. */
const RENDERED = CASES.map(
  ([name, probe, images]) => [name, probe, images.filter((image) => renderProbe(probe, image).problem === undefined)] as const,
);

describe("the rules find nothing in a probe of the catalogue", () => {
  it.each(RENDERED)("%s", (name, probe, images) => {
    const findings = images.flatMap((image) =>
      judge(parseStack(stackWith((image ?? "acme/unknown:1").replace("standalone-:", "standalone-chrome:"), probe))).findings.flatMap(
        ({ rule, path, message }) =>
          path.startsWith("app.healthcheck") && rule !== "probe-assumes" ? `${image}: ${rule}: ${message}` : [],
      ),
    );
    // One of the two ways of this example is `exit 0`.
    expect(findings.filter((each) => name !== "any" || !each.includes("exit-code-swallowed"))).toEqual([]);
  });
});

// The ports are those of the examples, so that they are listened on.
function stackWith(image: string, probe: Probe) {
  const environment = { KC_HEALTH_ENABLED: "true", POSTGRES_USER: "app", REDIS_PASSWORD: "x", MYSQL_ROOT_PASSWORD: "x" };
  const spec = { image, healthcheck: probe, environment, expose: [80, 8080, 8443, 50051] };
  return stack("s", [service("app", spec)]);
}
