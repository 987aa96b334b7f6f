import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, interpolate, network, type ServiceSpec, service, stack } from "stackwright";
import { afterEach, beforeEach, describe, expect } from "vitest";
import { composeConfig, itAsksCompose } from "./compose-cli.ts";
import { HOSTILE } from "./hostile.ts";
import { undoubled } from "./layout.ts";
import { shop } from "./shop.ts";

let root = "";
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "stackwright-")));
});
afterEach(() => rmSync(root, { recursive: true }));

const understood = (spec: ServiceSpec) => composeConfig(stack("s", [service("a", { image: "x", ...spec })]), root).services.a;

describe("Docker Compose", () => {
  itAsksCompose("accepts a rich stack and understands it", () => {
    const { services, networks } = composeConfig(shop, root, ["api.env"]);
    expect(networks.backend.internal).toBe(true);
    expect(services.db.volumes).toMatchObject([
      { type: "volume", source: "db-data", target: "/var/lib/postgresql/data" },
      { type: "bind", source: join(root, "stacks/shop/init"), target: "/docker-entrypoint-initdb.d", read_only: true },
    ]);
    expect(services.db.healthcheck).toEqual({
      test: ["CMD", "pg_isready", "-d", "shop"],
      interval: "2s",
      timeout: "5s",
      retries: 3,
      start_period: "30s",
      start_interval: "500ms",
    });
    expect(services.migrate.build.context).toBe(join(root, "stacks/shop/migrate"));
    expect(services.api).toMatchObject({
      build: { context: join(root, "apps/api"), args: { VERSION: "1.10" } },
      command: ["serve", "--price", "$$5"],
      environment: { DATABASE_HOST: "db", LOG_LEVEL: "info", URL: "http://example.com/", "x-flag": "on", TOKEN: "inherited" },
      depends_on: {
        db: { condition: "service_healthy", restart: true, required: true },
        migrate: { condition: "service_completed_successfully", required: true },
      },
      networks: { backend: { aliases: ["api.internal"] }, frontend: null },
      configs: [{ source: "motd", target: "/etc/motd", mode: "0444" }],
      secrets: [{ source: "db-password", target: "pw", uid: "1000" }],
      labels: { "com.example.since": "2020-01-01" },
      user: "0:0",
    });
  });

  itAsksCompose("makes of short forms with variables what their values say", () => {
    const given = (name: string, value: string) => env(name, { default: value });
    const read = understood({
      ports: [
        interpolate`${given("PORT", "8080")}:80`,
        given("MAPPING", "127.0.0.1:9000:90"),
        interpolate`${given("WHERE", "127.0.0.1:8081")}:81/${given("PROTOCOL", "udp")}`,
        interpolate`[::1]:${given("PORT", "8082")}:82`,
      ],
      volumes: [
        interpolate`${given("DATA", "/srv")}:/data:${given("MODE", "ro")}`,
        given("MOUNT", "/anonymous"),
        interpolate`./in/${given("STAGE", "test")}:/in:ro`,
        { type: given("TYPE", "bind"), source: "./x", target: "/x" },
      ],
      healthcheck: { test: [given("HOW", "CMD"), "true"] },
    });
    const tcp = { mode: "ingress", protocol: "tcp" };
    expect(read.ports).toEqual([
      { ...tcp, target: 80, published: "8080" },
      { ...tcp, host_ip: "127.0.0.1", target: 90, published: "9000" },
      { ...tcp, host_ip: "127.0.0.1", target: 81, published: "8081", protocol: "udp" },
      { ...tcp, host_ip: "::1", target: 82, published: "8082" },
    ]);
    expect(read.volumes).toMatchObject([
      { type: "bind", source: "/srv", target: "/data", read_only: true },
      { type: "volume", target: "/anonymous" },
      { type: "bind", source: join(root, "stacks/s/in/test"), target: "/in", read_only: true },
      { type: "bind", source: join(root, "stacks/s/x"), target: "/x" },
    ]);
    expect(read.healthcheck.test).toEqual(["CMD", "true"]);
  });

  itAsksCompose("reads every hostile text as it was written", () => {
    const values = Object.fromEntries(HOSTILE.map((text, index) => [`V${index}`, text]));
    const read = understood({ environment: values, labels: values, command: HOSTILE });
    const back = (map: Record<string, string>) => Object.fromEntries(Object.entries(map).map(([key, text]) => [key, undoubled(text)]));
    expect(back(read.environment)).toEqual(values);
    expect(back(read.labels)).toEqual(values);
    expect(read.command.map(undoubled)).toEqual(HOSTILE);
  });

  itAsksCompose("reads every hostile default of a variable as it was written", () => {
    const defaults = HOSTILE.filter((text) => !text.includes("\n") && !["{", "}"].includes(text));
    const values = Object.fromEntries(defaults.map((text, index) => [`V${index}`, env("UNSET_VARIABLE", { default: text })]));
    const read = understood({ environment: values }).environment as Record<string, string>;
    expect(Object.values(read).map(undoubled).sort()).toEqual([...defaults].sort());
  });

  itAsksCompose("reads a key that begins with x- in environment, labels and build arguments", () => {
    const map = { "x-a": "$b", c: "d" };
    const read = understood({ environment: map, labels: map, build: { context: ".", args: map, labels: map } });
    const written = { "x-a": "$$b", c: "d" };
    expect([read.environment, read.labels, read.build.args, read.build.labels]).toEqual([written, written, written, written]);
  });

  itAsksCompose("reads a key that begins with x- in the labels of a network", () => {
    const labelled = network("n", { labels: { "x-a": "b", c: "d" } });
    const { networks } = composeConfig(stack("s", [service("a", { image: "x", networks: [labelled] })]), root);
    expect(networks.n.labels).toEqual({ "x-a": "b", c: "d" });
  });

  itAsksCompose("reads every form of a port", () => {
    const { ports } = understood({ ports: ["81:81", 82, "127.0.0.1::83", "[::1]:84:84", "53:53/udp", "7000-7001:90-91", "8000-8010:80"] });
    expect(ports.map((port: object) => Object.values({ mode: "", ...port }).join(" "))).toEqual([
      "ingress 81 81 tcp",
      "ingress 82 tcp",
      "ingress 127.0.0.1 83 tcp",
      "ingress ::1 84 84 tcp",
      "ingress 53 53 udp",
      "ingress 90 7000 tcp",
      "ingress 91 7001 tcp",
      "ingress 80 8000-8010 tcp",
    ]);
  });
});
