import { describe, expect, it } from "vitest";
import { nearName, nearNameAmong } from "../../src/model/near-name.ts";

const NAMES = ["restart", "environment", "stopGracePeriod", "networks"];

describe("nearName", () => {
  it.each([
    ["restrat", "restart"],
    ["enviroment", "environment"],
    ["stop_grace_period", "stopGracePeriod"],
    ["Networks", "networks"],
    ["network", "networks"],
    ["resatrt", "restart"],
  ])("%s is meant for %s", (wrong, meant) => {
    expect(nearName(wrong, NAMES)).toBe(meant);
  });

  it("offers nothing where no name is near", () => {
    expect(nearName("zzzzzzz", NAMES)).toBeUndefined();
  });

  it("offers nothing where there are no names", () => {
    expect(nearName("restart", [])).toBeUndefined();
  });

  it("offers the nearest, and the first of several that are equally near", () => {
    expect(nearName("db2", ["db24", "db2x", "db"])).toBe("db24");
    expect(nearName("worker", ["workers-all", "worked", "workers"])).toBe("worked");
  });

  it("is not sought for ten thousand wrong names among ten thousand: the last ones go without", () => {
    const near = nearNameAmong(Array.from({ length: 10_000 }, (_, index) => `service-${index}`));
    const found = Array.from({ length: 10_000 }, (_, index) => near(`servise-${index}`));
    expect(found[0]).toBe("service-0");
    expect(found[9999]).toBeUndefined();
  });

  it("takes two letters that are swapped for one mistake", () => {
    expect(nearName("shpo", ["ship", "shop"])).toBe("shop");
    expect(nearName("bd", ["web", "db"])).toBe("db");
  });

  it("does not take a very short name for any other", () => {
    expect(nearName("a", ["db", "xy"])).toBeUndefined();
  });
});
