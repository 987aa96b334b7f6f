import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { opened } from "../../src/cli/opened-stack.ts";
import { loadModule } from "../../src/load/load-stack.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const page = readFileSync(new URL("../../docs/dockerfiles.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm)].map(([, , path = "", text = ""]) => ({ path, text }));
const modules = blocks.filter(({ path }) => path.endsWith("/stack.ts"));
const results = blocks.filter(({ path }) => path.startsWith("generated/"));

/** What a stack of the page becomes, without the lines that say who wrote it. */
async function generated(path: string): Promise<ReadonlyMap<string, string>> {
  const root = temporaryFolder();
  const sources = blocks.filter((block) => dirname(block.path).startsWith(dirname(path)));
  await writeTree(root, { "package.json": "{}", ...Object.fromEntries(sources.map((block) => [block.path, block.text])) });
  const { checked, files } = opened(await loadModule({ file: join(root, path), root }));
  return new Map(files.map((file) => [`generated/${checked.name}/${file.path}`, file.text.replace(/^(#.*\n)+\n/, "")]));
}

describe("docs/dockerfiles.md", () => {
  it.each(modules.map(({ path }) => [path]))("shows a stack that is sound, and what it becomes: %s", async (path) => {
    const files = await generated(path);
    expect(files.size).toBeGreaterThan(1);
    for (const { path: name, text } of results.filter((each) => dirname(each.path) === dirname(path).replace("stacks/", "generated/"))) {
      expect({ name, text: files.get(name) }).toEqual({ name, text });
    }
  });

  it("shows no result of a stack that is not on it", () => {
    const folders = modules.map(({ path }) => dirname(path).replace("stacks/", "generated/"));
    expect(results.filter(({ path }) => !folders.includes(dirname(path)))).toEqual([]);
  });
});
