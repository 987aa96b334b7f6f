import { describe, expect, it } from "vitest";
import { checkStack } from "../../../src/check/check-stack.ts";
import { planDot, planMermaid } from "../../../src/cli/render/plan-graph.ts";
import { planSvg } from "../../../src/cli/render/plan-svg.ts";
import { timelineLines } from "../../../src/cli/render/timeline.ts";
import { timelineSvg } from "../../../src/cli/render/timeline-svg.ts";
import { planLaunch } from "../../../src/drive/decide/launch-plan.ts";
import { probe, service, stack, task } from "../../../src/index.ts";
import { forecast } from "../../../src/plan/forecast.ts";
import { segmentsOf } from "../../../src/rehearse/state-changes.ts";

const db = service("db", { image: "busybox:1.37", healthcheck: probe.shell("true") });
const migrate = task("migrate", { image: "busybox:1.37", dependsOn: [db.healthy()] });
const api = service("api", { image: "busybox:1.37", dependsOn: [db.started(), migrate.completed()] });
const checked = checkStack(stack("shop", [api]));
const plan = forecast(checked, planLaunch(checked));

describe("a plan as a graph", () => {
  it("for Mermaid has thick lines along the critical path", () => {
    expect(planMermaid(plan).split("\n")).toEqual([
      "flowchart LR",
      '  s0["db<br/>ready 0.75 s, worst 80.2 s"]:::critical',
      '  s1(["migrate<br/>ready 1.55 s, worst 11 m 20 s"]):::critical',
      '  s2["api<br/>ready 2.75 s, worst 11 m 22 s"]:::critical',
      "  s0 ==>|healthy| s1",
      "  s0 -->|started| s2",
      "  s1 ==>|completed| s2",
      "  classDef critical stroke-width:3px",
      "",
    ]);
  });

  it("says what on the critical path is lost to a probe's interval, and nothing of what is lost elsewhere", () => {
    const slow = (name: string, interval: "4s" | "9s") => service(name, { image: "x", healthcheck: { test: "true", interval } });
    const stackOfTwo = checkStack(stack("two", [slow("cache", "4s"), slow("queue", "9s")]));
    const two = forecast(stackOfTwo, planLaunch(stackOfTwo));
    // Ready 0.5 s after its start, looked at after 9 s.
    for (const text of [planMermaid(two), planDot("two", two), planSvg("two", two)]) {
      expect(text).toContain("8.5 s lost to the probe's interval");
      expect(text).not.toContain("3.5 s lost");
    }
  });

  it("for Graphviz quotes every name", () => {
    expect(planDot("shop", plan)).toContain('  "migrate" -> "api" [label="completed", penwidth=3];');
  });

  it("drawn has every service and dependency once, left to right, and the same bytes each time", () => {
    const svg = planSvg("shop", plan);
    const middles = ["db", "migrate", "api"].map((name) => Number(new RegExp(`x="([\\d.]+)"[^>]*>${name}</text>`).exec(svg)?.[1]));
    expect(middles).toEqual(middles.toSorted((a, b) => a - b));
    expect(svg.match(/marker-end/g)).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|undefined/);
    expect(planSvg("shop", plan)).toBe(svg);
  });
});

describe("a timeline", () => {
  const changes = [
    { at: 0, service: "db", state: "waiting" },
    { at: 1, service: "db", state: "starting" },
    { at: 3, service: "db", state: "healthy" },
  ] as const;
  const segments = segmentsOf(changes, 4);

  it("has a stretch for each state", () => {
    expect(segments.get("db")).toEqual([
      { from: 0, to: 1, state: "waiting" },
      { from: 1, to: 3, state: "starting" },
      { from: 3, to: 4, state: "healthy" },
    ]);
  });

  it("as text is to scale", () => {
    const same = (text: string): string => text;
    const style = { bold: same, dim: same, red: same, green: same, yellow: same, blue: same, magenta: same, cyan: same };
    expect(timelineLines(segments, 4, { columns: 27, style })[1]).toBe("db  ·····░░░░░░░░░░██████");
  });

  it("as a drawing shows a failure with which the launch ends", () => {
    const failed = segmentsOf([...changes, { at: 4, service: "db", state: "failed" }], 4);
    expect(timelineSvg("shop", failed, 4)).toMatch(/width="6\.0" [^>]*fill="var\(--bad\)"/);
  });

  it("as a drawing escapes what it shows", () => {
    const svg = timelineSvg("a <b> & c", segments, 4);
    expect(svg).toContain("a &lt;b&gt; &amp; c");
    expect(svg).toContain("db healthy from 3.00 s to 4.00 s");
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});
