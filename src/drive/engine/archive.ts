const BLOCK = 512;

/** The text of the first regular file of an archive in the tar format; `undefined` where there is none, e.g. for a folder. */
export function firstFileOf(archive: Buffer): string | undefined {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const size = Number.parseInt(archive.toString("latin1", at + 124, at + 136), 8) || 0;
    const type = archive.toString("latin1", at + 156, at + 157);
    const content = at + BLOCK;
    if (type === "0" || type === "\0") return archive.toString("utf8", content, content + size);
    // Headers that only say more of the next entry come first.
    if (type !== "x" && type !== "g") return undefined;
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}
