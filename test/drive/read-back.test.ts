import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBack } from "../../src/drive/secrets/read-back.ts";
import { env, interpolate } from "../../src/model/env.ts";

const PW = env("PW");
const asked = new Set(["PW"]);

describe("the value of a variable is read back", () => {
  it.each([
    ["alone", PW, "hunter22", ["hunter22"]],
    ["within a text", interpolate`redis://:${PW}@cache:6379`, "redis://:hunter22@cache:6379", ["hunter22"]],
    ["beside other variables", interpolate`${env("USER")}:${PW}@${env("HOST")}`, "me:hunter22@db", ["hunter22"]],
    ["each time that it stands there", interpolate`${PW}/${PW}`, "hunter22/hunter22", ["hunter22"]],
    ["with its default", env("PW", { default: "x" }), "hunter22", ["hunter22"]],
    ["with line breaks", interpolate`key = ${PW}\n`, "key = one\ntwo\n", ["one\ntwo"]],
  ])("%s", (_, text, became, values) => {
    expect(readBack(text, became, asked)).toEqual(expect.arrayContaining(values));
  });

  it("in every reading, where it holds what stands behind it", () => {
    expect(readBack(interpolate`${env("USER")}:${PW}@${env("HOST")}`, "me:p@ss:w@db", asked)).toContain("p@ss:w");
  });

  it("together with what follows it at once", () => {
    expect(readBack(interpolate`(${PW}${env("HOST")})`, "(hunter22db)", asked)).toContain("hunter22db");
  });

  it("as all that is there, where the text is another one by now", () => {
    expect(readBack(interpolate`old ${PW}`, "new hunter22", asked)).toEqual(["new hunter22"]);
    expect(readBack(interpolate`ab${PW}bc`, "abc", asked)).toEqual(["abc"]);
  });

  it("and no other", () => {
    expect(readBack(interpolate`${env("USER")}:${env("HOST")}`, "me:db", asked)).toEqual([]);
    expect(readBack("plain", "plain", asked)).toEqual([]);
  });

  it("whatever it is and whatever stands around it", () => {
    const literal = fc.string({ maxLength: 4, unit: fc.constantFrom("a", "b", ":") });
    fc.assert(
      fc.property(literal, literal, literal, literal, literal, (before, user, between, value, after) => {
        const text = interpolate`${before}${env("USER")}${between}${PW}${after}`;
        const readings = readBack(text, `${before}${user}${between}${value}${after}`, asked);
        expect(readings.some((each) => each.includes(value))).toBe(true);
      }),
    );
  });
});
