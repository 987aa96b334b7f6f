import { describe, expect, it } from "vitest";
import { exitCodeOfError, exitCodeOfLaunch } from "../../src/cli/exit-code.ts";
import type { FailureKind } from "../../src/drive/decide/service-status.ts";

const failed = (...failures: readonly FailureKind[]) =>
  exitCodeOfLaunch({ verdict: "failed", culprits: failures.map((failure, index) => ({ service: `s${index}`, failure })) });

describe("the exit code", () => {
  it("is 0 for a launch that is ready, or started where nobody waits", () => {
    expect(exitCodeOfLaunch({ verdict: "ready", culprits: [] })).toBe(0);
    expect(exitCodeOfLaunch({ verdict: "started", culprits: [] })).toBe(0);
  });

  it("tells failures apart", () => {
    expect(failed("unhealthy")).toBe(3);
    expect(failed("exited")).toBe(4);
    expect(failed("crash-loop")).toBe(4);
    expect(failed("removed")).toBe(4);
    expect(failed("start-failed")).toBe(7);
    expect(failed("no-healthcheck")).toBe(2);
  });

  it("is the first culprit's", () => {
    expect(failed("unhealthy", "exited")).toBe(3);
    expect(failed("exited", "unhealthy")).toBe(4);
  });

  it("is never 0 for a deadline or an interruption", () => {
    expect(exitCodeOfLaunch({ verdict: "timeout", culprits: [{ service: "db", failure: "not-ready" }] })).toBe(5);
    expect(exitCodeOfLaunch({ verdict: "interrupted", culprits: [] })).toBe(130);
  });

  it("of an error is its code's", () => {
    const codes = (["usage", "invalid-stack", "file", "no-engine", "create-failed"] as const).map(exitCodeOfError);
    expect(codes).toEqual([2, 2, 2, 6, 7]);
  });
});
