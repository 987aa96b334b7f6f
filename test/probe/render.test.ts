import { checkStack, env, image, probe, type ServiceSpec, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import type { ProbedImage } from "../../src/probe/probed-image.ts";
import { renderProbe } from "../../src/probe/render.ts";
import { issuesOf } from "../check/issues.ts";

function testOf(subject: AnyProbe, image?: string | ProbedImage): readonly string[] {
  const test = renderProbe(subject, image).healthcheck?.test;
  return Array.isArray(test) ? test.map(String) : [];
}

const scriptOf = (subject: AnyProbe, image?: string) => testOf(subject, image)[1] ?? "";

describe("probe.http", () => {
  const http = probe.http({ port: 8080, path: "/health?deep=1" });
  const url = "http://127.0.0.1:8080/health?deep=1";

  it("runs node where it is told to", () => {
    const [form, command, flag, script = ""] = testOf(probe.http({ port: 8080, path: "/health?deep=1", via: "node" }), "node:22");
    expect([form, command, flag]).toEqual(["CMD", "node", "-e"]);
    expect(script).toContain('path:"/health?deep=1"');
  });

  it("runs the cheapest that the image has: bash before a whole runtime", () => {
    expect(testOf(http, "node:22-slim")[1]).toBe("bash");
    expect(testOf(http, "python:3.13-slim")[1]).toBe("bash");
  });

  it("runs busybox's wget where the image has it, past any proxy", () => {
    expect(scriptOf(http, "busybox:1.37")).toContain(`$(wget -q -Y off -t 1 -T 4 -S -O /dev/null '${url}' 2>&1)`);
  });

  it("runs curl where the image has it, past any proxy", () => {
    expect(testOf(http, "nginx:1.29")).toEqual([
      "CMD",
      "curl",
      "-g",
      "--path-as-is",
      "-fsS",
      "--noproxy",
      "*",
      "--max-time",
      "4",
      "-o",
      "/dev/null",
      url,
    ]);
  });

  it("looks for a tool where nothing is known about the image", () => {
    for (const image of ["acme/api:1", undefined]) {
      expect(testOf(http, image)[0]).toBe("CMD-SHELL");
      expect(scriptOf(http, image).match(/command -v \w+/g)).toEqual(
        ["timeout", "busybox", "curl", "wget", "bash"].map((tool) => `command -v ${tool}`),
      );
      expect(scriptOf(http, image)).toMatch(/else echo "none of curl, wget, bash is in this image"; exit 1; fi$/);
    }
  });

  it("runs the program that it is told to, unless the image is known not to have it", () => {
    const via = probe.http({ port: 80, via: "wget" });
    for (const image of ["alpine:3", undefined]) {
      expect(scriptOf(via, image)).toContain("$(wget ");
      expect(scriptOf(via, image)).not.toContain("curl");
    }
    expect(renderProbe(via, "node:22-slim").problem?.message).toContain("node:22-slim has no wget");
  });

  it("asks for / where no path is given", () => {
    expect(testOf(probe.http({ port: 80, via: "curl" })).at(-1)).toBe("http://127.0.0.1:80/");
  });
});

describe("probe.tcp", () => {
  const tcp = probe.tcp({ port: 5432 });

  it.each<[string, string[]]>([
    ["python:3.13", ["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5432"]],
    ["busybox", ["CMD", "nc", "-w", "4", "127.0.0.1", "5432", "-e", "true"]],
  ])("runs what %s has", (image, expected) => {
    expect(testOf(tcp, image)).toEqual(expected);
  });

  it("runs bash where it is told to", () => {
    expect(testOf(probe.tcp({ port: 5432, via: "bash" }))).toEqual(["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5432"]);
  });

  it("looks for a tool where nothing is known about the image", () => {
    expect(scriptOf(tcp, "acme/api:1").match(/command -v \w+/g)).toEqual(
      ["bash", "busybox", "nc", "nc"].map((tool) => `command -v ${tool}`),
    );
  });
});

describe("probes that name their command", () => {
  it("probe.command runs without a shell", () => {
    expect(testOf(probe.command(["pg_isready", "-d", "$DB"]))).toEqual(["CMD", "pg_isready", "-d", "$DB"]);
  });

  it("probe.shell runs in the container's shell", () => {
    expect(testOf(probe.shell('test -f "$READY"'))).toEqual(["CMD-SHELL", 'test -f "$READY"']);
  });

  it("probe.none switches the image's health check off", () => {
    expect(renderProbe(probe.none(), "x")).toEqual({ healthcheck: { disable: true } });
  });

  it("probe.fromImage writes nothing, or the timings alone", () => {
    expect(renderProbe(probe.fromImage(), "x")).toEqual({});
    expect(renderProbe(probe.fromImage({ interval: undefined } as never), "x")).toEqual({});
    expect(renderProbe(probe.fromImage({ interval: "1s" }), "x")).toEqual({ healthcheck: { interval: "1s" } });
  });
});

describe("the timing of a probe", () => {
  const timingOf = (subject: AnyProbe) => ({ ...renderProbe(subject, "x").healthcheck, test: undefined });

  it("has defaults that see a start within half a second", () => {
    const expected = { interval: "10s", timeout: "5s", retries: 3, startPeriod: "30s", startInterval: "500ms" };
    for (const subject of [probe.http({ port: 80 }), probe.tcp({ port: 80 }), probe.command(["true"]), probe.shell("true")]) {
      expect(timingOf(subject)).toEqual({ ...expected, test: undefined });
    }
  });

  it("is what is given, and the defaults for the rest", () => {
    expect(timingOf(probe.tcp({ port: 80, retries: 9, startPeriod: "2m" }))).toMatchObject({
      interval: "10s",
      retries: 9,
      startPeriod: "2m",
    });
  });

  it("keeps a default where undefined is given", () => {
    expect(timingOf(probe.tcp({ port: 80, interval: undefined } as never))).toMatchObject({ interval: "10s" });
  });
});

describe("the probe's own time limit", () => {
  const wordBehind = (option: string, words: readonly unknown[]) => words[words.indexOf(option) + 1];
  const limitOf = (timeout: Parameters<typeof probe.http>[0]["timeout"]) =>
    wordBehind("--max-time", testOf(probe.http({ port: 80, via: "curl", ...(timeout === undefined ? {} : { timeout }) })));

  it.each([
    [undefined, "4"],
    ["10s", "9"],
    ["2.5s", "1.5"],
    ["2s", "1.6"],
    ["1s", "0.8"],
    ["100ms", "0.08"],
    ["1m30s", "89"],
  ] as const)("of a timeout of %s is %s seconds, below Docker's", (timeout, expected) => {
    expect(limitOf(timeout)).toBe(expected);
  });

  it("is whole seconds for busybox, still below Docker's where that is above one", () => {
    const wholeOf = (timeout: "1s" | "2s" | "10s") =>
      wordBehind("-T", scriptOf(probe.http({ port: 80, via: "wget", timeout }), "alpine:3").split(" "));
    expect([wholeOf("10s"), wholeOf("2s"), wholeOf("1s")]).toEqual(["9", "1", "1"]);
  });

  it("is the default's where a variable decides on Docker's", () => {
    expect(limitOf(env("TIMEOUT"))).toBe("4");
  });
});

describe("a probe in a stack", () => {
  const healthcheckIn = (spec: ServiceSpec) =>
    checkStack(stack("s", [service("a", { healthcheck: probe.http({ port: 80 }), ...spec })])).services.get("a")?.model.healthcheck;
  /** The words of the command, without the script in front that waits. */
  const wordsIn = (spec: ServiceSpec): readonly string[] => {
    const test = healthcheckIn(spec)?.test;
    return Array.isArray(test) ? test.map(String) : [];
  };
  const testIn = (spec: ServiceSpec) => wordsIn(spec).slice(5);

  it("is rendered for the service's image", () => {
    expect(testIn({ image: "node:22-slim" })[0]).toBe("bash");
    expect(testIn({ image: image("acme/api:1", { has: ["curl", "sh"] }) })[0]).toBe("curl");
    expect(testIn({ image: image("acme/api:1", { has: ["curl", "sh"] }), build: "." })[0]).toBe("curl");
  });

  it("finds out at run time what the image has where it is built or named by a variable", () => {
    for (const spec of [{ build: "." }, { image: "node:22", build: "." }, { image: env("IMAGE") }]) {
      expect(wordsIn(spec)[3]).toMatch(/^check\(\) \{\n.*; if command -v curl /);
    }
  });

  it("stays with the service beside its command", () => {
    const subject = probe.http({ port: 80 });
    const checked = checkStack(stack("s", [service("a", { image: "x", healthcheck: subject })]));
    expect(checked.services.get("a")?.probe).toBe(subject);
  });

  it("is refused once where nothing in the image can do it, with the ways out", () => {
    const queue = service("queue", { image: "nats:2", healthcheck: probe.nats() });
    const api = service("api", { image: "x", dependsOn: [queue.healthy()] });
    const issues = issuesOf(stack("s", [api]));
    expect(issues.map(({ path }) => path)).toEqual(["queue.healthcheck"]);
    expect(issues[0]?.message).toContain("nats:2 has no bash, nc, perl, python3 nor node");
    expect(issues[0]?.hint).toContain("nats:<v>-alpine");
    expect(issues[0]?.hint).toContain('image("nats:2", { has: ["bash"] })');
  });

  it("waits inside the container as long as that is young, and is begun at once", () => {
    const { test, startInterval } = healthcheckIn({ image: "nginx:1", healthcheck: probe.nginx({ startPeriod: "20s" }) }) ?? {};
    const words = Array.isArray(test) ? test.map(String) : [];
    expect(words.slice(0, 3)).toEqual(["CMD", "sh", "-c"]);
    expect(words[3]).toContain("# Until the container is 20 s old, wait up to 2.5 s for the check to pass.\n");
    expect(words.slice(4, 6)).toEqual(["sh", "curl"]);
    expect(startInterval).toBe("10ms");
  });

  it.each([
    ["the user's own command", "nginx:1", probe.command(["true"])],
    ["a probe without a start period", "nginx:1", probe.nginx({ startPeriod: "0s" })],
    ["a probe that starts a whole runtime", "mongo:8", probe.mongo()],
    ["a probe that needs no shell, in an image of which nothing is known", "acme/api:1", probe.http({ port: 80, via: "node" })],
  ])("does not wait: %s", (_, name, healthcheck) => {
    const { test, startInterval } = healthcheckIn({ image: name, healthcheck }) ?? {};
    expect(JSON.stringify(test)).not.toContain("/proc/uptime");
    expect(startInterval).not.toBe("10ms");
  });

  it("needs the shell that waits, too", () => {
    const { services } = checkStack(
      stack("s", [service("a", { image: image("acme/api:1", { has: ["curl", "sh"] }), healthcheck: probe.http({ port: 80 }) })]),
    );
    expect(services.get("a")?.probeNeeds).toEqual([["sh", "curl"]]);
  });

  it("waits for half of its time limit, so that Docker does not stop it before it has said what is wrong", () => {
    const { test } = healthcheckIn({ image: "nginx:1", healthcheck: probe.nginx({ timeout: "1s" }) }) ?? {};
    expect(JSON.stringify(test)).toContain("wait up to 0.5 s");
  });

  it("does not wait where process 1 is not the container's, nor by a shell that nobody has said is there", () => {
    for (const spec of [{ image: "nginx:1", pid: "host" }, { image: image("acme/api:1", { has: ["curl"] }) }] as const) {
      const { test, startInterval } = healthcheckIn(spec) ?? {};
      expect([Array.isArray(test) && test[1], startInterval]).toEqual(["curl", "500ms"]);
    }
  });

  it("keeps the user's own times", () => {
    expect(healthcheckIn({ image: "nginx:1", healthcheck: probe.nginx({ startInterval: "2s" }) })?.startInterval).toBe("2s");
  });
});

describe("an image of Windows", () => {
  const problemOf = (asked: AnyProbe, has?: readonly string[]) => renderProbe(asked, { name: "nginx:1.29-windowsservercore", has }).problem;

  it.each<[string, AnyProbe]>([
    ["http", probe.http({ port: 80 })],
    ["http by curl", probe.http({ port: 80, via: "curl" })],
    ["a script", probe.shell("exit 0")],
    ["several", probe.all([probe.command(["check.exe"]), probe.command(["other.exe"])])],
  ])("is asked by its own programs alone, also where it is said to have others: %s", (_, asked) => {
    expect(problemOf(asked, ["curl", "sh"])?.message).toMatch(/is a Windows image/);
    expect(problemOf(asked)?.hint).toMatch(/probe\.command.*probe\.none/);
  });

  it("runs a command", () => {
    expect(problemOf(probe.command(["check.exe"]))).toBeUndefined();
  });
});

describe("a server whose versions differ", () => {
  it("is asked for InfluxDB 3 where it is said to be asked, and with that shell of MongoDB which the version has", () => {
    expect(renderProbe(probe.influxdb(), "influxdb:3-core").problem?.message).toBe(
      "influxdb:3-core listens on 8181, and asks for a token also for its health",
    );
    expect(testOf(probe.influxdb({ port: 8181 }), "influxdb:3-core").join(" ")).toContain("http://127.0.0.1:8181/health");
    expect(testOf(probe.influxdb(), "influxdb:2").at(-1)).toBe("http://127.0.0.1:8086/health");
    expect(testOf(probe.mongo({ replicaSet: "a" }), "mongo:4.2").at(-1)).toBe('quit((h=>h.ismaster&&h.setName==="a")(db.isMaster())?0:1)');
    expect(testOf(probe.mongo({ replicaSet: "a" }), "mongo:5").join(" ")).toMatch(/mongosh.*h\.isWritablePrimary&&.*db\.hello\(\)/);
  });
});

describe("a program that is not on PATH", () => {
  it("is called by its whole path where the image is known to have it there", () => {
    const [form, program, flag] = testOf(probe.http({ port: 80 }), "gcr.io/distroless/nodejs22-debian12");
    expect([form, program, flag]).toEqual(["CMD", "/nodejs/bin/node", "-e"]);
    expect(testOf(probe.grpc({ port: 80 }), "gcr.io/distroless/nodejs22-debian12:nonroot")[1]).toBe("/nodejs/bin/node");
  });

  it("or is said to", () => {
    const image = { name: "gcr.io/distroless/static", has: ["/busybox/wget", "/opt/curl"] };
    expect(testOf(probe.http({ port: 80 }), image).slice(0, 2)).toEqual(["CMD", "/opt/curl"]);
    expect(renderProbe(probe.http({ port: 80 }), image).test?.needs).toEqual([["/opt/curl"]]);
  });

  it("but not where the program itself is on it", () => {
    expect(testOf(probe.http({ port: 80 }), { name: "nginx:1.29", has: ["/opt/curl"] })[1]).toBe("curl");
  });
});
