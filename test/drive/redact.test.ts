import fc from "fast-check";
import { expect, test } from "vitest";
import { redactor } from "../../src/drive/secrets/redact.ts";

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

test("the forms of other encoders are hidden, too", () => {
  const redact = redactor(["it's (a) päss/word"]);
  // Python's quote and quote_plus, PHP's json_encode.
  expect(redact("it%27s%20%28a%29%20p%C3%A4ss%2Fword")).toBe("[secret]");
  expect(redact("it's+(a)+p%c3%a4ss%2fword".replaceAll("+", "%20"))).toBe("[secret]");
  expect(redact("it's+(a)+p%C3%A4ss%2Fword")).toBe("[secret]");
  expect(redact("it's (a) päss\\/word")).toBe("[secret]");
});

test("in base64 a value is hidden wherever it stands in what was encoded", () => {
  const redact = redactor(["correct-horse-battery"]);
  const inside = Buffer.from("correct-horse-battery").toString("base64").slice(2, 24);
  for (const user of ["", "a", "ab", "abc", "admin"]) {
    for (const after of ["", "x", "xy"]) {
      const shown = redact(`Authorization: Basic ${Buffer.from(`${user}:correct-horse-battery${after}`).toString("base64")}`);
      expect(shown).toContain("[secret]");
      expect(shown.length).toBeLessThan(60);
      expect(shown).not.toContain(inside);
    }
  }
});

test("where a text was cut within a value, its beginning is hidden", () => {
  const redact = redactor(["hunter22.and.more"]);
  expect(redact("password=hunter22.an…")).toBe("password=[secret]…");
  expect(redact("one hunt… two hunter22... three hunter2 four")).toBe("one [secret]… two [secret]... three hunter2 four");
  expect(redact("waiting for hun...")).toBe("waiting for hun...");
});

test("a value of two or three characters is hidden where it stands alone", () => {
  const redact = redactor(["shh", "q7\n", "1"]);
  expect(redact("log shh, password=shh; pushhard, 1 shh2 q7")).toBe("log [secret], password=[secret]; pushhard, 1 shh2 [secret]");
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
