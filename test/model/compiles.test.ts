import {
  type AnyService,
  checkStack,
  config,
  env,
  interpolate,
  network,
  probe,
  type Service,
  type ServiceSpec,
  type ServiceWithHealthcheck,
  secret,
  service,
  stack,
  type Task,
  task,
  volume,
} from "stackwright";
import { describe, expect, expectTypeOf, it } from "vitest";

/** What must compile must pass the check as well. */
function accepts(...services: readonly AnyService[]): void {
  expect([...checkStack(stack("types", services)).services.keys()]).toEqual(expect.arrayContaining(services.map((each) => each.name)));
}

describe("stacks as values", () => {
  it("a spec is spread into another", () => {
    const base: ServiceSpec = { image: "x", restart: "unless-stopped", environment: { A: "1" } };
    accepts(service("a", { ...base, environment: { ...base.environment, B: "2" } }));
  });

  it("an untyped spec is spread into another", () => {
    const base = { image: "x", environment: { A: "1" } };
    accepts(service("a", { ...base, init: true }), task("b", { ...base, command: "true" }));
  });

  it("a spread spec with a health check that may be absent gives a service that can't be waited for", () => {
    const base: ServiceSpec = { image: "x" };
    expectTypeOf(service("a", { ...base })).toEqualTypeOf<Service>();
    accepts(service("a", { ...base }));
  });

  it("a health check in the spec gives a service that can be waited for", () => {
    expectTypeOf(service("a", { image: "x", healthcheck: probe.tcp({ port: 1 }) })).toEqualTypeOf<ServiceWithHealthcheck>();
    expectTypeOf(service("a", { image: "x", healthcheck: probe.fromImage() })).toEqualTypeOf<ServiceWithHealthcheck>();
    expectTypeOf(service("a", { image: "x", healthcheck: { test: ["CMD", "true"] } })).toEqualTypeOf<ServiceWithHealthcheck>();
    expectTypeOf(service("a", { image: "x", healthcheck: { test: "true", disable: false } })).toEqualTypeOf<ServiceWithHealthcheck>();
    const fromImage = service("f", { image: "x", healthcheck: probe.fromImage() });
    accepts(service("a", { image: "x", dependsOn: [fromImage.healthy()] }));
  });

  it("a function produces services", () => {
    const replica = (name: string, port: number) => service(name, { image: "x", healthcheck: probe.tcp({ port }) });
    const [one, two] = [replica("one", 1), replica("two", 2)];
    accepts(service("a", { image: "x", dependsOn: [one.healthy(), two.healthy({ restart: true })] }));
  });

  it("a function takes a service and a task", () => {
    const after = (first: ServiceWithHealthcheck, second: Task) =>
      service("last", { image: "x", dependsOn: [first.healthy(), second.completed({ required: false })] });
    accepts(after(service("a", { image: "x", healthcheck: probe.shell("true") }), task("b", { image: "x" })));
  });

  it("services and tasks are kept in one array", () => {
    const all: readonly AnyService[] = [
      service("a", { image: "x" }),
      service("b", { image: "x", healthcheck: probe.tcp({ port: 1 }) }),
      task("c", { image: "x", restart: "on-failure:3" }),
    ];
    accepts(...all, service("d", { image: "x", dependsOn: all.map((each) => each.started()) }));
  });

  it("a readonly list is accepted where a list is", () => {
    const ports = ["8080:80", "127.0.0.1:8443:443"] as const;
    accepts(service("a", { image: "x", ports, command: ["a", "b"] as const }));
  });

  it("an extension may stand at every depth", () => {
    accepts(service("a", { image: "x", "x-team": { name: "shop", on: [1, true, null] }, deploy: { "x-note": "n" } }));
  });
});

describe("env()", () => {
  it("is accepted wherever Compose interpolates a text", () => {
    accepts(
      service("a", {
        image: env("IMAGE"),
        containerName: interpolate`${env("PREFIX")}-a`,
        command: [env("COMMAND"), "--fast"],
        entrypoint: env("ENTRYPOINT", { optional: true }),
        environment: { A: env("A", { default: "1" }) },
        labels: { a: env("A") },
        user: env("USER_ID"),
        workingDir: env("FOLDER"),
        expose: [env("PORT")],
        profiles: [env("PROFILE")],
        envFile: [interpolate`./${env("STAGE")}.env`],
      }),
    );
  });

  it("is accepted in build, mounts, networks, secrets and configs", () => {
    accepts(
      service("a", {
        build: { context: interpolate`./${env("WHERE")}`, args: { A: env("A") }, target: env("TARGET") },
        volumes: [
          { type: "bind", source: env("DATA"), target: env("TARGET"), readOnly: env("READ_ONLY") },
          volume("v", { name: env("V") }).at("/v"),
        ],
        networks: [network("n", { name: env("N"), internal: env("INTERNAL") }).with({ ipv4Address: env("IP") })],
        secrets: [secret("s", { file: env("S") })],
        configs: [config("c", { content: interpolate`port ${env("PORT")}` })],
      }),
    );
  });

  it("is accepted where a number, a flag, a duration or a word is", () => {
    accepts(
      service("a", {
        image: "x",
        deploy: { replicas: env("REPLICAS") },
        init: env("INIT"),
        stopGracePeriod: env("GRACE"),
        restart: env("RESTART"),
        ports: [{ target: env("TARGET"), published: env("PUBLISHED"), protocol: env("PROTOCOL"), hostIp: env("HOST_IP") }],
        healthcheck: { test: env("TEST"), interval: env("INTERVAL"), retries: env("RETRIES") },
      }),
    );
  });

  it("is accepted in the short forms of ports and mounts, and as a type of mount", () => {
    accepts(
      service("a", {
        image: "x",
        ports: [interpolate`${env("PORT")}:80`, interpolate`127.0.0.1:${env("PORT")}:81/${env("PROTOCOL")}`, env("MAPPING")],
        volumes: [
          interpolate`${env("DATA")}:/data`,
          interpolate`./in/${env("STAGE")}:/in:ro`,
          env("MOUNT"),
          { type: env("TYPE"), source: "./x", target: "/x", bind: { createHostPath: false } },
        ],
      }),
    );
  });

  it("is accepted as the file of a grant, the first word of a test and the value of an extension", () => {
    accepts(
      service("a", {
        image: "x",
        secrets: [secret("s", { file: "./s" }).at(env("WHERE"))],
        configs: [config("c", { content: "c" }).at(interpolate`/etc/${env("NAME")}.conf`)],
        healthcheck: { test: [env("HOW"), "true"] },
        "x-team": { names: [env("TEAM")], of: { these: interpolate`${env("TEAM")} and others` } },
      }),
      service("b", { image: "x", healthcheck: { test: [env("HOW")] } }),
    );
  });

  it("is accepted in the timings of a probe", () => {
    accepts(service("a", { image: "node:22", healthcheck: probe.http({ port: 80, timeout: env("TIMEOUT"), retries: env("RETRIES") }) }));
  });
});

describe("a text that a program computes", () => {
  const port = Number("8080");
  const minutes = Number("2");
  const text = String("90s");

  it("may be a number in a template", () => {
    accepts(
      service("a", {
        image: `acme/api:${text}`,
        ports: [`${port}:80`, `${port + 1}:${port}`, `127.0.0.1:${port + 2}:80/tcp`, `80-81:${port}-${port + 1}`, `[::1]:${port + 3}:80`],
        expose: [`${port}`, `${port}/udp`],
        stopGracePeriod: `${minutes}m`,
        healthcheck: {
          test: "true",
          interval: `${minutes}m30s`,
          timeout: `1m${minutes}s`,
          startPeriod: `${minutes}h${minutes}m${minutes}s`,
        },
        memLimit: `${port}m`,
        volumes: [`./data/${text}:/data`],
      }),
    );
  });

  it("is any text through interpolate, and checked like one that is written out", () => {
    accepts(service("a", { image: "x", stopGracePeriod: interpolate`${text}`, ports: [interpolate`${String(port)}:80`] }));
    expect(() => checkStack(stack("types", [service("a", { image: "x", stopGracePeriod: interpolate`${text} long` })]))).toThrow(
      'a.stopGracePeriod  "90s long" is not a duration (write "5s", "1m30s" or "500ms")',
    );
  });

  it("may have every form of a time that is written out", () => {
    for (const stopGracePeriod of [
      "0s",
      "5s",
      "1.5s",
      "500ms",
      "100us",
      "2h",
      "1h30m",
      "1h5s",
      "1m30s",
      "1m1.5s",
      "1s500ms",
      "1h2m3s",
    ] as const)
      accepts(service("a", { image: "x", stopGracePeriod }));
  });
});

describe("attributes in their several forms", () => {
  it("ports", () => {
    const long = { target: 80, published: "9000-9010", hostIp: "::1", protocol: "tcp", name: "web", appProtocol: "http" } as const;
    accepts(service("a", { image: "x", ports: ["81:81", 82, "127.0.0.1::83", "[::1]:84:84", "53:53/udp", "7000-7002:7000-7002", long] }));
  });

  it("mounts", () => {
    accepts(
      service("a", {
        image: "x",
        volumes: [
          "./data:/data",
          "/etc/hosts:/hosts:ro",
          "~/cache:/cache",
          { type: "bind", source: "../up", target: "/up", bind: { selinux: "z" } },
          { type: "tmpfs", target: "/tmp", tmpfs: { size: "64m", mode: 0o1777 } },
          volume("v").at("/v", { readOnly: true, volume: { nocopy: true } }),
        ],
      }),
    );
  });

  it("networks", () => {
    accepts(
      service("a", { image: "x", networks: [network("n"), network("m", { internal: true }).with({ aliases: ["a.m"], priority: 2 })] }),
    );
  });

  it("secrets and configs", () => {
    const password = secret("password", { environment: "PASSWORD" });
    const nginx = config("nginx", { file: "./nginx.conf" });
    accepts(
      service("a", {
        image: "x",
        secrets: [password, password.at("copy", { mode: 0o400, uid: 10 })],
        configs: [nginx.at("/etc/nginx.conf")],
      }),
    );
  });

  it("environment values are texts, numbers, booleans and null", () => {
    accepts(service("a", { image: "x", environment: { A: "a", B: 1, C: true, D: null, E: secret("s", { file: "s" }).path } }));
  });

  it("builds", () => {
    accepts(service("a", { build: "." }), service("b", { image: "b", build: { dockerfileInline: "FROM x", labels: { a: 1 } } }));
  });

  it("health checks", () => {
    accepts(
      service("a", { image: "x", healthcheck: probe.command(["true"], { interval: "1m30s" }) }),
      service("b", { image: "x", healthcheck: probe.shell("test -f /ready", { startPeriod: "1.5s" }) }),
      service("c", { image: "x", healthcheck: probe.http({ port: 80, path: "/health?deep=1", via: "curl" }) }),
      service("d", { image: "x", healthcheck: probe.none() }),
      service("e", { image: "x", healthcheck: { test: ["CMD-SHELL", "true"], startPeriod: "1h2m3s", startInterval: "500ms" } }),
      service("f", { image: "x", healthcheck: { disable: true } }),
    );
  });

  it("networks and volumes that no service uses", () => {
    const checked = checkStack(stack("types", [service("a", { image: "x" })], { networks: [network("default")], volumes: [volume("v")] }));
    expect([...checked.networks.keys(), ...checked.volumes.keys()]).toEqual(["default", "v"]);
  });
});
