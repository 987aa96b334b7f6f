import { chmod, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { execaSync } from "execa";
import { describe, expect, it } from "vitest";
import { firstEntryOf, firstFileOf } from "../../../src/drive/engine/archive.ts";
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

describe("the first entry of an archive", () => {
  it("tells a program from a text, a folder and a link", async () => {
    const folder = temporaryFolder();
    await writeTree(folder, { program: "#!/bin/sh", text: "hello" });
    await chmod(join(folder, "program"), 0o755);
    await chmod(join(folder, "text"), 0o640);
    await symlink("program", join(folder, "link"));
    await mkdir(join(folder, "folder"));
    const entryOf = (name: string) => {
      const { stdout } = execaSync("tar", ["--create", "--directory", folder, name], { encoding: "buffer" });
      return firstEntryOf(Buffer.from(stdout));
    };
    expect(entryOf("program")).toMatchObject({ isFile: true, mode: 0o755 });
    expect(entryOf("text")).toMatchObject({ isFile: true, mode: 0o640 });
    expect(entryOf("link")?.isFile).toBe(false);
    expect(entryOf("folder")?.isFile).toBe(false);
  });

  it("is known by its beginning", async () => {
    const archive = await archiveOf({ "a.txt": "x".repeat(10_000) });
    expect(firstEntryOf(archive.subarray(0, 1000))).toMatchObject({ isFile: true });
    expect(firstEntryOf(archive.subarray(0, 511))).toBeUndefined();
  });
});
