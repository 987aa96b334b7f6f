import { execa } from "execa";
import { StackError } from "../errors.ts";
import type { ImageContents } from "../model/image-contents.ts";
import { USUAL_PATH } from "../model/usual-path.ts";
import { type ArchiveEntry, firstEntryOf } from "./engine/archive.ts";

/**
 * Which of these programs a local image has on its PATH, and which of these scripts, by looking into its file system; nothing of it
 * runs. `undefined` where the image is not on this machine.
 *
 * @throws {StackError} `no-engine`, or `create-failed` where the engine can't make a container of it.
 */
export async function contentsOf(image: string, { programs, scripts }: ImageContents): Promise<ImageContents | undefined> {
  const created = await createUnstarted(image);
  if (created === undefined) return undefined;
  const { id, folders } = created;
  try {
    const [foundPrograms, foundScripts] = await Promise.all([
      those(programs, (program) => isIn(id, folders, program)),
      those(scripts, async (script) => (await entryAt(id, script)) !== undefined),
    ]);
    return { programs: foundPrograms, scripts: foundScripts };
  } finally {
    await execa("docker", ["rm", "--force", "--volumes", id], { reject: false });
  }
}

async function those(names: ReadonlySet<string>, isThere: (name: string) => Promise<boolean>): Promise<ReadonlySet<string>> {
  const found = await Promise.all([...names].map(async (name) => ((await isThere(name)) ? [name] : [])));
  return new Set(found.flat());
}

async function createUnstarted(image: string): Promise<{ id: string; folders: readonly string[] } | undefined> {
  const inspected = await execa("docker", ["image", "inspect", "--format", "{{json .Config.Env}}", image], { reject: false });
  if (inspected.exitCode !== 0) {
    requireEngine(inspected.stderr);
    return undefined;
  }
  const env = (JSON.parse(inspected.stdout) as string[] | null) ?? [];
  const path = env.find((each) => each.startsWith("PATH="))?.slice("PATH=".length) ?? USUAL_PATH;
  // A command is demanded even where none will run.
  const created = await execa("docker", ["create", "--pull", "never", "--network", "none", image, "true"], { reject: false });
  if (created.exitCode !== 0) {
    requireEngine(created.stderr);
    throw StackError.of("create-failed", `${image} can't be looked into: ${created.stderr.trim()}`);
  }
  return { id: created.stdout.trim(), folders: path.split(":").filter((folder) => folder !== "") };
}

async function isIn(id: string, folders: readonly string[], program: string): Promise<boolean> {
  const places = program.startsWith("/") ? [program] : folders.map((folder) => `${folder}/${program}`);
  for (const place of places) if (await isProgram(id, place)) return true;
  return false;
}

const ANY_EXECUTE = 0o111;

/** Whether there is a file that may be executed, or a link to one. */
async function isProgram(id: string, place: string): Promise<boolean> {
  const entry = await entryAt(id, place);
  return entry?.isFile === true && (entry.mode & ANY_EXECUTE) !== 0;
}

/** What is there, or where a link leads. How its archive begins tells; the rest, which may be large, is not read. */
async function entryAt(id: string, place: string): Promise<ArchiveEntry | undefined> {
  const copy = execa("docker", ["cp", "--follow-link", `${id}:${place}`, "-"], { reject: false, buffer: false, encoding: "buffer" });
  let beginning = new Uint8Array();
  for await (const chunk of copy) {
    beginning = Buffer.concat([beginning, chunk]);
    if (firstEntryOf(beginning) !== undefined) break;
  }
  copy.kill();
  await copy;
  return firstEntryOf(beginning);
}

function requireEngine(said: string): void {
  if (!/cannot connect|is the docker daemon running|failed to connect/i.test(said)) return;
  throw StackError.of("no-engine", `no Docker Engine answers: ${said.trim()}`);
}
