const BLOCK = 512;

/** The first thing in an archive. */
export interface ArchiveEntry {
  /** Whether it is a regular file, and no folder, link or device. */
  readonly isFile: boolean;
  /** Its permissions, e.g. 0o755. */
  readonly mode: number;
  /** As much of it as there is. */
  readonly content: Uint8Array;
}

/** The first entry of an archive in the tar format, or of its beginning; `undefined` where there is none. */
export function firstEntryOf(archive: Uint8Array): ArchiveEntry | undefined {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const size = octal(archive, at + 124, 12);
    const type = textOf(archive.subarray(at + 156, at + 157));
    const content = at + BLOCK;
    // Headers that only say more of the next entry come first.
    if (type !== "x" && type !== "g")
      return {
        isFile: type === "0" || type === "\0",
        mode: octal(archive, at + 100, 8),
        content: archive.subarray(content, content + size),
      };
    at = content + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

/** The text of the first entry of an archive; `undefined` where that is no regular file, e.g. a folder. */
export function firstFileOf(archive: Uint8Array): string | undefined {
  const entry = firstEntryOf(archive);
  return entry?.isFile === true ? textOf(entry.content) : undefined;
}

function octal(archive: Uint8Array, start: number, length: number): number {
  return Number.parseInt(textOf(archive.subarray(start, start + length)), 8) || 0;
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
