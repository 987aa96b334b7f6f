import { describe, expect, it } from "vitest";
import { StackError } from "../../src/errors.ts";
import { parseFault } from "../../src/rehearse/fault.ts";

const messageOf = (text: string): string => {
  try {
    parseFault(text, "api");
  } catch (error) {
    if (error instanceof StackError) return error.message;
  }
  return "accepted";
};

describe("a fault", () => {
  it.each([
    ["ready@4s", { kind: "ready", at: 4 }],
    ["never", { kind: "never" }],
    ["exit:3@2s", { kind: "exit", code: 3, at: 2, runs: Number.POSITIVE_INFINITY }],
    ["exit:0@500ms*2", { kind: "exit", code: 0, at: 0.5, runs: 2 }],
    ["crash-loop", { kind: "crash-loop" }],
    ["flap@1m10s", { kind: "flap", every: 70 }],
    ["slow-probe:2s", { kind: "slow-probe", seconds: 2 }],
    ["oom@5s", { kind: "oom", at: 5 }],
    ["unhealthy@30s", { kind: "unhealthy", at: 30 }],
  ])("%s is read", (text, fault) => {
    expect(parseFault(text)).toEqual(fault);
  });

  it.each([
    ["", "write one of ready@4s"],
    ["slow", "write one of ready@4s"],
    ["constructor", "write one of ready@4s"],
    ["ready", "write ready@4s"],
    ["ready:4s", "write ready@4s"],
    ["never@4s", "write never"],
    ["exit@2s", "write exit:3@2s"],
    ["exit:3", "write exit:3@2s"],
    ["slow-probe@2s", "write slow-probe:2s"],
    ["oom@5s*2", "write oom@5s"],
    ["exit:3@2", '"2" is not a duration'],
    ["ready@5 sec", '"5 sec" is not a duration'],
    ["flap@0s", "longer than 0s"],
    ["exit:256@2s", "256 is not an exit code"],
    ["exit:1@2s*0", "at least one run"],
  ])("%j is refused with what would be right", (text, hint) => {
    expect(messageOf(text)).toContain(`api  "${text}" is not a fault`);
    expect(messageOf(text)).toContain(hint);
  });
});
