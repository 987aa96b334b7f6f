import { checkStack, config, env, network, probe, type Service, secret, service, stack, task, volume } from "stackwright";
import { describe, expect, expectTypeOf, it } from "vitest";

// What the compiler refuses must be refused without the compiler too: `npx tsc` judges each
// `@ts-expect-error`, running the case judges the check.

const open = service("open", { image: "nginx:1" });
const guarded = service("guarded", { image: "nginx:1", healthcheck: probe.http({ port: 80 }) });
const chore = task("chore", { image: "alpine:3" });
const backend = network("backend");
const data = volume("data");

const refused: Record<string, { path: string; make: () => unknown }> = {
  "a misspelt attribute of a service": {
    path: "a.restrat",
    // @ts-expect-error the attribute is called restart
    make: () => service("a", { image: "x", restrat: "always" }),
  },
  "an attribute in snake_case": {
    path: "a.depends_on",
    // @ts-expect-error attributes are in camelCase
    make: () => service("a", { image: "x", depends_on: [] }),
  },
  "a misspelt attribute of a task": {
    path: "a.comand",
    // @ts-expect-error the attribute is called command
    make: () => task("a", { image: "x", comand: "true" }),
  },
  "a misspelt attribute in deploy": {
    path: "a.deploy.replica",
    // @ts-expect-error the attribute is called replicas
    make: () => service("a", { image: "x", deploy: { replica: 2 } }),
  },
  "a misspelt attribute in build": {
    path: "a.build.dockerFile",
    // @ts-expect-error the attribute is called dockerfile
    make: () => service("a", { build: { context: ".", dockerFile: "Dockerfile" } }),
  },
  "a misspelt attribute in a plain health check": {
    path: "a.healthcheck.intervall",
    // @ts-expect-error the attribute is called interval
    make: () => service("a", { image: "x", healthcheck: { test: "true", intervall: "5s" } }),
  },
  "a misspelt attribute in a long port": {
    path: "a.ports.0.publish",
    // @ts-expect-error the attribute is called published
    make: () => service("a", { image: "x", ports: [{ target: 80, publish: 8080 }] }),
  },
  "a misspelt attribute in a bind mount": {
    path: "a.volumes.0.readonly",
    // @ts-expect-error the attribute is called readOnly
    make: () => service("a", { image: "x", volumes: [{ type: "bind", source: ".", target: "/a", readonly: true }] }),
  },
  "a misspelt attribute in an env file": {
    path: "a.envFile.0.require",
    // @ts-expect-error the attribute is called required
    make: () => service("a", { image: "x", envFile: [{ path: ".env", require: false }] }),
  },
  "a misspelt attribute of a network": {
    path: "n.internl",
    // @ts-expect-error the attribute is called internal
    make: () => service("a", { image: "x", networks: [network("n", { internl: true })] }),
  },
  "a misspelt attribute of a network's address management": {
    path: "n.ipam.config.0.subnets",
    // @ts-expect-error the attribute is called subnet
    make: () => service("a", { image: "x", networks: [network("n", { ipam: { config: [{ subnets: "10.0.0.0/8" }] } })] }),
  },
  "a misspelt attribute of a network's attachment": {
    path: "a.networks.0.alias",
    // @ts-expect-error the attribute is called aliases
    make: () => service("a", { image: "x", networks: [backend.with({ alias: ["b"] })] }),
  },
  "a misspelt attribute of a volume": {
    path: "v.drivr",
    // @ts-expect-error the attribute is called driver
    make: () => service("a", { image: "x", volumes: [volume("v", { drivr: "local" }).at("/v")] }),
  },
  "a misspelt attribute of a volume's mount": {
    path: "a.volumes.0.volume.subPath",
    // @ts-expect-error the attribute is called subpath
    make: () => service("a", { image: "x", volumes: [data.at("/v", { volume: { subPath: "b" } })] }),
  },
  "a misspelt attribute of a secret": {
    path: "s.fille",
    // @ts-expect-error the attribute is called file
    make: () => service("a", { image: "x", secrets: [secret("s", { environment: "S", fille: "s" })] }),
  },
  "a misspelt attribute of a config": {
    path: "c.contents",
    // @ts-expect-error the attribute is called content
    make: () => service("a", { image: "x", configs: [config("c", { contents: "c" })] }),
  },
  "a misspelt option of a secret's grant": {
    path: "a.secrets.0.modus",
    // @ts-expect-error the option is called mode
    make: () => service("a", { image: "x", secrets: [secret("s", { file: "s" }).at("t", { modus: 0o400 })] }),
  },
  "a misspelt option of a probe": {
    path: "probe.http.pathh",
    // @ts-expect-error the option is called path
    make: () => service("a", { image: "x", healthcheck: probe.http({ port: 80, pathh: "/" }) }),
  },
  "a duration with a space and a word": {
    path: "a.stopGracePeriod",
    // @ts-expect-error not a duration
    make: () => service("a", { image: "x", stopGracePeriod: "5 sec" }),
  },
  "a duration without a unit": {
    path: "a.healthcheck.interval",
    // @ts-expect-error not a duration
    make: () => service("a", { image: "x", healthcheck: probe.tcp({ port: 80, interval: "10" }) }),
  },
  "a duration as a number": {
    path: "a.healthcheck.timeout",
    // @ts-expect-error not a duration
    make: () => service("a", { image: "x", healthcheck: { test: "true", timeout: 5 } }),
  },
  "a named volume as a string": {
    path: "a.volumes.0",
    // @ts-expect-error a volume is mounted by its handle
    make: () => service("a", { image: "x", volumes: ["data:/var/lib/data"] }),
  },
  "a volume that is not mounted anywhere": {
    path: "a.volumes.0",
    // @ts-expect-error .at(path) is missing
    make: () => service("a", { image: "x", volumes: [data] }),
  },
  "a network as a string": {
    path: "a.networks.0",
    // @ts-expect-error a network is joined by its handle
    make: () => service("a", { image: "x", networks: ["backend"] }),
  },
  "a secret as a string": {
    path: "a.secrets.0",
    // @ts-expect-error a secret is used by its handle
    make: () => service("a", { image: "x", secrets: ["password"] }),
  },
  "a config where a secret belongs": {
    path: "a.secrets.0",
    // @ts-expect-error a config is no secret
    make: () => service("a", { image: "x", secrets: [config("c", { content: "c" })] }),
  },
  "a dependency as a string": {
    path: "a.dependsOn.0",
    // @ts-expect-error a dependency is made by a service
    make: () => service("a", { image: "x", dependsOn: ["db"] }),
  },
  "a service where a dependency belongs": {
    path: "a.dependsOn.0",
    // @ts-expect-error .started() or .healthy() is missing
    make: () => service("a", { image: "x", dependsOn: [guarded] }),
  },
  "a port that is a word": {
    path: "a.ports.0",
    // @ts-expect-error not a port
    make: () => service("a", { image: "x", ports: ["http"] }),
  },
  "a restart policy that does not exist": {
    path: "a.restart",
    // @ts-expect-error not a restart policy
    make: () => service("a", { image: "x", restart: "sometimes" }),
  },
  "a number of replicas as a string": {
    path: "a.deploy.replicas",
    // @ts-expect-error not a number
    make: () => service("a", { image: "x", deploy: { replicas: "2" } }),
  },
  "a flag as a string": {
    path: "a.init",
    // @ts-expect-error neither true nor false
    make: () => service("a", { image: "x", init: "yes" }),
  },
  "an environment as a list": {
    path: "a.environment",
    // @ts-expect-error a map is expected
    make: () => service("a", { image: "x", environment: ["A=1"] }),
  },
};

describe("neither compiles nor passes the check", () => {
  it.each(Object.entries(refused))("%s", (_, { path, make }) => {
    expect(() => checkStack(stack("types", [make() as Service]))).toThrow(
      expect.objectContaining({ code: "invalid-stack", issues: [expect.objectContaining({ path })] }),
    );
  });
});

describe("a condition that a service does not offer", () => {
  it("healthy() without a health check", () => {
    // @ts-expect-error no health check
    expect(() => open.healthy()).toThrow(
      expect.objectContaining({ code: "invalid-stack", issues: [expect.objectContaining({ path: "open" })] }),
    );
  });

  it("healthy() with a disabled health check", () => {
    const disabled = service("disabled", { image: "x", healthcheck: { disable: true } });
    // @ts-expect-error the health check is switched off
    expect(() => checkStack(stack("types", [service("a", { image: "x", dependsOn: [disabled.healthy()] })]))).toThrow(
      'a.dependsOn.disabled  "disabled" has no health check',
    );
  });

  it("healthy() with probe.none()", () => {
    const none = service("none", { image: "x", healthcheck: probe.none() });
    // @ts-expect-error the health check is switched off
    expect(() => checkStack(stack("types", [service("a", { image: "x", dependsOn: [none.healthy()] })]))).toThrow(
      'a.dependsOn.none  "none" has no health check',
    );
  });

  it("healthy() of a task", () => {
    // @ts-expect-error a task completes
    expect(() => chore.healthy()).toThrow(TypeError);
  });

  it("completed() of a service", () => {
    // @ts-expect-error a service keeps running
    expect(() => open.completed()).toThrow(TypeError);
    // @ts-expect-error a service keeps running, with a health check too
    expect(() => guarded.completed()).toThrow(TypeError);
  });

  it("is a matter of the type alone", () => {
    expectTypeOf(guarded.healthy).toBeFunction();
    expectTypeOf(chore.completed).toBeFunction();
    expectTypeOf(open).not.toHaveProperty("healthy");
    expectTypeOf(chore).not.toHaveProperty("healthy");
    expectTypeOf(guarded).not.toHaveProperty("completed");
    expect([guarded.healthy().condition, chore.completed().condition]).toEqual(["service_healthy", "service_completed_successfully"]);
  });
});

describe("a task", () => {
  it("has neither a health check nor a restart after success", () => {
    // @ts-expect-error a task that always restarts never completes
    const always = task("always", { image: "x", restart: "always" });
    // @ts-expect-error the same
    const unlessStopped = task("unless", { image: "x", restart: "unless-stopped" });
    // @ts-expect-error a task is judged by its exit code
    const checked = task("checked", { image: "x", healthcheck: probe.tcp({ port: 1 }) });
    const dependent = service("a", { image: "x", dependsOn: [always.completed(), unlessStopped.completed()] });
    expect(() => checkStack(stack("types", [dependent]))).toThrow('"always" never completes');
    expect(checked.kind).toBe("task");
  });
});

describe("a value that is out of reach of the check", () => {
  it("a variable in a plain template string is an error when it runs, as the compiler can't see it", () => {
    expect(() => service("a", { image: `nginx:${env("TAG")}` })).toThrow(expect.objectContaining({ code: "invalid-stack" }));
  });

  it("a path of a probe begins with a slash", () => {
    // @ts-expect-error "health" does not begin with "/"
    expect(() => probe.http({ port: 80, path: "health" })).toThrow("probe.http.path");
  });

  it("a tool of a probe is one of the catalogue", () => {
    // @ts-expect-error no such tool
    expect(() => probe.http({ port: 80, via: "telnet" })).toThrow("probe.http.via");
  });

  it("a checked stack can't be made by hand", () => {
    const checked = checkStack(stack("types", [open]));
    // @ts-expect-error the mark that only checkStack gives is missing
    const forged: typeof checked = { ...stack("types", [open]), services: new Map(), networks: new Map() };
    expect(forged.name).toBe("types");
  });
});
