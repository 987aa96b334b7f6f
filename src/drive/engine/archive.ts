/** A file of an archive. */
export interface ArchivedFile {
  readonly text: string;
  /** When it was changed, in whole seconds since 1970. */
  readonly changedAt: number;
}

const BLOCK = 512;

/** The first regular file of an archive in the tar format; `undefined` where there is none, e.g. for a folder. */
export function firstFileOf(archive: Buffer): ArchivedFile | undefined {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const size = octal(archive, at + 124, 12);
    const type = archive.toString("latin1", at + 156, at + 157);
    const content = at + BLOCK;
    if (type === "0" || type === "\0")
      return { text: archive.toString("utf8", content, content + size), changedAt: octal(archive, at + 136, 12) };
    // Headers that only say more of the next entry come first.
    if (type !== "x" && type !== "g") return undefined;
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

function octal(archive: Buffer, start: number, length: number): number {
  return Number.parseInt(archive.toString("latin1", start, start + length), 8) || 0;
}
