import { afterEach, describe, expect, it, vi } from "vitest";
import type { Console } from "../../../src/cli/render/console.ts";
import { jsonView, type LaunchView, liveView, plainView } from "../../../src/cli/render/launch-view.ts";
import type { ServiceStatus } from "../../../src/drive/decide/service-status.ts";
import type { ContainerState, HealthcheckSettings, ProbeResult } from "../../../src/drive/decide/snapshot.ts";
import type { LaunchProgress } from "../../../src/drive/launch.ts";
import { containerOf, planOf } from "../../drive/launch-text.ts";

const CHECK = { test: ["CMD", "true"], interval: 3600, timeout: 30, startPeriod: 0, startInterval: 5, retries: 3 };
const FAILED: ProbeResult = { start: "2026-01-01T00:00:00Z", seconds: 0.1, exitCode: 1, output: "not yet" };
const same = (text: string): string => text;

afterEach(() => {
  vi.useRealTimers();
});

/** A launch of one service that starts up, with this health check. */
function starting(check: Partial<HealthcheckSettings>, ...probes: readonly ProbeResult[]): LaunchProgress {
  const status: ServiceStatus = { service: "db", state: "starting", ready: false, waitsFor: [], final: false, restarts: 0 };
  const settings = { image: "db", command: [], memoryLimit: 0, healthcheck: { ...CHECK, ...check } };
  const container: ContainerState = { ...containerOf("db starting"), settings, probes };
  return { at: 0.4, services: [status], changed: [status], snapshot: { at: 0.4, containers: [container] } };
}

function consoleFor(lines: string[]): Console {
  const style = { bold: same, dim: same, red: same, green: same, yellow: same, blue: same, magenta: same, cyan: same };
  const line = (text = ""): void => void lines.push(text);
  return { style, line, raw: line, redact: same, columns: 80, rows: 24 } as unknown as Console;
}

function shown(viewOf: (console: Console) => LaunchView, ...seen: readonly LaunchProgress[]): string {
  const lines: string[] = [];
  const view = viewOf(consoleFor(lines));
  for (const progress of seen) view.progress(progress);
  view.close();
  return lines.join("\n");
}

describe("a first probe that comes late", () => {
  const plan = planOf("db");
  const plain = (...seen: readonly LaunchProgress[]): string => shown((console) => plainView(console, plan), ...seen);
  const live = (...seen: readonly LaunchProgress[]): string => shown((console) => liveView(console, plan), ...seen);

  it("is told once in the plain view", () => {
    const first = "   0.4s  db  starting (first probe 60 m after the start)";
    expect(plain(starting({}))).toBe(first);
    expect(plain(starting({}), starting({}), starting({}, FAILED))).toBe(first);
  });

  it("is told in the live view until it has run", () => {
    vi.useFakeTimers();
    expect(live(starting({}))).toContain("first probe 60 m after the start");
    expect(live(starting({}, FAILED))).toContain("not yet");
    expect(live(starting({}, FAILED))).not.toContain("first probe");
  });

  it("comes a start interval after the start where there is a start period", () => {
    expect(plain(starting({ startPeriod: 60, startInterval: 20, interval: 5 }))).toContain("(first probe 20 s after the start)");
    expect(plain(starting({ startPeriod: 60, startInterval: 1 }))).not.toContain("first probe");
  });

  it("is not told where it comes soon, where there is none, or where nobody waits for it", () => {
    expect(plain(starting({ interval: 10 }))).not.toContain("first probe");
    expect(plain(starting({ interval: 10.5 }))).toContain("first probe 10.5 s");
    expect(plain(starting({ test: ["NONE"] }))).not.toContain("first probe");
    const ofTask = shown((console) => plainView(console, planOf("task db")), starting({}));
    expect(ofTask).toBe("   0.4s  db  starting");
  });

  it("changes nothing in JSON", () => {
    expect(shown(jsonView, starting({}))).toBe('{"type":"service","service":"db","state":"starting","at":0.4}');
  });
});

it("the live view quotes a probe without curl's meter", () => {
  vi.useFakeTimers();
  const row = "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0";
  const output = `  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n${row}\ncurl: (7) Failed\n`;
  const text = shown((console) => liveView(console, planOf("db")), starting({}, { ...FAILED, output }));
  expect(text).toMatch(/db .* {2}curl: \(7\) Failed/);
});
