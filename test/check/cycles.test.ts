import { service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import type { Dependency } from "../../src/model/dependency.ts";
import { issuesOf, lineHere, reportsOf } from "./issues.ts";

const raw = (on: string): Dependency => ({ kind: "dependency", on, condition: "service_started", required: true });
const waiting = (name: string, ...on: string[]) => service(name, { image: "x", dependsOn: on.map(raw) });

describe("services that wait for each other", () => {
  it("are named in full", () => {
    expect(reportsOf(stack("s", [waiting("a", "b"), waiting("b", "c"), waiting("c", "a")]))).toEqual([
      ["a.dependsOn", "these wait for each other and never start: a -> b -> c -> a"],
    ]);
  });

  it("are named without what only leads to them", () => {
    expect(reportsOf(stack("s", [waiting("front", "a"), waiting("a", "b"), waiting("b", "a", "db"), waiting("db")]))).toEqual([
      ["a.dependsOn", "these wait for each other and never start: a -> b -> a"],
    ]);
  });

  it("may be one alone", () => {
    expect(reportsOf(stack("s", [waiting("a", "a")]))).toEqual([["a.dependsOn", "waits for itself and never starts"]]);
  });

  it("are reported at the first of them, with a hint", () => {
    const line = lineHere() + 1;
    const a = service("a", { image: "x", dependsOn: [raw("b")] });
    const [issue] = issuesOf(stack("s", [a, waiting("b", "a")]));
    expect(issue?.source).toMatch(new RegExp(`cycles\\.test\\.ts:${line}:\\d+$`));
    expect(issue?.hint).toBe("take one of the dependencies out");
  });

  it("are reported a group each", () => {
    const services = [waiting("a", "b"), waiting("b", "a"), waiting("c", "d"), waiting("d", "c")];
    expect(reportsOf(stack("s", services)).map(([, message]) => message.split(": ")[1])).toEqual(["a -> b -> a", "c -> d -> c"]);
  });

  it("are not those that only share a dependency", () => {
    expect(reportsOf(stack("s", [waiting("top", "l", "r"), waiting("l", "db"), waiting("r", "db"), waiting("db")]))).toEqual([]);
  });

  it("are found among 10,000", () => {
    const chain = Array.from({ length: 10_000 }, (_, index) => waiting(`s${index}`, `s${(index + 1) % 10_000}`));
    const [[path, message] = ["", ""]] = reportsOf(stack("s", chain));
    expect(path).toBe("s0.dependsOn");
    expect(message).toContain("s0 -> s1 -> ");
    expect(message).toContain(" -> s9 -> (9980 more) -> s9990 -> ");
    expect(message).toMatch(/ -> s9999 -> s0$/);
  });
});
