import { mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

// Needs dist/: `npm run build`.
const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const DIST = join(REPOSITORY, "dist");

const compile = async (compiler: string, folder: string) => {
  const tsc = join(REPOSITORY, "node_modules", compiler, "bin/tsc");
  const { exitCode, stdout } = await execa(process.execPath, [tsc, "-p", folder], { reject: false });
  return { exitCode, stdout };
};

describe.each(["typescript", "typescript-5"])("the published declarations, read by %s", (compiler) => {
  it("accept what must compile and refuse what must not", async () => {
    const folder = temporaryFolder();
    const paths = { stackwright: [join(DIST, "index.d.ts")] };
    const files = ["types", "compiles"].map((each) => join(REPOSITORY, `test/model/${each}.test.ts`));
    await writeTree(folder, {
      "tsconfig.json": JSON.stringify({
        extends: join(REPOSITORY, "tsconfig.json"),
        compilerOptions: { paths, types: [] },
        files,
        include: [],
      }),
    });
    expect(await compile(compiler, folder)).toEqual({ exitCode: 0, stdout: "" });
  });

  it.each(["nodenext", "preserve"])("are sound by themselves, with modules as %s", async (module) => {
    const folder = temporaryFolder();
    const compilerOptions = { target: "es2022", module, strict: true, noEmit: true, skipLibCheck: false, types: [] };
    await writeTree(folder, {
      "package.json": '{ "type": "module" }',
      "tsconfig.json": JSON.stringify({ compilerOptions, files: ["stack.ts"] }),
      "stack.ts": 'import { service, stack } from "stackwright";\nexport default stack("a", [service("b", { image: "c" })]);\n',
    });
    mkdirSync(join(folder, "node_modules"));
    symlinkSync(REPOSITORY, join(folder, "node_modules/stackwright"), "dir");
    expect(await compile(compiler, folder)).toEqual({ exitCode: 0, stdout: "" });
  });
});

describe("the published declarations", () => {
  it("say exactly what the schemas say, and stand the cases that look into the schemas", async () => {
    expect(await compile("typescript", join(REPOSITORY, "test/published"))).toEqual({ exitCode: 0, stdout: "" });
  });

  it("bring no library's types along", () => {
    const files = readdirSync(DIST, { recursive: true, encoding: "utf8" }).filter((each) => each.endsWith(".d.ts"));
    const imported = files.flatMap((each) => [...readFileSync(join(DIST, each), "utf8").matchAll(/(?:from |import\()"([^".][^"]*)"/g)]);
    expect(imported.map(([, name]) => name)).toEqual([]);
  });
});
