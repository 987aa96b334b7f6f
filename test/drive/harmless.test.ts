import fc from "fast-check";
import { expect, test } from "vitest";
import { demultiplex, endOf } from "../../src/drive/engine/log-stream.ts";
import { harmless, oneLine } from "../../src/drive/harmless.ts";

test("control sequences, titles, bells and marks that reverse text are taken out", () => {
  expect(harmless("\u001b[31mred\u001b[0m \u001b]0;owned\u0007title\u001b]8;;http://x\u001b\\link \u0007\u202Eevil\u2066")).toBe(
    "red titlelink evil",
  );
});

test("nothing that a container prints leaves a control character, and all of it is bounded", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
      expect(harmless(text)).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/);
      expect(harmless(text).length).toBeLessThanOrEqual(501);
    }),
  );
});

test("a line of ten megabytes costs nothing and is cut", () => {
  expect(harmless("x".repeat(10_000_000))).toBe(`${"x".repeat(500)}…`);
  expect(oneLine("y\n".repeat(5_000_000))).toHaveLength(301);
});

test("of a log of many megabytes only the end is kept, and it begins with a whole piece", async () => {
  const piece = (text: string): Buffer => {
    const body = Buffer.from(text);
    const head = Buffer.alloc(8);
    head[0] = 1;
    head.writeUInt32BE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  const pieces = Array.from({ length: 2000 }, (_, index) => piece(`${"z".repeat(10_000)}${index}\n`));
  async function* stream(): AsyncIterable<Buffer> {
    // Chunks that do not end where pieces do.
    const all = Buffer.concat(pieces);
    for (let at = 0; at < all.length; at += 70_001) yield all.subarray(at, at + 70_001);
  }
  const end = await endOf(stream(), 1_000_000);
  expect(end.length).toBeLessThanOrEqual(4_100_000);
  const lines = demultiplex(end, "application/vnd.docker.multiplexed-stream").trimEnd().split("\n");
  expect(lines.at(-1)).toBe(`${"z".repeat(10_000)}1999`);
  expect(lines[0]).toMatch(/^z{10000}\d+$/);
});
