import { describe, expect, it } from "vitest";
import { resolveText } from "../../src/drive/resolve-text.ts";
import { env, interpolate } from "../../src/model/env.ts";
import { interpolationOf, type Operator } from "../../src/model/interpolation.ts";

const VARIABLES = { SET: "value", EMPTY: "" };
const withOperator = (name: string, operator: Operator) => interpolationOf([{ name, operator, operand: ["other"] }]);

describe("a text with variables", () => {
  it("gets the variables' values, and a plain one stays as it is", () => {
    expect(resolveText(interpolate`http://${env("SET")}:80/$x`, VARIABLES)).toBe("http://value:80/$x");
    expect(resolveText("$SET ${SET}", VARIABLES)).toBe("$SET ${SET}");
    expect(resolveText(env("UNSET", { default: "other" }), VARIABLES)).toBe("other");
    expect(resolveText(env("UNSET", { optional: true }), VARIABLES)).toBe("");
  });

  // https://docs.docker.com/reference/compose-file/interpolation/
  it.each([
    [":-", "value", "other", "other"],
    ["-", "value", "", "other"],
    [":+", "other", "", ""],
    ["+", "other", "other", ""],
  ] as const)("%s is what Compose makes of it", (operator, set, empty, unset) => {
    const texts = ["SET", "EMPTY", "UNSET"].map((name) => resolveText(withOperator(name, operator), VARIABLES));
    expect(texts).toEqual([set, empty, unset]);
  });
});
