import { describe, expect, it } from "vitest";
import { liveRegion } from "../../../src/cli/render/live-region.ts";
import { redactor } from "../../../src/drive/secrets/redact.ts";

/** A terminal as far as a region needs it: it goes up, erases, and wraps anew what it shows where it becomes narrower. */
function terminal(columns: number, rows: number) {
  let lines: string[] = [];
  let row = 0;
  let column = 0;
  let written = "";
  const raw = (text: string): void => {
    written += text;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what moves the cursor
    for (const [, up, erase, line] of text.matchAll(/\u001b\[(\d+)A|\u001b\[([KJ])\n?|([^\u001b\r]+)|\r/g)) {
      if (up !== undefined) row -= Number(up);
      else if (erase === "J") lines.length = row;
      else if (line !== undefined) {
        lines[row] = (lines[row] ?? "").slice(0, column) + line.replace("\n", "");
        row++;
      }
      if (up === undefined) column = 0;
    }
  };
  const console = { raw, redact: redactor(["hunter22"]), columns, rows };
  return {
    console,
    /** What somebody types is shown where the cursor is. */
    typed: (text: string): void => {
      column = text.length;
    },
    screen: (): readonly string[] => lines,
    /** What was written since it was asked for. */
    written: (): string => {
      const text = written;
      written = "";
      return text;
    },
    narrow: (to: number): void => {
      console.columns = to;
      lines = lines.flatMap((line) => line.match(new RegExp(`.{1,${to}}`, "g")) ?? [""]);
      row = lines.length;
    },
  };
}

describe("a live region", () => {
  it("draws over what was there, and over all of it where it becomes shorter", () => {
    const { console, screen } = terminal(20, 10);
    const region = liveRegion(console);
    region.draw(["one", "two", "three"]);
    region.draw(["ONE", "TWO"]);
    expect(screen()).toEqual(["ONE", "TWO"]);
    region.clear();
    expect(screen()).toEqual([]);
  });

  it("draws from the beginning of a line, wherever the cursor is", () => {
    const { console, screen, typed } = terminal(20, 10);
    const region = liveRegion(console);
    region.draw(["one", "two"]);
    typed("^C");
    region.draw(["ONE", "TWO"]);
    expect(screen()).toEqual(["ONE", "TWO"]);
  });

  it("lets lines stay above", () => {
    const { console, screen } = terminal(20, 10);
    const region = liveRegion(console);
    region.draw(["one"]);
    region.above("#1 a step of a build that is long");
    region.draw(["two"]);
    expect(screen()).toEqual(["#1 a step of a bui…", "two"]);
  });

  it("cuts what would wrap, and shows no more than there are rows", () => {
    const { console, screen } = terminal(10, 4);
    liveRegion(console).draw(["a", "b", "0123456789", "c", "数据库数据库"]);
    expect(screen()).toEqual(["01234567…", "c", "数据库数…"]);
  });

  it("leaves nothing behind where the terminal becomes narrower", () => {
    const { console, screen, narrow } = terminal(20, 10);
    const region = liveRegion(console);
    region.draw(["0123456789012345", "abc"]);
    narrow(8);
    expect(screen()).toEqual(["01234567", "89012345", "abc"]);
    region.draw(["0123456789012345", "abc"]);
    expect(screen()).toEqual(["012345…", "abc"]);
  });

  it("writes nothing where nothing changed", () => {
    const { console, written } = terminal(20, 10);
    const region = liveRegion(console);
    region.draw(["one"]);
    written();
    region.draw(["one"]);
    expect(written()).toBe("");
  });

  it("never empties the terminal before it draws: that would flicker", () => {
    const { console, written } = terminal(20, 10);
    const region = liveRegion(console);
    region.draw(["one", "two"]);
    written();
    region.draw(["one", "TWO"]);
    expect(written()).toBe("\r\u001b[2Aone\u001b[K\nTWO\u001b[K\n\u001b[J");
  });

  it("hides a secret before it cuts the line within it", () => {
    const { console, screen } = terminal(16, 10);
    liveRegion(console).draw(["password=hunter22 refused"]);
    expect(screen()).toEqual(["password=[secr…"]);
  });
});
