import { describe, expect, it } from "vitest";
import { callOf, definedBy, placeOf } from "../../src/model/definition.ts";

const at = (frame: string) => placeOf({ stack: `Error\n    at ${frame}` });

describe("placeOf", () => {
  it.each([
    ["file:///srv/shop/stack.ts:11:19", "/srv/shop/stack.ts"],
    ["/srv/shop/stack.ts:11:19", "/srv/shop/stack.ts"],
    ["make (/srv/shop/stack.ts:11:19)", "/srv/shop/stack.ts"],
    ["async file:///srv/shop/stack.ts:11:19", "/srv/shop/stack.ts"],
    ["file:///srv/my%20shop/stack.ts:11:19", "/srv/my shop/stack.ts"],
  ])("reads %s", (frame, file) => {
    expect(at(frame)).toEqual({ file, line: 11, column: 19 });
  });

  it("is unknown where the engine says nothing", () => {
    expect(placeOf({})).toBeUndefined();
    expect(at("native")).toBeUndefined();
  });

  it("keeps a percent sign of a plain path", () => {
    expect(at("/srv/100%/stack.ts:1:2")).toEqual({ file: "/srv/100%/stack.ts", line: 1, column: 2 });
  });
});

describe("callOf", () => {
  const called = (...frames: string[]) => callOf({ stack: ["Error", ...frames.map((frame) => `    at ${frame}`)].join("\n") });

  it("is where the outermost of the user's functions was called", () => {
    expect(
      called(
        "database (/srv/shared/database.ts:3:10)",
        "/srv/shared/three.ts:5:7",
        "Array.map (<anonymous>)",
        "three (/srv/shared/three.ts:4:7)",
        "/srv/stacks/shop/stack.ts:9:2",
        "eval_evalModule (/srv/node_modules/jiti/dist/jiti.cjs:1:1)",
      ),
    ).toEqual({ file: "/srv/stacks/shop/stack.ts", line: 9, column: 2 });
  });

  it("is nowhere for what a module says itself, though another module imports it", () => {
    expect(
      called("/srv/shared/database.ts:3:10", "eval_evalModule (/srv/node_modules/jiti/dist/jiti.cjs:1:1)", "/srv/stack.ts:1:1"),
    ).toBeUndefined();
    expect(called("file:///srv/stack.mjs:3:10", "ModuleJob.run (node:internal/modules/esm/module_job:343:25)")).toBeUndefined();
    expect(called("/srv/stack.ts:3:10", "eval_evalModule (/src/stackwright/dist/start/stackwright.cjs:9:5)")).toBeUndefined();
    expect(callOf({})).toBeUndefined();
  });

  it("is known of what this engine says", () => {
    const outer = () => inner();
    const inner = () => definedBy(inner);
    const definition = outer();
    const [made, call] = [placeOf(definition), callOf(definition)];
    expect(made?.file).toMatch(/definition\.test\.ts$/);
    expect(call?.file).toBe(made?.file);
    expect((call?.line ?? 0) - (made?.line ?? 0)).toBeGreaterThan(0);
  });
});
