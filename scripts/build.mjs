// Builds dist/: declarations by tsc, written out flat, and JavaScript in a few large files, because loading hundreds of small ones
// (our own and those of zod, yaml, commander and execa) is what a command line mostly waits for: measured, the whole of
// `stackwright generate` takes 0.7 of the time. jiti stays outside: it loads its compiler only when it needs it.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeDeclarations } from "./declarations/write-declarations.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync("dist", { recursive: true, force: true });

const tsc = "node_modules/typescript/bin/tsc";
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--emitDeclarationOnly"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
writeDeclarations("dist");

const { metafile } = await build({
  entryPoints: ["src/index.ts", "src/cli/main.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["jiti"],
  metafile: true,
  // Some of the packages are CommonJS and ask for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as createRequireForBundle } from "node:module"; const require = createRequireForBundle(import.meta.url);',
  },
});

writeFileSync("dist/THIRD-PARTY-LICENSES.txt", licensesOf(Object.keys(metafile.inputs)));

/** The licences of the packages whose code is in the bundle. */
function licensesOf(inputs) {
  const packages = new Set(inputs.flatMap((input) => input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []));
  const texts = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    return `${name} ${version} (${license})\n\n${licenseText(folder)}`;
  });
  return texts.join(`\n${"-".repeat(80)}\n\n`);
}

function licenseText(folder) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  return readFileSync(`${folder}/${file}`, "utf8");
}
