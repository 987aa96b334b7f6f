import { describe, expect, it } from "vitest";
import { placeOf } from "../../src/model/definition.ts";

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
