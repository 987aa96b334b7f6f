import { expect, it } from "vitest";
import { cutToWidth, textWidth } from "../../../src/cli/render/text-width.ts";

it("a line takes what a terminal gives its characters: two for wide ones and pictures, none for marks and colours", () => {
  expect(textWidth("plain")).toBe(5);
  expect(textWidth("数据库 🚀")).toBe(9);
  expect(textWidth("e\u0301te\u0301")).toBe(3);
  expect(textWidth("\u001b[31mred\u001b[39m")).toBe(3);
});

it("a line with room is left as it is, one without ends in a mark", () => {
  expect(cutToWidth("plain", 5)).toBe("plain");
  expect(cutToWidth("plain", 4)).toBe("pla…");
  expect(cutToWidth("plain", 1)).toBe("…");
});

it("a wide character is not cut in half", () => {
  expect(cutToWidth("数据库", 4)).toBe("数…");
  expect(cutToWidth("a数据库", 4)).toBe("a数…");
});

it("a colour ends where its line is cut", () => {
  expect(cutToWidth("\u001b[31mlong words\u001b[39m", 5)).toBe("\u001b[31mlong…\u001b[0m");
});
