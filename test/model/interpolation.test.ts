import { env, interpolate } from "stackwright";
import { describe, expect, it } from "vitest";
import { composeText, requiredVariables } from "../../src/model/interpolation.ts";

describe("a literal text", () => {
  it("gets every $ doubled, so that it arrives as written", () => {
    expect(composeText("a$b${c}$$d")).toBe("a$$b$${c}$$$$d");
  });

  it("without $ stays as it is", () => {
    expect(composeText('plain "text"')).toBe('plain "text"');
  });
});

describe("env", () => {
  it("is required, with a message that names the variable", () => {
    expect(composeText(env("HOST"))).toBe("${HOST:?HOST is not set}");
  });

  it("takes its default where it is unset or empty", () => {
    expect(composeText(env("LEVEL", { default: "info" }))).toBe("${LEVEL:-info}");
  });

  it("takes an empty default", () => {
    expect(composeText(env("LEVEL", { default: "" }))).toBe("${LEVEL:-}");
  });

  it("has every $ of its default doubled", () => {
    expect(composeText(env("LEVEL", { default: "a$b" }))).toBe("${LEVEL:-a$$b}");
  });

  it("is an empty text where it is optional", () => {
    expect(composeText(env("LEVEL", { optional: true }))).toBe("${LEVEL-}");
  });

  it.each(["", "1A", "A-B", "A B", "$A", "{A}"])("refuses %j as the name of a variable", (name) => {
    expect(() => env(name)).toThrow(
      expect.objectContaining({ code: "invalid-stack", message: expect.stringContaining(JSON.stringify(name)) }),
    );
  });

  it.each(["a}b", "{", "}{", "${X"])("refuses the default %j, which Compose would end too early or never", (text) => {
    const refused = { code: "invalid-stack", issues: [expect.objectContaining({ path: "A", message: expect.stringContaining("braces") })] };
    expect(() => env("A", { default: text })).toThrow(expect.objectContaining(refused));
  });

  it("refuses the default of a secret, which would stand in the generated file", () => {
    const refused = { code: "invalid-stack", issues: [expect.objectContaining({ path: "A" })] };
    expect(() => env("A", { default: "hunter22", secret: true })).toThrow(expect.objectContaining(refused));
    expect(composeText(env("A", { optional: true, secret: true }))).toBe("${A-}");
  });

  it("refuses a default of several lines, which Compose does not read", () => {
    const refused = {
      code: "invalid-stack",
      issues: [expect.objectContaining({ path: "A", message: expect.stringContaining("line breaks") })],
    };
    expect(() => env("A", { default: "a\nb" })).toThrow(expect.objectContaining(refused));
  });

  it("accepts a default whose braces match", () => {
    expect(composeText(env("A", { default: '{"a":{}}' }))).toBe('${A:-{"a":{}}}');
  });

  it("can't be put into a plain template string", () => {
    expect(() => `redis://${env("HOST")}`).toThrow(
      expect.objectContaining({
        code: "invalid-stack",
        issues: [expect.objectContaining({ hint: expect.stringContaining('interpolate`...${env("NAME")}...`') })],
      }),
    );
  });
});

describe("interpolate", () => {
  it("keeps literals and variables apart", () => {
    expect(composeText(interpolate`redis://${env("HOST")}:${6379}/$0`)).toBe("redis://${HOST:?HOST is not set}:6379/$$0");
  });

  it("doubles every $ of a text that is put in", () => {
    expect(composeText(interpolate`pass=${"p$w"}`)).toBe("pass=p$$w");
  });

  it("can be put into another one", () => {
    const host = interpolate`${env("HOST", { default: "db" })}.local`;
    expect(composeText(interpolate`http://${host}/`)).toBe("http://${HOST:-db}.local/");
  });

  it("keeps a zero", () => {
    expect(composeText(interpolate`${0}`)).toBe("0");
  });
});

describe("requiredVariables", () => {
  it("names the variables without a default, in order", () => {
    const text = interpolate`${env("B")}${env("C", { default: "c" })}${env("D", { optional: true })}${env("A")}`;
    expect(requiredVariables(text)).toEqual(["B", "A"]);
  });

  it("are none in a literal text", () => {
    expect(requiredVariables("${HOST:?}")).toEqual([]);
  });
});
