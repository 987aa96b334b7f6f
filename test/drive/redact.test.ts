import fc from "fast-check";
import { expect, test } from "vitest";
import { redactor } from "../../src/drive/redact.ts";

test("a value is hidden wherever it stands", () => {
  expect(redactor(["hunter22"])("user:hunter22@db hunter22")).toBe("user:[secret]@db [secret]");
});

test("the line break at the end of a secret's file does not keep it from being found", () => {
  expect(redactor(["hunter22\n"])("password hunter22 refused")).toBe("password [secret] refused");
});

test("each line of a value of several lines is hidden", () => {
  expect(redactor(["-----BEGIN KEY-----\nMIIEow\n-----END KEY-----"])("log MIIEow")).toBe("log [secret]");
});

test("the URL, base64 and JSON forms are hidden", () => {
  const redact = redactor(['p@ss "word"']);
  expect(redact("postgres://u:p%40ss%20%22word%22@db")).toBe("postgres://u:[secret]@db");
  expect(redact(Buffer.from('p@ss "word"').toString("base64"))).toBe("[secret]");
  expect(redact(JSON.stringify({ a: 'p@ss "word"' }))).toBe('{"a":"[secret]"}');
});

test("one secret that begins with another leaves nothing of either", () => {
  expect(redactor(["secret", "secret-and-more"])("secret-and-more")).toBe("[secret]");
});

test("any value of four characters or more never comes through", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string(), fc.string(), (value, before, after) => {
      fc.pre(value.trim().length >= 4 && !"[secret]".includes(value.trim()));
      const shown = redactor([value])(`${before}${value}${after}`);
      // What stands around a hidden value may make up the value anew only with the mark itself in it.
      expect(shown.split("[secret]").some((part) => part.includes(value.trim()))).toBe(false);
    }),
  );
});
