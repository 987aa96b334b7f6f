import { describe, expect, it } from "vitest";
import { wavesOf } from "../../src/drive/decide/waves.ts";
import { planOf } from "./launch-text.ts";

describe("waves", () => {
  it("are one for services that need nothing of each other", () => {
    expect(wavesOf(planOf("a", "b"))).toEqual([["a", "b"]]);
  });

  it("are one each along a chain", () => {
    expect(wavesOf(planOf("a", "b: a healthy", "c: b started"))).toEqual([["a"], ["b"], ["c"]]);
  });

  it("put a service behind the deepest of its dependencies", () => {
    expect(wavesOf(planOf("a", "task b: a healthy", "d", "c: a healthy, b completed, d started"))).toEqual([["a", "d"], ["b"], ["c"]]);
  });

  it("leave out a dependency that takes no part", () => {
    expect(wavesOf(planOf("a: absent healthy", "b: a started"))).toEqual([["a"], ["b"]]);
  });

  it("are none where nothing takes part", () => {
    expect(wavesOf(planOf())).toEqual([]);
  });
});
