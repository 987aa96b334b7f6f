import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Console } from "../../../src/cli/render/console.ts";
import { githubAnnotations } from "../../../src/cli/render/github.ts";
import { junitReport } from "../../../src/cli/render/junit.ts";
import { printCulprit } from "../../../src/cli/render/report.ts";
import { statusTable } from "../../../src/cli/render/status-table.ts";
import { withinRows } from "../../../src/cli/render/within-rows.ts";
import type { ContainerState } from "../../../src/drive/decide/snapshot.ts";
import type { LaunchReport, ServiceReport } from "../../../src/drive/launch-report.ts";
import { redactor } from "../../../src/drive/secrets/redact.ts";

const same = (text: string): string => text;
const style = { bold: same, dim: same, red: same, green: same, yellow: same, blue: same, magenta: same, cyan: same };
const redact = redactor(['a"b&c<d>100%']);

function seen(service: string, more: Partial<ServiceReport> = {}): ServiceReport {
  return { service, state: "running", ready: true, waitsFor: [], final: false, restarts: 0, ...more };
}

function container(service: string, ...hosts: readonly number[]): ContainerState {
  const ports = hosts.map((host) => ({ host, container: 80, protocol: "tcp" }));
  const state = { id: service, name: service, service, number: 1, status: "running", exitCode: 0, oomKilled: false, error: "" } as const;
  return { ...state, runs: 1, ports, failingStreak: 0, probes: [] };
}

const FAILED: LaunchReport = {
  verdict: "failed",
  seconds: 2.5,
  services: [
    seen("db", { state: "unhealthy", ready: false, failure: "unhealthy", startedAt: 0.5 }),
    seen("api", { state: "waiting", ready: false, waitsFor: ["db"] }),
    seen("web", { startedAt: 0.5, readyAt: 1.75 }),
  ],
  culprits: [
    {
      service: "db",
      failure: "unhealthy",
      cause: "authentication-refused",
      message: 'refused a"b&c<d>100%',
      evidence: ['log   it said a"b&c<d>100%', "log   \u0007 & <more>"],
      hint: "mind: 100%, and the rest",
      source: "/app/stacks/shop/stack.ts:3:9",
    },
  ],
  victims: [{ service: "api", culprit: "db" }],
  snapshot: { at: 2.5, containers: [] },
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the report of a culprit", () => {
  const [db] = FAILED.culprits;
  const reported = (more: object): readonly string[] => {
    const lines: string[] = [];
    const console = { style, line: (text = "") => lines.push(text) } as unknown as Console;
    if (db !== undefined) printCulprit(console, { ...db, ...more }, []);
    return lines;
  };

  it("says where it was written and, where a function made it, where that was called", () => {
    const hint = "mind: 100%, and the rest";
    expect(reported({})).toContain(`    → /app/stacks/shop/stack.ts:3:9  ${hint}`);
    expect(reported({ calledAt: "/app/stacks/shop/stack.ts:12:3" })).toContain(
      `    → /app/stacks/shop/stack.ts:3:9  (called at /app/stacks/shop/stack.ts:12:3)  ${hint}`,
    );
    expect(reported({ source: undefined, calledAt: undefined })).toContain(`    → ${hint}`);
  });

  it("names both places from here", () => {
    const source = join(process.cwd(), "shared/db.ts:3:9");
    const calledAt = join(process.cwd(), "stack.ts:12:3");
    expect(reported({ source, calledAt }).join("\n")).toContain("→ shared/db.ts:3:9  (called at stack.ts:12:3)  ");
  });
});

describe("a launch as JUnit XML", () => {
  const xml = junitReport("shop", FAILED, redact);

  it("has a case for each service, with its seconds; culprits failed and their victims were skipped", () => {
    expect(xml).toContain('<testsuite name="shop" tests="3" failures="1" errors="0" skipped="1" time="2.500">');
    expect(xml).toContain('<testcase classname="shop" name="web" time="1.250"/>');
    expect(xml).toMatch(/<testcase classname="shop" name="db" time="0.000"><failure type="authentication-refused"/);
    expect(xml).toMatch(/<testcase classname="shop" name="api" time="0.000"><skipped message="never started because of db"\/>/);
  });

  it("has an error for each service that an interruption kept from being ready", () => {
    const services = [seen("db", { readyAt: 1, startedAt: 0.5 }), seen("api", { state: "starting", ready: false })];
    const interrupted = junitReport("shop", { ...FAILED, verdict: "interrupted", services, culprits: [], victims: [] }, redact);
    expect(interrupted).toContain('tests="2" failures="0" errors="1" skipped="0"');
    expect(interrupted).toContain('name="api" time="0.000"><error type="interrupted" message="starting when the launch was interrupted"/>');
  });

  it("hides secrets in whatever form XML gives them, and has no character that XML forbids", () => {
    expect(xml).toContain('message="refused [secret]"');
    expect(xml).toContain("it said [secret]&#10;log    &amp; &lt;more&gt;");
    expect(xml).not.toContain("a&quot;b");
    expect(xml).not.toContain("\u0007");
  });
});

describe("annotations of GitHub", () => {
  it("stand at the line of the culprit, below the root of the repository, without secrets", () => {
    vi.stubEnv("GITHUB_WORKSPACE", "/app");
    expect(githubAnnotations(FAILED, redact)).toEqual([
      "::error file=stacks/shop/stack.ts,line=3,col=9,title=db::refused [secret]%0Amind: 100%25, and the rest",
    ]);
  });
});

describe("the table of services", () => {
  const services = [seen("api", { startedAt: 0.5, readyAt: 1.25 }), seen("a-database-with-a-long-name", { startedAt: 1, readyAt: 2 })];
  const snapshot = { at: 2, containers: [container("api", 8080, 8081)] };

  it("has the URLs at the end of the line where there is room", () => {
    expect(statusTable(services, snapshot, style)).toEqual([
      "  SERVICE                      STATE    STARTED  READY  URL",
      "✓ api                          running  0.5s     1.3s   http://localhost:8080 -> 80 http://localhost:8081 -> 80",
      "✓ a-database-with-a-long-name  running  1.0s     2.0s",
    ]);
  });

  it("has them in lines of their own in a narrow terminal, and cuts names", () => {
    expect(statusTable(services, snapshot, style, 40)).toEqual([
      "  SERVICE        STATE    READY",
      "✓ api            running  1.3s",
      "    http://localhost:8080 -> 80",
      "    http://localhost:8081 -> 80",
      "✓ a-database-w…  running  2.0s",
    ]);
  });

  it("says for how long services run, in the unit that matters, where that is known", () => {
    const running = [59.9, 60, 7199, 200_000].map((upFor) => ({ ...seen("api"), upFor }));
    const ups = statusTable([...running, seen("api")], { at: 0, containers: [] }, style).map((line) => line.split(/ {2,}/).at(-1));
    expect(ups).toEqual(["UP", "59s", "1m", "1h", "2d", "-"]);
  });

  it("leaves out columns that say nothing", () => {
    expect(statusTable([seen("api")], { at: 0, containers: [] }, style)).toEqual(["  SERVICE  STATE", "✓ api      running"]);
  });
});

describe("services in few rows", () => {
  const names = ["a", "b", "c", "d"];

  it("are all shown where there is room", () => {
    const services = names.map((name) => seen(name));
    expect(withinRows(services, 4)).toEqual({ shown: services });
  });

  it("are those that are not ready, in their order, and the rest is counted", () => {
    const [a, b, c, d] = [
      seen("a"),
      seen("b", { ready: false, state: "starting" }),
      seen("c"),
      seen("d", { ready: false, state: "failed" }),
    ];
    expect(withinRows([a, b, c, d], 3)).toEqual({ shown: [b, d], rest: "  and 2 more: 2 running" });
    expect(withinRows([a, b, c, d], 2)).toEqual({ shown: [d], rest: "  and 3 more: 2 running, 1 starting" });
  });
});
