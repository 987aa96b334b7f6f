const BLOCK = 512;

/** The text of the first regular file of an archive in the tar format; `undefined` where there is none, e.g. for a folder. */
export function firstFileOf(archive: Uint8Array): string | undefined {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const size = Number.parseInt(textOf(archive, at + 124, 12), 8) || 0;
    const type = textOf(archive, at + 156, 1);
    const content = at + BLOCK;
    if (type === "0" || type === "\0") return textOf(archive, content, size);
    // Headers that only say more of the next entry come first.
    if (type !== "x" && type !== "g") return undefined;
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

function textOf(archive: Uint8Array, start: number, length: number): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(archive.subarray(start, start + length));
}
