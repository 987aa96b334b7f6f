import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { describe, expect, it } from "vitest";

// Needs dist/: `npm run build`. What must not compile does so without its `@ts-expect-error` where somebody writes it.
const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const FILES = ["test/model/types.test.ts", "test/model/schema/types.test.ts"].map((each) => `${ROOT}${each}`);

/** An error of the compiler: the path of the attribute at fault, and what the compiler underlines. */
interface Underlined {
  readonly path: string;
  readonly node: ts.Node;
}

describe("an error of the compiler", () => {
  const found = errors();

  it("is there for each of the cases, once", () => {
    const expected = FILES.map((each) => readFileSync(each, "utf8").match(/\/\/ @ts-expect-error/g)?.length ?? 0);
    expect(found).toHaveLength(expected.reduce((sum, each) => sum + each));
  });

  const atPaths = found.filter(({ path }) => path !== "");

  it(`underlines the attribute, the item of a list or the object that lacks one: ${atPaths.length} cases`, () => {
    expect(atPaths.length).toBeGreaterThan(90);
    expect(atPaths.filter((each) => !isAtFault(each)).map(({ path, node }) => `${path}: ${node.getText()}`)).toEqual([]);
  });
});

function isAtFault({ path, node }: Underlined): boolean {
  const name = path.split(".").at(-1) ?? "";
  if (ts.isPropertyName(node) && ts.isPropertyAssignment(node.parent) && node.parent.name === node)
    return node.getText().replace(/^"|"$/g, "") === name;
  if (ts.isObjectLiteralExpression(node) && !/^\d+$/.test(name)) return !node.properties.some((each) => each.name?.getText() === name);
  // `data.at("data")`: the path in the container is an argument.
  return ts.isArrayLiteralExpression(node.parent) || (name === "target" && ts.isCallExpression(node.parent));
}

function errors(): readonly Underlined[] {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const published = { ...options, paths: { stackwright: [`${ROOT}dist/index.d.ts`] } };
  const host = ts.createCompilerHost(published);
  const read = host.getSourceFile;
  host.getSourceFile = (file, how) =>
    FILES.includes(file)
      ? ts.createSourceFile(file, readFileSync(file, "utf8").replaceAll("@ts-expect-error", "expected"), how, true)
      : read(file, how);
  const program = ts.createProgram(FILES, published, host);
  return FILES.flatMap((file) => {
    const source = program.getSourceFile(file) as ts.SourceFile;
    return program.getSemanticDiagnostics(source).map(({ start = 0, length = 0 }) => ({
      path: pathAbove(source, start),
      node: nodeAt(source, start, start + length),
    }));
  });
}

// The path that the check refuses stands above the comment; some cases have none.
function pathAbove(source: ts.SourceFile, start: number): string {
  const { line } = source.getLineAndCharacterOfPosition(start);
  const above = source.text.split("\n")[line - 2] ?? "";
  return /^ +(?:path: )?"([^" ]+)",$/.exec(above)?.[1] ?? "";
}

function nodeAt(source: ts.SourceFile, start: number, end: number): ts.Node {
  const find = (node: ts.Node): ts.Node | undefined => {
    if (node.getStart(source) > start || node.end < end) return undefined;
    return ts.forEachChild(node, find) ?? node;
  };
  return find(source) ?? source;
}
