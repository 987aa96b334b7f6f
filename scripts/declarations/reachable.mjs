import { dirname, join } from "node:path";
import ts from "typescript-5";

/**
 * Of modules of declarations (path → text), what can be reached from what `entry` exports: the rest is ours alone, and would bring the
 * types of the libraries that it uses along.
 */
export function reachableDeclarations(texts, entry) {
  const modules = new Map([...texts].map(([path, text]) => [path, moduleOf(path, text)]));
  const reached = new Map();
  const open = [...modules.get(entry).exported].map((name) => ({ path: entry, name }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { path, name } = next;
    const { statements, imports } = modules.get(path);
    const declared = statements.filter((each) => each.names.includes(name));
    const imported = imports.get(name);
    if (declared.length === 0 && imported === undefined) throw new Error(`${path} mentions ${name}, which nothing declares`);
    const known = reached.get(path) ?? new Set();
    if (known.has(name)) continue;
    reached.set(path, known.add(name));
    if (imported?.path !== undefined) open.push({ path: imported.path, name: imported.name });
    for (const each of declared) {
      for (const { from, name: used } of each.uses) {
        if (from !== undefined) open.push({ path: from, name: used });
        else if (statements.some(({ names }) => names.includes(used)) || imports.has(used)) open.push({ path, name: used });
      }
    }
  }
  return new Map([...reached].map(([path, names]) => [path, textOf(modules.get(path), names)]));
}

function moduleOf(path, text) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports = new Map();
  const exported = new Set();
  const statements = [];
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) {
      for (const [name, each] of importedBy(statement, path)) imports.set(name, each);
    } else if (ts.isExportDeclaration(statement)) {
      for (const { name } of statement.exportClause?.elements ?? []) exported.add(name.text);
      if (statement.moduleSpecifier !== undefined) for (const [name, each] of importedBy(statement, path)) imports.set(name, each);
    } else {
      statements.push({ names: namesOf(statement), uses: usesOf(statement, path), text: textWithComment(statement, file) });
    }
  }
  const libraries = [...new Set(file.libReferenceDirectives.map(({ fileName }) => `/// <reference lib="${fileName}" />`))];
  return { exported, imports, statements, libraries };
}

// The comment right above; what stands at the head of a file belongs to no declaration.
function textWithComment(statement, file) {
  const [comment] = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc).slice(-1);
  return file.text.slice(comment?.pos ?? statement.getStart(file), statement.end);
}

function importedBy(statement, path) {
  const specifier = statement.moduleSpecifier.text;
  const from = specifier.startsWith(".") ? resolved(path, specifier) : undefined;
  const bindings = statement.importClause?.namedBindings ?? statement.exportClause;
  const verb = ts.isExportDeclaration(statement) ? "export" : "import type";
  if (ts.isNamespaceImport(bindings)) return [[bindings.name.text, { verb, specifier, said: `* as ${bindings.name.text}` }]];
  return bindings.elements.map(({ name, propertyName = name }) => {
    const said = propertyName.text === name.text ? name.text : `${propertyName.text} as ${name.text}`;
    return [name.text, { path: from, name: propertyName.text, verb, specifier, said }];
  });
}

function resolved(path, specifier) {
  return join(dirname(path), specifier).replace(/\.ts$/, ".d.ts");
}

function namesOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.text);
  return [statement.name.text];
}

/** The names that a declaration mentions where a type or a value can stand, with the module they are looked for in. */
function usesOf(statement, path) {
  const uses = [];
  const visit = (node) => {
    if (ts.isTypeReferenceNode(node)) uses.push({ name: leftmost(node.typeName) });
    if (ts.isTypeQueryNode(node)) uses.push({ name: leftmost(node.exprName) });
    if (ts.isExpressionWithTypeArguments(node) || ts.isComputedPropertyName(node)) uses.push({ name: leftmost(node.expression) });
    if (ts.isImportTypeNode(node) && node.argument.literal.text.startsWith(".")) {
      uses.push({ from: resolved(path, node.argument.literal.text), name: leftmost(node.qualifier) });
    }
    ts.forEachChild(node, visit);
  };
  visit(statement);
  return uses;
}

function leftmost(name) {
  return name.text ?? leftmost(name.left ?? name.expression);
}

function textOf({ libraries, imports, statements }, names) {
  const lines = importLines([...imports].flatMap(([name, each]) => (names.has(name) ? [each] : [])));
  const kept = statements.filter((each) => each.names.some((name) => names.has(name)));
  // Without a statement that exports nothing else, a declaration file exports all that it declares.
  return [...libraries, ...lines, ...kept.map(({ text }) => text), "export {};", ""].join("\n");
}

function importLines(imports) {
  const lines = new Map();
  for (const { verb, specifier, said } of imports) {
    const key = said.startsWith("*") ? `${verb} ${said} from "${specifier}";` : `${verb} { NAMES } from "${specifier}";`;
    lines.set(key, [...(lines.get(key) ?? []), said]);
  }
  return [...lines].map(([line, names]) => line.replace("NAMES", names.join(", ")));
}
