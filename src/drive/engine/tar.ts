/** A file of an archive. */
export interface TarFile {
  /** Absolute, or relative to where it is unpacked. */
  readonly path: string;
  readonly text: string;
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

const BLOCK = 512;

/** An archive of files in the ustar format, as the engine unpacks it. */
export function tarOf(files: readonly TarFile[]): Buffer {
  return Buffer.concat([...files.flatMap(entryOf), Buffer.alloc(2 * BLOCK)]);
}

/** The text of the first file of an archive. */
export function firstFileOf(archive: Buffer): string {
  const size = Number.parseInt(archive.toString("latin1", 124, 135), 8);
  return archive.toString("utf8", BLOCK, BLOCK + size);
}

function entryOf({ path, text, uid, gid, mode }: TarFile): readonly Buffer[] {
  const body = Buffer.from(text, "utf8");
  const header = Buffer.alloc(BLOCK);
  const [prefix, name] = splitPath(path.replace(/^\/+/, ""));
  header.write(name, 0);
  header.write(octal(mode, 7), 100);
  header.write(octal(uid, 7), 108);
  header.write(octal(gid, 7), 116);
  header.write(octal(body.length, 11), 124);
  header.write(octal(Math.floor(Date.now() / 1000), 11), 136);
  header.write("0", 156); // a regular file
  header.write("ustar\x0000", 257);
  header.write(prefix, 345);
  // The checksum counts its own field as blanks.
  header.write("        ", 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148);
  return [header, body, Buffer.alloc((BLOCK - (body.length % BLOCK)) % BLOCK)];
}

// A name has room for 100 bytes; what is longer is cut at a slash.
function splitPath(path: string): readonly [prefix: string, name: string] {
  if (Buffer.byteLength(path) <= 100) return ["", path];
  const cut = path.indexOf("/", path.length - 101);
  return [path.slice(0, cut), path.slice(cut + 1)];
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, "0");
}
