import { mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { firstFileOf, tarOf } from "../../../src/drive/engine/tar.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const file = { path: "/run/secrets/token", text: "ünï\ncode", uid: 0, gid: 0, mode: 0o444 };

describe("an archive", () => {
  it("is unpacked by tar: every file, its text and its mode, however long its path", async () => {
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const long = `/etc/${"folder/".repeat(20)}conf`;
    await execa("tar", ["--extract", "--no-same-owner", "--directory", folder], {
      input: tarOf([file, { ...file, path: long, text: "x".repeat(1024), mode: 0o640 }]),
    });
    expect(readFileSync(join(folder, "run/secrets/token"), "utf8")).toBe("ünï\ncode");
    expect(readFileSync(join(folder, long), "utf8")).toBe("x".repeat(1024));
    expect(statSync(join(folder, "run/secrets/token")).mode & 0o777).toBe(0o444);
  });

  it("gives back the text of its first file", () => {
    expect(firstFileOf(tarOf([file]))).toBe("ünï\ncode");
    expect(firstFileOf(tarOf([{ ...file, text: "" }]))).toBe("");
  });
});
