import { fileURLToPath } from "node:url";
import ts from "typescript-5";
import { describe, expect, it } from "vitest";
import { branchesOf, camelCase, type Official, official, valuesOf } from "../model/schema/specification.ts";

// Needs dist/: `npm run build`. What stands in the declaration of an attribute is what an editor shows.
const ENTRY = fileURLToPath(new URL("../../dist/index.d.ts", import.meta.url));
const program = ts.createProgram([ENTRY], { strict: true, exactOptionalPropertyTypes: true, types: [] });
const checker = program.getTypeChecker();

/** The official schema's places and the published type that describes each. */
const ROOTS = {
  services: "ServiceSpec",
  networks: "NetworkSpec",
  volumes: "VolumeSpec",
  secrets: "SecretSpec",
  configs: "ConfigSpec",
  models: "ModelSpec",
  include: "StackOptions",
};

interface Attribute {
  readonly path: string;
  /** The attribute of a published type; absent where none has it. */
  readonly symbol: ts.Symbol | undefined;
  /** What the official schema says of it. */
  readonly piece: Official;
}

const LINE = /^\S[^\n]* @see https:\/\/docs\.docker\.com\/reference\/compose-file\/\S+$/;

/** What numbers count. */
const UNIT =
  /\b(?:how many|the most|times?|bytes|microseconds|percentage|processors|processes|operations a second|from -?\d+ to \d+|share|ports?|mode|tokens|failures|highest|ids?)\b/i;

// A secret or config is given by its handle, which has no attribute of that name.
const HANDLES = ["services.*.build.secrets[].source", "services.*.configs[].source", "services.*.secrets[].source"];

describe("the published documentation", () => {
  const found = Object.entries(ROOTS).flatMap(([place, name]) => attributesOf(place, exported(name)));
  const paths = new Set(found.map(({ path }) => path));

  it(`is looked at for each of the ${paths.size} attributes of the official schema`, () => {
    expect([...paths].filter((path) => /^services\.\*\.\w+$/.test(path))).toHaveLength(92);
    expect(found.flatMap(({ path, symbol }) => (symbol === undefined ? [path] : []))).toEqual(HANDLES);
  });

  it("is one line with a link into the specification", () => {
    const wrong = found.filter(({ symbol }) => symbol !== undefined && !LINE.test(documentationOf(symbol)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("says the default of what may be left out", () => {
    const wrong = found.filter(({ symbol }) => symbol !== undefined && isOptional(symbol) && !/ Default: \S/.test(documentationOf(symbol)));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it("says how a time is written, a size in bytes, and what a number counts", () => {
    const accepts = (symbol: ts.Symbol, isKind: (type: ts.Type) => boolean): boolean => typesAt(symbol).some(isKind);
    const unsaid = found.flatMap(({ path, symbol, piece }) => {
      if (symbol === undefined) return [];
      const isNumber = branchesOf(piece).some(({ type = [] }) => [type].flat().some((each) => each === "number" || each === "integer"));
      const line = documentationOf(symbol);
      const kinds = [
        accepts(symbol, endsWith("s")) && !/\b\d+(?:us|ms|s|m|h)\b/.test(line) ? ["a time"] : [],
        accepts(symbol, endsWith("m")) && !accepts(symbol, endsWith("s")) && !/\bbytes\b/i.test(line) ? ["a size"] : [],
        isNumber && !UNIT.test(line) ? ["a number"] : [],
        accepts(symbol, isBoolean) && isOptional(symbol) && !/ Default: (?:true|false)\b/.test(line) ? ["a flag"] : [],
      ].flat();
      return kinds.map((kind) => `${path}: ${kind}: ${line}`);
    });
    expect([...new Set(unsaid)]).toEqual([]);
  });

  // Measured on Engine 26.1: the engine knows nothing of the interval here, and a secret has the mode of a config.
  const MEASURED = ["services.*.healthcheck.start_interval", "services.*.secrets[].mode"];

  it("says the default that the official schema says", () => {
    const told = found.flatMap(({ path, symbol, piece }) => {
      const [, said] = /(?:Defaults? (?:is|to) |Default: |(?=[^ ]+ \(default\)))'?([^ ',.]+)/.exec(piece.description ?? "") ?? [];
      if (symbol === undefined || !isOptional(symbol) || said === undefined || MEASURED.includes(path)) return [];
      return [{ path, said: said.replace(/^0(?=[0-7]{3}$)/, "0o"), line: documentationOf(symbol) }];
    });
    expect(told.length).toBeGreaterThan(10);
    const others = told.filter(({ said, line }) => !(/ Default: .*/.exec(line)?.[0] ?? "").includes(said));
    expect(others.map(({ path, said, line }) => `${path}: ${said}: ${line}`)).toEqual([]);
  });

  it("is there for all that can be said of a service, a task and a stack", () => {
    const symbols = ["ServiceSpec", "TaskSpec", "StackOptions"].flatMap((name) => exported(name).getProperties());
    const wrong = symbols.filter((each) => !/^x-/.test(each.name) && !LINE.test(documentationOf(each)));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});

describe("an editor", () => {
  const text = `import { service, task, volume } from "stackwright";
task("t", { image: "x", restart: "no", deploy: { resources: { limits: { memory: "64m" } } } });
service("s", { healthcheck: { interval: "5s" }, ports: [{ target: 80 }], volumes: [volume("v").at("/v", { volume: { nocopy: true } })] });
`;
  const editor = languageService(text);

  it.each([
    ["image", "services/#image"],
    ["restart", "services/#restart"],
    ["memory", "deploy/#memory"],
    ["interval", "services/#healthcheck"],
    ["target", "services/#ports"],
    ["nocopy", "services/#volumes"],
  ])("shows the documentation where the pointer rests on %s", (attribute, link) => {
    const { documentation = [], tags = [] } = editor.getQuickInfoAtPosition(FILE, text.indexOf(`${attribute}:`)) ?? {};
    expect(ts.displayPartsToString(documentation)).toMatch(/\.$/);
    expect(tags.map(({ text }) => ts.displayPartsToString(text))).toEqual([`https://docs.docker.com/reference/compose-file/${link}`]);
  });

  it("offers the attributes with their documentation", () => {
    const at = text.indexOf("memory:");
    const details = editor.getCompletionEntryDetails(FILE, at, "cpus", undefined, undefined, undefined, undefined);
    expect(ts.displayPartsToString(details?.documentation)).toContain("Processors");
  });
});

function exported(name: string): ts.Type {
  const file = program.getSourceFile(ENTRY);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  const symbol = checker.getExportsOfModule(module as ts.Symbol).find((each) => each.name === name);
  return checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(symbol as ts.Symbol));
}

function attributesOf(place: string, type: ts.Type): readonly Attribute[] {
  const property = official.properties?.[place] ?? {};
  if (place === "include") return walk(property, [type.getProperty("include") as ts.Symbol].flatMap(typesAt), place);
  return branchesOf(property)
    .flatMap(valuesOf)
    .flatMap((value) => walk(value, [type], `${place}.*`));
}

/** The attributes of a piece of the official schema, as the types that describe it have them. */
function walk(piece: Official, types: readonly ts.Type[], path: string): readonly Attribute[] {
  return branchesOf(piece).flatMap((branch) => [
    ...Object.entries(branch.properties ?? {}).flatMap(([name, property]) => {
      const at = `${path}.${name}`;
      if (property.deprecated === true || at.endsWith(".external.name")) return [];
      const symbols = types.flatMap((each) => each.getProperty(camelCase(name)) ?? []);
      if (symbols.length === 0) return [{ path: at, symbol: undefined, piece: property }];
      return [...symbols.map((symbol) => ({ path: at, symbol, piece: property })), ...walk(property, symbols.flatMap(typesAt), at)];
    }),
    ...valuesOf(branch).flatMap((value) => walk(value, types.flatMap(valueTypes), `${path}.*`)),
    ...(branch.items === undefined ? [] : walk(branch.items, types.flatMap(itemTypes), `${path}[]`)),
  ]);
}

function typesAt(symbol: ts.Symbol): readonly ts.Type[] {
  return partsOf(checker.getTypeOfSymbol(symbol));
}

function partsOf(type: ts.Type): readonly ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

/** What stands in a list; a handle brings the attributes with it that were given to it. */
function itemTypes(type: ts.Type): readonly ts.Type[] {
  return checker.isArrayType(type)
    ? checker
        .getTypeArguments(type as ts.TypeReference)
        .flatMap(partsOf)
        .flatMap((each) => [each, ...specOf(each)])
    : [];
}

// What the specification writes as a map by name is a list of handles.
function valueTypes(type: ts.Type): readonly ts.Type[] {
  const value = checker.getIndexTypeOfType(type, ts.IndexKind.String);
  return value === undefined ? itemTypes(type) : partsOf(value);
}

function specOf(type: ts.Type): readonly ts.Type[] {
  const spec = type.getProperty("spec");
  return spec === undefined ? [] : typesAt(spec);
}

function isBoolean(type: ts.Type): boolean {
  return (type.flags & ts.TypeFlags.BooleanLike) !== 0;
}

/** Whether a type is a text of a number and a unit: `${number}s`. */
function endsWith(unit: string): (type: ts.Type) => boolean {
  return (type) => (type.flags & ts.TypeFlags.TemplateLiteral) !== 0 && (type as ts.TemplateLiteralType).texts.at(-1) === unit;
}

function isOptional(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Optional) !== 0;
}

function documentationOf(symbol: ts.Symbol): string {
  return (symbol.declarations ?? [])
    .flatMap((each) => ts.getJSDocCommentsAndTags(each).filter(ts.isJSDoc))
    .map((each) =>
      each
        .getText()
        .replace(/^\/\*\*\s*/, "")
        .replace(/\s*\*\/$/, ""),
    )
    .join("\n");
}

const FILE = fileURLToPath(new URL("stack.ts", import.meta.url));

function languageService(text: string): ts.LanguageService {
  const options: ts.CompilerOptions = { module: ts.ModuleKind.Preserve, strict: true, types: [], paths: { stackwright: [ENTRY] } };
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [FILE],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = path === FILE ? text : ts.sys.readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (path) => path === FILE || ts.sys.fileExists(path),
    readFile: ts.sys.readFile,
  });
}
