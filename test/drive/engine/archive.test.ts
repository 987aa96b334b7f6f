import { execaSync } from "execa";
import { describe, expect, it } from "vitest";
import { firstFileOf } from "../../../src/drive/engine/archive.ts";
import { temporaryFolder, writeTree } from "../../temporary-folder.ts";

/** An archive by the machine's own tar. */
async function archiveOf(files: Readonly<Record<string, string>>, ...options: readonly string[]): Promise<Buffer> {
  const folder = temporaryFolder();
  await writeTree(folder, files);
  const { stdout } = execaSync("tar", ["--create", "--directory", folder, ...options, ...Object.keys(files)], {
    encoding: "buffer",
  });
  return Buffer.from(stdout);
}

describe("the first file of an archive", () => {
  it.each(["ustar", "gnu", "pax"])("has its text: %s", async (format) => {
    const text = `${"line with ünïcödé\n".repeat(100)}end`;
    expect(firstFileOf(await archiveOf({ "app.conf": text }, "--format", format))).toBe(text);
  });

  it("is found behind headers that only say more of it", async () => {
    const archive = await archiveOf({ "a.txt": "x" }, "--format", "pax", "--pax-option", "comment=hello");
    expect(archive.toString("latin1", 156, 157)).toMatch(/[xg]/);
    expect(firstFileOf(archive)).toBe("x");
  });

  it("is nothing where the archive is of a folder, empty or no archive", async () => {
    expect(firstFileOf(await archiveOf({ "folder/a.txt": "x" }, "folder"))).toBeUndefined();
    expect(firstFileOf(Buffer.alloc(1024)) ?? "").toBe("");
    expect(firstFileOf(Buffer.from("x"))).toBeUndefined();
  });
});
