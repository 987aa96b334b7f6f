import { checkStack, env, probe, type ServiceSpec, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { renderProbe } from "../../src/probe/render.ts";

function testOf(subject: AnyProbe, image?: string): readonly string[] {
  const test = renderProbe(subject, image)?.test;
  return Array.isArray(test) ? test.map(String) : [];
}

const scriptOf = (subject: AnyProbe, image?: string) => testOf(subject, image)[1] ?? "";

describe("probe.http", () => {
  const http = probe.http({ port: 8080, path: "/health?deep=1" });
  const url = "http://127.0.0.1:8080/health?deep=1";

  it("runs node where the image has it", () => {
    const [form, command, flag, script = ""] = testOf(http, "node:22");
    expect([form, command, flag]).toEqual(["CMD", "node", "-e"]);
    expect(script).toContain(`require("http").get("${url}"`);
  });

  it("runs busybox's wget where the image has it, past any proxy", () => {
    expect(testOf(http, "busybox:1.37")).toEqual(["CMD", "wget", "-q", "-Y", "off", "-T", "4", "-O", "/dev/null", url]);
  });

  it("runs curl where the image has it, past any proxy", () => {
    expect(testOf(http, "nginx:1.29")).toEqual(["CMD", "curl", "-fsS", "--noproxy", "*", "--max-time", "4", "-o", "/dev/null", url]);
  });

  it("runs python where the image has it, past any proxy", () => {
    expect(testOf(http, "python:3.13")).toEqual([
      "CMD",
      "python3",
      "-c",
      `import urllib.request as u; u.build_opener(u.ProxyHandler({})).open("${url}", timeout=4).read(1)`,
    ]);
  });

  it("looks for a tool where nothing is known about the image", () => {
    for (const image of ["acme/api:1", undefined]) {
      expect(testOf(http, image)[0]).toBe("CMD-SHELL");
      expect(scriptOf(http, image).match(/command -v \w+/g)).toEqual(
        ["curl", "wget", "node", "python3"].map((tool) => `command -v ${tool}`),
      );
      expect(scriptOf(http, image)).toMatch(/else echo "none of curl, wget, node, python3 is in this image"; exit 1; fi$/);
    }
  });

  it("runs the program that it is told to, whatever the image", () => {
    const via = probe.http({ port: 80, via: "wget" });
    expect([testOf(via, "node:22")[1], testOf(via)[1]]).toEqual(["wget", "wget"]);
  });

  it("asks for / where no path is given", () => {
    expect(testOf(probe.http({ port: 80, via: "curl" })).at(-1)).toBe("http://127.0.0.1:80/");
  });
});

describe("probe.tcp", () => {
  const tcp = probe.tcp({ port: 5432 });

  it.each<[string, string[]]>([
    ["python:3.13", ["CMD", "python3", "-c", 'import socket; socket.create_connection(("127.0.0.1", 5432), 4).close()']],
    ["busybox", ["CMD", "sh", "-c", "nc -w 4 127.0.0.1 5432 </dev/null"]],
  ])("runs what %s has", (image, expected) => {
    expect(testOf(tcp, image)).toEqual(expected);
  });

  it("runs node where the image has it", () => {
    expect(testOf(tcp, "node:22").slice(0, 3)).toEqual(["CMD", "node", "-e"]);
  });

  it("runs bash where it is told to", () => {
    expect(testOf(probe.tcp({ port: 5432, via: "bash" }))).toEqual(["CMD", "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/5432"]);
  });

  it("looks for a tool where the image's can't do it", () => {
    expect(scriptOf(tcp, "nginx:1.29").match(/command -v \w+/g)).toEqual(
      ["node", "python3", "bash", "wget"].map((tool) => `command -v ${tool}`),
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
    expect(renderProbe(probe.none(), "x")).toEqual({ disable: true });
  });

  it("probe.fromImage writes nothing, or the timings alone", () => {
    expect(renderProbe(probe.fromImage(), "x")).toBeUndefined();
    expect(renderProbe(probe.fromImage({ interval: undefined } as never), "x")).toBeUndefined();
    expect(renderProbe(probe.fromImage({ interval: "1s" }), "x")).toEqual({ interval: "1s" });
  });
});

describe("the timing of a probe", () => {
  const timingOf = (subject: AnyProbe) => ({ ...renderProbe(subject, "x"), test: undefined });

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
  const limitOf = (timeout: Parameters<typeof probe.http>[0]["timeout"]) =>
    testOf(probe.http({ port: 80, via: "curl", ...(timeout === undefined ? {} : { timeout }) }))[6];

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
    const wholeOf = (timeout: "1s" | "2s" | "10s") => testOf(probe.http({ port: 80, via: "wget", timeout }))[6];
    expect([wholeOf("10s"), wholeOf("2s"), wholeOf("1s")]).toEqual(["9", "1", "1"]);
  });

  it("is the default's where a variable decides on Docker's", () => {
    expect(limitOf(env("TIMEOUT"))).toBe("4");
  });
});

describe("a probe in a stack", () => {
  const testIn = (spec: ServiceSpec) => {
    const checked = checkStack(stack("s", [service("a", { healthcheck: probe.http({ port: 80 }), ...spec })]));
    const test = checked.services.get("a")?.model.healthcheck?.test;
    return Array.isArray(test) ? test.slice(0, 2).map(String) : [];
  };

  it("is rendered for the service's image", () => {
    expect(testIn({ image: "node:22" })).toEqual(["CMD", "node"]);
  });

  it("finds out at run time what the image has where it is built or named by a variable", () => {
    for (const spec of [{ build: "." }, { image: "node:22", build: "." }, { image: env("IMAGE") }]) {
      expect(testIn(spec)[0]).toBe("CMD-SHELL");
    }
  });

  it("stays with the service beside its command", () => {
    const subject = probe.http({ port: 80 });
    const checked = checkStack(stack("s", [service("a", { image: "x", healthcheck: subject })]));
    expect(checked.services.get("a")?.probe).toBe(subject);
  });
});
