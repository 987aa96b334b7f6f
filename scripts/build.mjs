// Builds dist/: declarations by tsc, written out flat, and JavaScript in one large file, because loading hundreds of small ones
// (our own and those of zod, yaml, commander and execa) is what a command line mostly waits for; src/start/ loads it, with
// what V8 made of it the last time. jiti's compiler stays outside: it is large, and loaded only for a module that has changed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeDeclarations } from "./declarations/write-declarations.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
rmSync("dist", { recursive: true, force: true });

const tsc = "node_modules/typescript/bin/tsc";
const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--emitDeclarationOnly"], { stdio: "inherit" });
if (status !== 0) process.exit(status ?? 1);
writeDeclarations("dist");

/** Takes the compiler of jiti from where jiti is installed. */
const JITI = {
  name: "jiti",
  setup({ onResolve, onLoad }) {
    // What is required, and not what is imported: that loads the compiler at once.
    onResolve({ filter: /^jiti$/ }, () => ({ path: createRequire(import.meta.url).resolve("jiti") }));
    onLoad({ filter: /jiti.dist.babel\.cjs$/ }, () => ({
      contents: `const { createRequire } = require("node:module");
module.exports = createRequire(createRequire(__filename).resolve("jiti"))("../dist/babel.cjs");`,
    }));
  },
};

const COMMON = { bundle: true, format: "cjs", platform: "node", target: "node20", plugins: [JITI] };

const { metafile } = await build({
  ...COMMON,
  stdin: {
    contents: 'export * from "./src/index.ts"; export const cli = async () => (await import("./src/cli/main.ts")).cli();',
    resolveDir: ".",
  },
  outfile: "dist/start/stackwright.cjs",
  metafile: true,
  // Names are left as they are: they stand in stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
  // An error that nobody catches is printed below its line.
  lineLimit: 200,
  define: { "import.meta.url": "importMetaUrl" },
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
});

const text = readFileSync("dist/start/stackwright.cjs");
if (text.some((byte) => byte > 127)) throw new Error("the bundle must be ASCII (write \\u00b5 in regular expressions): it is read as such");
await build({
  ...COMMON,
  entryPoints: ["src/start/load-bundle.ts"],
  outfile: "dist/start/load-bundle.cjs",
  define: { BUILD: JSON.stringify(createHash("sha256").update(text).digest("hex").slice(0, 16)) },
});

// The command line and the modules that import the library load the same copy of everything.
writeFileSync(
  "dist/start/main.cjs",
  `#!/usr/bin/env node
void require("./load-bundle.cjs").loadBundle(process.argv[2] ?? "help").cli();
`,
  { mode: 0o755 },
);
// Names one by one: in so large a file Node finds none.
const { cli, ...library } = createRequire(import.meta.url)("../dist/start/stackwright.cjs");
writeFileSync(
  "dist/index.js",
  `import { createRequire } from "node:module";
const { loadBundle } = createRequire(import.meta.url)("./start/load-bundle.cjs");
export const { ${Object.keys(library).sort().join(", ")} } = loadBundle("library");
`,
);

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
