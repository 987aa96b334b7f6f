// The types of attributes are inferred from their schemas. A declaration says them in plain interfaces instead: a compiler reads those
// in no time and names them in its messages, and an editor shows each attribute with its documentation, which inference loses.
import { dirname, relative } from "node:path";
import ts from "typescript-5";

/** A function that writes out the interfaces of a module's declarations that are inferred: from the text of both to a text. */
export function interfaceFlattener(program) {
  const checker = program.getTypeChecker();
  return (source, declarations) => {
    const inferred = source.statements.filter((each) => ts.isInterfaceDeclaration(each) && isInferred(each));
    if (inferred.length === 0) return declarations.text;
    const module = { source, imports: new Map(), nested: [] };
    const edits = inferred.map((each) => flattened(each, module, declarations));
    return [...importLines(module), applied(edits, declarations.text), ...module.nested.map(({ text }) => text)].join("\n");
  };

  // `extends z.input<...>` and `extends Omit<...>` name types that are worked out; every other base is an interface.
  function isInferred(declaration) {
    return (declaration.heritageClauses ?? []).some((clause) =>
      clause.types.some(({ expression }) => (resolved(expression)?.flags ?? 0) & ts.SymbolFlags.TypeAlias),
    );
  }

  function resolved(node) {
    const symbol = checker.getSymbolAtLocation(node);
    return symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  function flattened(declaration, module, declarations) {
    const type = checker.getTypeAtLocation(declaration.name);
    const own = declarations.statements.find((each) => ts.isInterfaceDeclaration(each) && each.name.text === declaration.name.text);
    const written = own.members.map((each) => each.getFullText(declarations).trim().replaceAll("\n    ", "\n"));
    const names = new Set(declaration.members.map((each) => each.name?.text));
    const inherited = membersOf(type, { name: declaration.name.text }, module, (property) => !names.has(property.name));
    const start = own.heritageClauses[0].getFullStart();
    return { start, end: own.end, text: ` ${block([...inherited, ...written])}` };
  }

  function membersOf(type, place, module, isWanted = () => true) {
    const properties = checker.getPropertiesOfType(type).filter(isWanted);
    return [
      ...properties.map((property) => memberOf(property, place, module)),
      ...checker.getIndexInfosOfType(type).map((info) => indexSignature(info, place, module)),
    ];
  }

  function memberOf(property, place, module) {
    const [origin] = declarationsOf(property);
    const type = textOf(checker.getTypeOfSymbol(property), nested(place, property.name), module);
    const mark = property.flags & ts.SymbolFlags.Optional ? "?" : "";
    return [...documentation(origin), `${readonly(origin)}${propertyName(property.name)}${mark}: ${type};`].join("\n");
  }

  function indexSignature({ keyType, type, isReadonly, declaration }, place, module) {
    const key = declaration?.parameters[0].name.text ?? "key";
    return `${isReadonly ? "readonly " : ""}[${key}: ${textOf(keyType, place, module)}]: ${textOf(type, place, module)};`;
  }

  // What a mapped type makes of a property has no declaration; the property that it was made of has one.
  function declarationsOf(symbol) {
    if (symbol.declarations !== undefined && symbol.declarations.length > 0) return symbol.declarations;
    return checker.getRootSymbols(symbol).flatMap((root) => (root === symbol ? [] : declarationsOf(root)));
  }

  function textOf(type, place, module) {
    const alias = type.aliasSymbol;
    if (alias !== undefined && canName(alias, module)) return reference(alias, type.aliasTypeArguments ?? [], place, module);
    if (type.isUnion() && !(type.flags & ts.TypeFlags.Boolean)) return union(type, place, module);
    if (!(type.flags & ts.TypeFlags.Object)) return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    if (checker.isArrayType(type)) return list(type, place, module);
    if (type.symbol?.flags & ts.SymbolFlags.Interface) return reference(type.symbol, checker.getTypeArguments(type), place, module);
    return objectText(type, place, module);
  }

  function union(type, place, module) {
    // `origin` has the parts as they were written, with the names of unions within.
    const parts = (type.origin ?? type).types.filter((part) => !isMissing(part));
    const texts = parts.map((part) => textOf(part, place, module));
    return [...new Set(texts.includes("true") && texts.includes("false") ? ["boolean", ...texts.filter(isNoFlag)] : texts)]
      .sort((a, b) => Number(a === "undefined") - Number(b === "undefined"))
      .join(" | ");
  }

  // Stands for an attribute that is not there, which `?` says already.
  function isMissing(type) {
    return type.flags & ts.TypeFlags.Undefined && type !== checker.getUndefinedType();
  }

  function list(type, place, module) {
    const item = textOf(checker.getTypeArguments(type)[0], place, module);
    const items = /^[\w<>".]+$/.test(item) ? `${item}[]` : `(${item})[]`;
    return type.symbol.name === "ReadonlyArray" ? `readonly ${items}` : items;
  }

  // An object of the specification gets an interface of its own, named for its place; a map of the user's stays where it is.
  function objectText(type, place, module) {
    if (checker.getPropertiesOfType(type).length === 0) return `{ ${membersOf(type, place, module).join(" ")} }`;
    const [known] = module.nested.filter((each) => each.type === type && each.attribute === place.attribute);
    if (known !== undefined) return known.name;
    const nested = { type, ...place };
    module.nested.push(nested);
    nested.text = `interface ${place.name} ${block(membersOf(type, place, module))}`;
    return place.name;
  }

  function reference(symbol, parameters, place, module) {
    const file = symbol.declarations[0].getSourceFile();
    if (file !== module.source && !program.isSourceFileDefaultLibrary(file)) module.imports.set(symbol.name, file.fileName);
    if (parameters.length === 0) return symbol.name;
    return `${symbol.name}<${parameters.map((each) => textOf(each, place, module)).join(", ")}>`;
  }

  // A name that other modules can't see, or that belongs to a library, is replaced by what it stands for.
  function canName({ declarations: [declaration] }, { source }) {
    const file = declaration.getSourceFile();
    if (program.isSourceFileFromExternalLibrary(file)) return false;
    return file === source || (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;
  }
}

const isNoFlag = (text) => text !== "true" && text !== "false";

function importLines({ source, imports }) {
  return [...imports].map(([name, file]) => {
    const path = relative(dirname(source.fileName), file);
    return `import type { ${name} } from "${path.startsWith(".") ? path : `./${path}`}";`;
  });
}

function documentation(declaration) {
  return ts
    .getJSDocCommentsAndTags(declaration)
    .filter(ts.isJSDoc)
    .map((each) => each.getText().replaceAll(/\n\s*\*/g, "\n *"));
}

function readonly(declaration) {
  return ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly ? "readonly " : "";
}

function propertyName(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

// `ServiceSpec` at `deploy`: `ServiceDeploySpec`.
function nested({ name }, attribute) {
  const [suffix = ""] = /(Spec|Model)$/.exec(name) ?? [];
  const place = `${name.slice(0, name.length - suffix.length)}${attribute[0].toUpperCase()}${attribute.slice(1)}`;
  return { name: place.endsWith(suffix) ? place : place + suffix, attribute };
}

function block(members) {
  return `{\n${members.map((each) => `    ${each.replaceAll("\n", "\n    ")}`).join("\n")}\n}`;
}

function applied(edits, text) {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((done, { start, end, text: by }) => done.slice(0, start) + by + done.slice(end), text);
}
