import { service, stack, task } from "stackwright";
import { describe, expect, it } from "vitest";
import { isStack, membersOf } from "../../src/model/stack.ts";

const names = (...services: Parameters<typeof stack>[1]) => membersOf(stack("s", services)).map((each) => each.name);

describe("membersOf", () => {
  it("has dependencies before their dependents, each once", () => {
    const db = service("db", { image: "x" });
    const migrate = task("migrate", { image: "x", dependsOn: [db.started()] });
    const api = service("api", { image: "x", dependsOn: [db.started(), migrate.completed()] });
    expect(names(api, migrate)).toEqual(["db", "migrate", "api"]);
  });

  it("keeps the order in which independent services were written", () => {
    expect(names(service("b", { image: "x" }), service("a", { image: "x" }))).toEqual(["b", "a"]);
  });

  it("has a service once although it was listed twice", () => {
    const a = service("a", { image: "x" });
    expect(names(a, a)).toEqual(["a"]);
  });
});

describe("a stack", () => {
  it("is recognised by its kind", () => {
    expect([isStack(stack("s", [])), isStack({ name: "s" }), isStack(null), isStack("stack")]).toEqual([true, false, false, false]);
  });

  it("can't be changed", () => {
    expect(() => Object.assign(stack("s", []), { name: "t" })).toThrow(TypeError);
    expect(() => Object.assign(service("a", { image: "x" }), { name: "b" })).toThrow(TypeError);
  });
});
