import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readSources } from "../../src/load/read-sources.ts";

const folder = mkdtempSync(join(tmpdir(), "sources-"));
const path = join(folder, "Dockerfile");

it("reads a file as it is, its byte order mark too", () => {
  writeFileSync(path, "\ufeffFROM a\r\n# \u00fc\n");
  expect(readSources([{ path, optional: false }]).get(path)).toBe("\ufeffFROM a\r\n# \u00fc\n");
});

it("refuses bytes that a copy could not keep, with their line", () => {
  writeFileSync(path, Buffer.from('FROM a\nLABEL a="M\u00fcller"\n', "latin1"));
  expect(() => readSources([{ path, optional: false }])).toThrow(
    expect.objectContaining({ code: "file", issues: [expect.objectContaining({ source: `${path}:2:1` })] }),
  );
});
