import { describe, expect, it } from "vitest";
import { judge } from "../../../src/check/judge.ts";
import { parseStack } from "../../../src/check/parse-stack.ts";
import { from, inDockerfile, probe, type ServiceSpec, secret, service, stack } from "../../../src/index.ts";
import type { Probe } from "../../../src/model/schema/healthcheck.ts";
import { renderProbe } from "../../../src/probe/render.ts";
import { CASES } from "../../probe/golden-cases.ts";

/** What the catalogue renders, for every image for which it does. */
const RENDERED = CASES.map(
  ([name, each, images]) => [name, each, images.filter((image) => renderProbe(each, image).problem === undefined)] as const,
);

/** Rules that speak of the image, whatever the probe is: nobody knows it, or its tag moves. */
const OF_THE_IMAGE: ReadonlySet<string> = new Set(["probe-assumes", "image-probe-broken-by-base-change"]);

describe("the rules find nothing in a probe of the catalogue", () => {
  it.each(RENDERED)("%s", (name, rendered, images) => {
    const findings = images.flatMap((image) =>
      judge(parseStack(stackWith((image ?? "acme/unknown:1").replace("standalone-:", "standalone-chrome:"), rendered))).findings.flatMap(
        ({ rule, path, message }) => (path.startsWith("app.healthcheck") && !OF_THE_IMAGE.has(rule) ? `${image}: ${rule}: ${message}` : []),
      ),
    );
    // One of the two ways of this example is `exit 0`.
    expect(findings.filter((each) => name !== "any" || !each.includes("exit-code-swallowed"))).toEqual([]);
  });
});

// The ports are those of the examples and the usual ones of the servers, so that they are listened on, whatever the image is.
function stackWith(image: string, healthcheck: Probe) {
  const environment = {
    KC_HEALTH_ENABLED: "true",
    TRAEFIK_PING: "true",
    "xpack.security.enabled": "false",
    DISABLE_SECURITY_PLUGIN: "true",
    POSTGRES_USER: "app",
    REDIS_PASSWORD: "x",
    MYSQL_ROOT_PASSWORD: "x",
    TOKEN: "x",
    MYSQL_PASSWORD: "x",
    ELASTIC_PASSWORD: "x",
  };
  const usual = [
    1433, 2019, 2181, 2379, 3306, 4222, 5432, 5672, 6379, 7233, 7474, 8086, 8123, 8200, 8500, 9000, 9042, 9092, 9200, 11211, 27017,
  ];
  const secrets = ["k", "p"].map((name) => secret(name, { environment: name }));
  const spec = { image, healthcheck, environment, secrets, expose: [80, 8080, 8443, 50051, ...usual] };
  return stack("s", [service("app", spec)]);
}

describe("the rules find what a probe of the catalogue can't ask", () => {
  it.each<[rule: string, image: string, probe: Probe]>([
    ["feature-flag-off", "quay.io/keycloak/keycloak:26.0", probe.keycloak()],
    ["feature-flag-off", "quay.io/keycloak/keycloak:26.0", probe.http({ port: 9000, path: "/health/live" })],
    ["feature-flag-off", "traefik:v3.5", probe.traefik()],
    ["feature-flag-off", "traefik:v3.5", probe.traefik({ port: 8080 })],
    ["auth-required-endpoint", "elasticsearch:9.1.0", probe.elasticsearch()],
    ["auth-required-endpoint", "opensearchproject/opensearch:3.0.0", probe.opensearch()],
    ["secret-in-probe", "nginx:1.29", probe.http({ port: 80, headers: { Authorization: "Bearer abc" } })],
    ["secret-in-probe", "debian:13-slim", probe.http({ port: 80, headers: { "X-Api-Key": "abc" } })],
    ["secret-in-probe", "nginx:1.29", probe.all([probe.http({ port: 80, headers: { Cookie: "a=b" } })])],
  ])("%s: %s", (rule, image, asked) => {
    const { findings } = judge(parseStack(stack("s", [service("app", { image, healthcheck: asked, expose: [80, 8080] })])));
    expect(findings.map((finding) => finding.rule)).toContain(rule);
  });

  it("and a header with a secret once, wherever the probe ends up", () => {
    const asked = probe.http({ port: 80, headers: { Authorization: "Bearer abc" } });
    const found = (spec: ServiceSpec) =>
      judge(parseStack(stack("s", [service("app", spec)])))
        .findings.filter(({ rule }) => rule === "secret-in-probe")
        .map(({ path }) => path);
    expect(found({ image: "nginx:1.29", healthcheck: asked })).toEqual(["app.healthcheck"]);
    expect(found({ build: "./app", healthcheck: inDockerfile(asked) })).toEqual(["app.healthcheck"]);
    expect(found({ build: { dockerfile: from("nginx:1.29").healthcheck(asked) } })).toEqual(["app.build.dockerfile"]);
  });

  it.each(["nginx:1.29", "debian:13-slim", "alpine:3", "python:3"])("and not one that is read inside the container: %s", (image) => {
    const asked = probe.http({
      port: 80,
      headers: { Authorization: { prefix: "Bearer ", variable: "API_TOKEN" }, "X-Key": { file: "/k" } },
    });
    const spec = { image, healthcheck: asked, expose: [80], environment: { API_TOKEN: "x" } };
    const { findings } = judge(parseStack(stack("s", [service("app", spec)])));
    expect(findings.filter(({ path, rule }) => path.startsWith("app.healthcheck") && rule !== "probe-assumes")).toEqual([]);
  });

  it("and not where the probe has what it takes", () => {
    const login = { user: "elastic", password: { variable: "ELASTIC_PASSWORD" } };
    const spec = { image: "elasticsearch:9.1.0", healthcheck: probe.elasticsearch({ login }), environment: { ELASTIC_PASSWORD: "x" } };
    expect(judge(parseStack(stack("s", [service("app", spec)]))).findings.map(({ rule }) => rule)).not.toContain("auth-required-endpoint");
  });
});
