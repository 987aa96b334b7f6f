import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Duration, isDuration, seconds } from "../../src/model/duration.ts";

describe("isDuration", () => {
  it.each(["5s", "500ms", "1m30s", "1h2m3s", "100us", "1.5s", "0s"])("accepts %s", (text) => {
    expect(isDuration(text)).toBe(true);
  });

  it.each(["", "10", "1h30", "1 s", "5 sec", "-5s", "1e3s", ".5s", "1.s", "1d", "s", " 5s", "5s\n"])("refuses %j", (text) => {
    expect(isDuration(text)).toBe(false);
  });

  it.each([5, null, undefined, {}])("refuses %j, which is not a string", (value) => {
    expect(isDuration(value)).toBe(false);
  });
});

describe("seconds", () => {
  it.each<[Duration, number]>([
    ["5s", 5],
    ["500ms", 0.5],
    ["1m30s", 90],
    ["1h2m3s", 3723],
    ["1.5s", 1.5],
    ["250us", 0.00025],
    ["0s", 0],
  ])("%s is %d", (duration, expected) => {
    expect(seconds(duration)).toBeCloseTo(expected, 10);
  });

  it("reads hours, minutes and seconds back", () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(59), fc.nat(59), (h, m, s) => {
        expect(seconds(`${h}h${m}m${s}s`)).toBe(h * 3600 + m * 60 + s);
      }),
    );
  });
});
