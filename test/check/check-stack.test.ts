import { checkStack, env, type Service, type ServiceWithHealthcheck, service, stack, task } from "stackwright";
import { describe, expect, it } from "vitest";
import { issuesOf, lineHere } from "./issues.ts";

describe("checkStack", () => {
  it("gives services in canonical form, dependencies first", () => {
    const db = service("db", { image: "postgres:17" });
    const checked = checkStack(stack("shop", [service("api", { build: "./api", dependsOn: [db.started()] })]));
    expect(checked.name).toBe("shop");
    expect([...checked.services.keys()]).toEqual(["db", "api"]);
    expect(checked.services.get("api")?.model).toMatchObject({ build: { context: { kind: "path", path: "./api" } } });
  });

  it("reports every issue at once, from the top of the file to its end", () => {
    // biome-ignore format: one definition a line
    const wrong = [
      service("a", { image: "x", restrat: "no", ports: ["http"] } as never),
      service("b", {}),
      service("c", { image: "x", containerName: "one", deploy: { replicas: 2 } }),
      service("d", { image: "x", command: 5 } as never),
    ];
    expect(issuesOf(stack("Shop", wrong)).map(({ path }) => path)).toEqual([
      "a.ports.0",
      "a.restrat",
      "b",
      "c.containerName",
      "d.command",
      "name",
    ]);
  });

  it("reports the same issues in the same order every time", () => {
    const make = () =>
      stack(
        "s",
        ["a", "b", "c"].map((name) => service(name, { imag: "x", init: "yes" } as never)),
      );
    const twice = [issuesOf(make()), issuesOf(make())].map((issues) => issues.map(({ path, message }) => `${path} ${message}`));
    expect(twice[0]).toHaveLength(6);
    expect(twice[0]).toEqual(twice[1]);
  });

  it("judges the rest of a service of which something has no right form, and what others make of it", () => {
    const wrong = { image: "x", restart: "alwys", containerName: "c", scale: 2, ports: ["80:80"], healthcheck: { test: 5 } };
    const a = service("a", wrong as never) as ServiceWithHealthcheck;
    const b = service("b", { imag: "x", ports: ["80:81"], dependsOn: [a.healthy()] } as never);
    const paths = issuesOf(stack("s", [b])).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(["a.containerName", "a.healthcheck.test", "a.ports", "a.restart", "b.imag", "b.ports"]);
  });

  it("names the place where the service was defined", () => {
    const line = lineHere() + 1;
    const wrong = service("a", { image: "x", restrat: "no" } as never);
    expect(issuesOf(stack("s", [wrong]))[0]?.source).toMatch(new RegExp(`test/check/check-stack\\.test\\.ts:${line}:\\d+$`));
  });

  it("writes place, path, message and hint into the error's message", () => {
    const line = lineHere() + 1;
    const a = service("a", { image: "x" });
    const b = service("a", { image: "y" });
    expect(() => checkStack(stack("s", [a, b]))).toThrow(
      new RegExp(
        `^/.*/check-stack\\.test\\.ts:${line + 1}:\\d+  a  two services have this name; .*:${line}:\\d+\n    give one of them another name$`,
      ),
    );
  });

  it("does not blame a dependent for a dependency that has issues of its own", () => {
    const db = service("db", { image: 5 } as never);
    const paths = issuesOf(stack("s", [service("api", { image: "x", dependsOn: [db.started()] })])).map(({ path }) => path);
    expect(paths).toEqual(["db.image"]);
  });

  it("reports a list of dependencies that is none", () => {
    const db = service("db", { image: "x" });
    const wrong = service("api", { image: "x", dependsOn: db.started() } as never);
    expect(issuesOf(stack("s", [wrong]))).toEqual([
      expect.objectContaining({ path: "api.dependsOn", message: "a dependency is not a list (write [...])" }),
    ]);
  });

  it("turns a probe into a command and keeps the probe", () => {
    const checked = checkStack(stack("s", [service("a", { image: "x", healthcheck: { test: "true" } })]));
    expect(checked.services.get("a")).toMatchObject({ model: { healthcheck: { test: "true" } } });
    expect(checked.services.get("a")?.probe).toBeUndefined();
  });

  it("accepts a chain of 10,000 dependencies", () => {
    let last: Service = service("s0", { image: "x" });
    for (let index = 1; index < 10_000; index++) last = service(`s${index}`, { image: "x", dependsOn: [last.started()] });
    const names = [...checkStack(stack("s", [last])).services.keys()];
    expect([names.length, names[0], names.at(-1)]).toEqual([10_000, "s0", "s9999"]);
  });

  it("accepts an empty stack", () => {
    expect(checkStack(stack("s", [])).services.size).toBe(0);
  });
});

describe("an attribute that does not parse", () => {
  const pathsOf = (spec: object) =>
    issuesOf(stack("s", [service("a", { image: "x", ...spec })])).map(({ path, message }) => [path, message]);

  it("is reported with the value and what is accepted", () => {
    expect(pathsOf({ healthcheck: { interval: "5 sec" } })).toEqual([
      ["a.healthcheck.interval", '"5 sec" is not a duration (write "5s", "1m30s" or "500ms")'],
    ]);
  });

  it("offers the attribute that was meant", () => {
    expect(pathsOf({ stop_grace_period: "5s" })).toEqual([["a.stop_grace_period", 'is not an attribute; did you mean "stopGracePeriod"?']]);
  });

  it("lists what is accepted where nothing is near", () => {
    expect(pathsOf({ deploy: { zzzzzz: 1 } })).toEqual([
      [
        "a.deploy.zzzzzz",
        "is not an attribute (accepted: mode, endpointMode, replicas, labels, rollbackConfig, updateConfig, resources, restartPolicy, placement)",
      ],
    ]);
  });

  it("shortens a long value", () => {
    const [[, message] = []] = pathsOf({ restart: "x".repeat(100) });
    expect(message).toMatch(/^"x{56}\.\.\. is not a restart policy/);
  });

  it("is named by its key in a map of the user's", () => {
    expect(pathsOf({ environment: { A: { b: 1 } } })).toEqual([
      ["a.environment.A", '{"b":1} is not a string, a number, a boolean or null'],
    ]);
  });

  it("does not hide a misspelt attribute beside it", () => {
    const pathsBeside = (spec: object) => pathsOf({ ...spec, restrat: "no" }).map(([path]) => path);
    expect(pathsBeside({ volumes: 6 })).toEqual(["a.volumes", "a.restrat"]);
    expect(pathsBeside({ init: "yes" })).toEqual(["a.init", "a.restrat"]);
    expect(pathsBeside({ dependsOn: ["db"] })).toEqual(["a.dependsOn.0", "a.restrat"]);
    expect(pathsBeside({ healthcheck: { interval: "x" } })).toEqual(["a.restrat", "a.healthcheck.interval"]);
    expect(pathsBeside({ environment: { A: {} } })).toEqual(["a.environment.A", "a.restrat"]);
  });

  it("is a service twice in dependsOn, with conditions that contradict each other", () => {
    const db = service("db", { image: "x", healthcheck: { test: "true" } });
    expect(pathsOf({ dependsOn: [db.healthy(), db.started()] })).toEqual([
      [
        "a.dependsOn.1",
        '"db" is awaited as service_healthy already, and Compose knows one condition a service (service_started was asked as well)',
      ],
    ]);
    expect(pathsOf({ dependsOn: [db.healthy(), db.healthy()] })).toEqual([]);
  });

  it("is not a variable, wherever one may stand", () => {
    expect(pathsOf({ ports: [{ target: env("A"), published: env("B"), protocol: env("C") }], init: env("D") })).toEqual([]);
  });
});

describe("two of one name", () => {
  it("a service and a task are refused", () => {
    const issues = issuesOf(stack("s", [service("a", { image: "x" }), task("a", { image: "x" })]));
    expect(issues).toEqual([expect.objectContaining({ path: "a", message: expect.stringContaining("two services have this name") })]);
  });

  it("one service, listed and depended upon, is accepted", () => {
    const a = service("a", { image: "x" });
    expect(issuesOf(stack("s", [a, service("b", { image: "x", dependsOn: [a.started()] }), a]))).toEqual([]);
  });
});
