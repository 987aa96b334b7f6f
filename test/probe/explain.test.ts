import { probe } from "stackwright";
import { describe, expect, it } from "vitest";
import { explainProbe } from "../../src/probe/explain.ts";

describe("the explanation of a probe", () => {
  it("names the command, why it is that, and what it proves", () => {
    const explanation = explainProbe(probe.postgres(), { name: "postgres:17" });
    expect(explanation.test?.[0]).toBe("CMD-SHELL");
    expect(explanation.why.join("\n")).toMatch(/^pg_isready does it\nthe image has sh, pg_isready \(documented: https:/);
    expect(explanation.proves).toContain("over TCP");
    expect(explanation.assumed).toEqual([]);
  });

  it("says what is assumed of an image that nobody knows", () => {
    const explanation = explainProbe(probe.http({ port: 80 }), { name: "acme/api:1" });
    expect(explanation.why).toContain("assumed, as nothing sure is known about the image: sh in it");
    expect(explanation.needs).toEqual([
      ["sh", "curl"],
      ["sh", "wget"],
      ["sh", "bash"],
    ]);
  });

  it("believes what the user says of an image", () => {
    const explanation = explainProbe(probe.http({ port: 80 }), { name: "acme/api:1", has: ["curl"] });
    expect([explanation.test?.slice(0, 2), explanation.assumed]).toEqual([["CMD", "curl"], []]);
  });

  it("has the refusal and its ways out", () => {
    const { problem, test } = explainProbe(probe.nats(), { name: "nats:2" });
    expect(test).toBeUndefined();
    expect(problem?.hint).toContain("nats:<v>-alpine");
  });

  it.each([
    // It begins at once and waits in the container, with pauses of up to a second.
    [{}, { firstLook: 0.05, worstToHealthy: 6, worstToUnhealthyFromStart: 75, worstToUnhealthy: 45 }],
    [
      { interval: "1s", timeout: "1s", retries: 2, startPeriod: "0s" },
      { firstLook: 1, worstToHealthy: 2, worstToUnhealthyFromStart: 4, worstToUnhealthy: 4 },
    ],
  ] as const)("has a timing table: %j", (timing, expected) => {
    expect(explainProbe(probe.tcp({ port: 80, ...timing }), { name: "redis:7" }).timing).toEqual(expected);
  });
});
