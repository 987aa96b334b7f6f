import { describe, expect, it } from "vitest";
import { differingLines } from "../../../src/cli/render/difference.ts";

const lines = (...each: readonly string[]): string => each.join("\n");

describe("the lines in which two texts differ", () => {
  it("are shown with two lines around them, and where they are", () => {
    const before = lines("a", "b", "c", "old", "d", "e", "f");
    const after = lines("a", "b", "c", "new", "more", "d", "e", "f");
    expect(differingLines(before, after)).toEqual(["@@ line 4 @@", "  b", "  c", "- old", "+ new", "+ more", "  d", "  e"]);
  });

  it("may be at either end", () => {
    expect(differingLines(lines("x", "a"), lines("a"))).toEqual(["@@ line 1 @@", "- x", "  a"]);
    expect(differingLines(lines("a"), lines("a", "x"))).toEqual(["@@ line 2 @@", "  a", "+ x"]);
  });

  it("may be a repeated line that went away", () => {
    expect(differingLines(lines("a", "a", "a"), lines("a", "a"))).toEqual(["@@ line 3 @@", "  a", "  a", "- a"]);
  });

  it("are shown in pieces where much between them is the same", () => {
    const same = ["1", "2", "3", "4", "5", "6"];
    expect(differingLines(lines("a", ...same, "b"), lines("A", ...same, "B"))).toEqual([
      ...["@@ line 1 @@", "- a", "+ A", "  1", "  2"],
      ...["@@ line 8 @@", "  5", "  6", "- b", "+ B"],
    ]);
  });

  it("are cut where there are too many, and the rest is counted", () => {
    const after = Array.from({ length: 100 }, (_, index) => `line ${index}`).join("\n");
    const shown = differingLines("", after);
    expect(shown).toHaveLength(61);
    // 1 head, 1 line taken out and 100 put in, of which 60 are shown.
    expect(shown.at(-1)).toBe("... 42 more lines");
  });
});
