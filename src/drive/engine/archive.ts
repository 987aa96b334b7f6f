/** A file of an archive. */
export interface ArchivedFile {
  readonly text: string;
  /** When it was changed, in whole seconds since 1970. */
  readonly changedAt: number;
}

const BLOCK = 512;

/** The first regular file of an archive in the tar format; `undefined` where there is none, e.g. for a folder. */
export function firstFileOf(archive: Uint8Array): ArchivedFile | undefined {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const size = octal(archive, at + 124, 12);
    const type = textOf(archive, at + 156, 1);
    const content = at + BLOCK;
    if (type === "0" || type === "\0") return { text: textOf(archive, content, size), changedAt: octal(archive, at + 136, 12) };
    // Headers that only say more of the next entry come first.
    if (type !== "x" && type !== "g") return undefined;
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

function octal(archive: Uint8Array, start: number, length: number): number {
  return Number.parseInt(textOf(archive, start, length), 8) || 0;
}

function textOf(archive: Uint8Array, start: number, length: number): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(archive.subarray(start, start + length));
}
