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

  it("says from which version on more is known", () => {
    const { why, assumed } = explainProbe(probe.postgres(), { name: "postgres:8.4" });
    expect(assumed).toContain("pg_isready");
    expect(why.join("\n")).toContain("assumed, as nothing sure is known about the image (what is known of postgres holds from 9.3 on): ");
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
    [
      // It begins at once and waits in the container, with pauses of up to a second, while a look surely ends within the 30 s.
      {},
      {
        firstLook: 0.01,
        toHealthy: [
          { readyUntil: 25, quick: 1, worst: 5 + 1 + 5 },
          { readyUntil: null, quick: 10, worst: 5 + 10 + 5 },
        ],
        // The last look of the start period ends at 35 s; then 10 s and a look of 5 s, three times.
        worstToUnhealthyFromStart: 35 + 3 * 15,
        worstToUnhealthy: 3 * 15,
      },
    ],
    [
      { startInterval: "10s", startPeriod: "60s" },
      {
        firstLook: 10,
        toHealthy: [
          { readyUntil: 55, quick: 10, worst: 20 },
          { readyUntil: null, quick: 10, worst: 20 },
        ],
        worstToUnhealthyFromStart: 65 + 3 * 15,
        worstToUnhealthy: 3 * 15,
      },
    ],
    [
      { interval: "1s", timeout: "1s", retries: 2, startPeriod: "0s" },
      {
        firstLook: 1,
        toHealthy: [{ readyUntil: null, quick: 1, worst: 3 }],
        worstToUnhealthyFromStart: 4,
        worstToUnhealthy: 4,
      },
    ],
    [
      // Measured where every look hangs: 22.2 s.
      { startPeriod: "8s", startInterval: "1s", timeout: "5s", interval: "5s", retries: 1 },
      {
        firstLook: 1,
        toHealthy: [
          { readyUntil: 3, quick: 1, worst: 11 },
          { readyUntil: null, quick: 5, worst: 15 },
        ],
        worstToUnhealthyFromStart: 8 + 5 + 5 + 5,
        worstToUnhealthy: 10,
      },
    ],
  ] as const)("has a timing table: %j", (timing, expected) => {
    expect(explainProbe(probe.tcp({ port: 80, ...timing }), { name: "redis:7" }).timing).toEqual(expected);
  });
});
