import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOSTILE, hostileKey, hostileText } from "./hostile.ts";
import { emittedService, undoubled } from "./layout.ts";

const VERSIONS = ["1.1", "1.2"] as const;

describe.each(VERSIONS)("a hostile text, read as YAML %s", (version) => {
  it.each(HOSTILE.map((text) => [text]))("%j comes back", (text) => {
    const read = emittedService({ environment: { A: text }, command: [text], labels: { a: text } }, { version });
    expect([read.environment.A, read.command[0], read.labels.a].map(undoubled)).toEqual([text, text, text]);
  });

  it("comes back from environment, command, entrypoint and labels", () => {
    const map = fc.dictionary(fc.stringMatching(/^[A-Za-z_]\w*$/), hostileText, { noNullPrototype: true });
    fc.assert(
      fc.property(map, fc.array(hostileText), hostileText, (values, words, text) => {
        const read = emittedService({ environment: values, command: words, entrypoint: [text], labels: values }, { version });
        const back = Object.fromEntries(Object.entries(read.environment as object).map(([key, value]) => [key, undoubled(value)]));
        expect(back).toEqual(values);
        expect(read.labels).toEqual(read.environment);
        expect(read.command.map(undoubled)).toEqual(words);
        expect(undoubled(read.entrypoint[0])).toBe(text);
      }),
    );
  });

  it("comes back as a key", () => {
    fc.assert(
      fc.property(hostileKey, (key) => {
        const read = emittedService({ labels: { [key]: "1" } }, { version }).labels;
        if (key.startsWith("x-")) expect(read.map(undoubled)).toEqual([`${key}=1`]);
        else expect(read).toEqual({ [key]: "1" });
      }),
    );
  });
});

describe("numbers and booleans of an environment", () => {
  it("arrive as text", () => {
    expect(emittedService({ environment: { A: 10, B: 1.5, C: true, D: -0 } }).environment).toEqual({
      A: "10",
      B: "1.5",
      C: "true",
      D: "0",
    });
  });
});
