import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What the compiler says of examples, as strict as it can be; empty where they compile. The files' names are relative paths. */
export async function compilerErrors(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = temporaryFolder();
  const paths = { stackwright: [join(root, "src/index.ts")], vitest: [join(root, "node_modules/vitest/dist/index.d.ts")] };
  const options = { noEmit: true, incremental: false, typeRoots: [join(root, "node_modules/@types")], types: ["node"], paths };
  const configuration = { extends: join(root, "tsconfig.json"), compilerOptions: options, include: ["**/*.ts", "**/*.mts"] };
  await writeTree(folder, { ...files, "tsconfig.json": JSON.stringify(configuration), "package.json": '{ "type": "module" }' });
  try {
    execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder], {
      cwd: folder,
      encoding: "utf8",
      stdio: "pipe",
    });
    return "";
  } catch (error) {
    return String((error as { stdout?: string }).stdout);
  }
}
