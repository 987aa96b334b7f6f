import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript-5";
import { interfaceFlattener } from "./flat-interfaces.mjs";
import { reachableDeclarations } from "./reachable.mjs";

/** Makes of the declarations in a folder, as the compiler wrote them for each module in `src`, what is published. */
export function writeDeclarations(folder) {
  const texts = flatTexts(folder);
  rmSync(folder, { recursive: true });
  for (const [path, text] of reachableDeclarations(texts, "index.d.ts")) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

function flatTexts(folder) {
  const program = programOf("src/index.ts");
  const flatten = interfaceFlattener(program);
  const texts = new Map();
  for (const path of declarationsIn(folder)) {
    const source = program.getSourceFile(join(process.cwd(), "src", path.replace(/\.d\.ts$/, ".ts")));
    const text = readFileSync(join(folder, path), "utf8");
    // What the entry does not import is not published.
    if (source !== undefined) texts.set(path, flatten(source, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)));
  }
  return texts;
}

// The compiler that checks the project calls its programming interface unstable: this is that of its predecessor.
function programOf(entry) {
  const { config } = ts.readConfigFile("tsconfig.build.json", ts.sys.readFile);
  return ts.createProgram([entry], ts.parseJsonConfigFileContent(config, ts.sys, process.cwd()).options);
}

function declarationsIn(folder) {
  return readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".d.ts"));
}
