import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { MARK } from "../emit/emitted-file.ts";

// What is ever generated: nothing else is opened, however much lies beside it.
const GENERATED = /^(?:compose\.yaml|[^/]+\.Dockerfile(?:\.dockerignore)?|parts\/[^/]+\.yaml)$/;

/** Files below a folder, relative to it, that an earlier `generate` wrote and nothing asks for any more; sorted. */
export async function leftoverFiles(folder: string, wanted: ReadonlySet<string>): Promise<readonly string[]> {
  const names = [...(await filesIn(folder)), ...(await filesIn(join(folder, "parts"))).map((name) => `parts/${name}`)];
  const candidates = names.filter((name) => GENERATED.test(name) && !wanted.has(name)).sort();
  const marked = await Promise.all(candidates.map((name) => isMarked(join(folder, name))));
  return candidates.filter((_, index) => marked[index]);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function isMarked(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(500), 0, 500, 0);
      return buffer.toString("utf8", 0, bytesRead).includes(MARK);
    } finally {
      await file.close();
    }
  } catch {
    // What can't be read is not known to be ours.
    return false;
  }
}
