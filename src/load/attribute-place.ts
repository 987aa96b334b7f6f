/** A position in a text; both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Finds an attribute in the source of the call that wrote it: `["healthcheck", "interval"]` below `service("db", {...})`.
 * What can't be followed (a spread, a variable) ends the search at the last place that was found.
 *
 * @param line the line of the call, from 1.
 * @param name the call's first argument, to tell several calls in a line apart.
 */
export function attributePlace(source: string, line: number, name: string, path: readonly string[]): Position | undefined {
  const from = startOfLine(source, line);
  const call = name === "options" ? stackAt(source, from) : callAt(source, from, name);
  if (call === undefined) return undefined;
  let found = call.start;
  let value = call.argument;
  for (const key of path) {
    const next = value === undefined ? undefined : memberAt(source, value, key);
    if (next === undefined) break;
    found = next.start;
    value = next.value;
  }
  return positionOf(source, found);
}

/**
 * Finds an option in the source of the call that gave it: `["probe", "http", "port"]`; the call where it has no such option, and
 * `undefined` where the line has no call of that function.
 */
export function optionPlace(source: string, line: number, path: readonly string[]): Position | undefined {
  const from = startOfLine(source, line);
  const [text = ""] = source.slice(from).split("\n", 1);
  for (const length of [2, 1]) {
    // A method is called on whatever came before.
    const names = path.slice(path[0] === "from()" ? 1 : 0, length);
    const call = names.every((name) => /^\w+$/.test(name)) ? new RegExp(`\\b${names.join("\\s*\\.\\s*")}\\s*\\(`).exec(text) : null;
    if (call === null || names.length === 0) continue;
    const start = from + call.index;
    return positionOf(source, memberOfArguments(source, start + call[0].length, path[length]) ?? start);
  }
  return undefined;
}

/** Where a member begins that one of the arguments has, which begin at an offset. */
function memberOfArguments(source: string, start: number, key: string | undefined): number | undefined {
  let cursor = skipBlank(source, start);
  while (key !== undefined && cursor < source.length && source[cursor] !== ")") {
    const member = source[cursor] === "{" ? memberAt(source, cursor, key) : undefined;
    if (member !== undefined) return member.start;
    cursor = skipBlank(source, skipMember(source, cursor) + 1);
  }
  return undefined;
}

interface Call {
  readonly start: number;
  /** Where its object literal begins, if it has one. */
  readonly argument: number | undefined;
}

/** The call `something("NAME", {` at or after an offset; the call may begin on the line and go on below. */
function callAt(source: string, from: number, name: string): Call | undefined {
  const quoted = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(`\\b\\w+\\(\\s*["'\`]${quoted}["'\`]\\s*(,\\s*)?`, "g");
  pattern.lastIndex = from;
  const match = pattern.exec(source);
  if (match === null) return undefined;
  const end = match.index + match[0].length;
  const argument = skipBlank(source, end);
  return { start: match.index, argument: source[argument] === "{" ? argument : undefined };
}

/** The call `stack("NAME", [...], {` at or after an offset. */
function stackAt(source: string, from: number): Call | undefined {
  const pattern = /\bstack\(/g;
  pattern.lastIndex = from;
  const match = pattern.exec(source);
  if (match === null) return undefined;
  const services = skipMember(source, skipBlank(source, pattern.lastIndex)) + 1;
  const argument = skipBlank(source, skipMember(source, skipBlank(source, services)) + 1);
  return { start: match.index, argument: source[argument] === "{" ? argument : undefined };
}

interface Member {
  readonly start: number;
  readonly value: number;
}

/** The member of an object or list literal (or of the one in a call's arguments) that begins at an offset. */
function memberAt(source: string, at: number, key: string): Member | undefined {
  const open = openingAt(source, at);
  if (open === undefined) return undefined;
  const isList = source[open] === "[";
  let index = 0;
  let cursor = skipBlank(source, open + 1);
  while (cursor < source.length && source[cursor] !== "}" && source[cursor] !== "]") {
    const value = isList ? cursor : valueOfMember(source, cursor, key);
    if (value !== undefined && (!isList || String(index) === key)) return { start: cursor, value };
    cursor = skipBlank(source, skipMember(source, cursor) + 1);
    index++;
  }
  return undefined;
}

// `probe.http({ ... })` and `{ ... } as const`: the literal is what counts.
function openingAt(source: string, at: number): number | undefined {
  if (source[at] === "{" || source[at] === "[") return at;
  const call = /^[\w.]+\(\s*/.exec(source.slice(at, at + 200));
  const inside = call === null ? -1 : at + call[0].length;
  return source[inside] === "{" || source[inside] === "[" ? inside : undefined;
}

/** Where the value of the member begins, if the member has this key. */
function valueOfMember(source: string, at: number, key: string): number | undefined {
  const match = /^(?:"([^"]*)"|'([^']*)'|([\w$]+))\s*(:|,|\}|\()?\s*/.exec(source.slice(at, at + 300));
  if (match === null || (match[1] ?? match[2] ?? match[3]) !== key) return undefined;
  return match[4] === ":" ? at + match[0].length : at;
}

/** The comma or bracket that ends the member at an offset. */
function skipMember(source: string, at: number): number {
  let depth = 0;
  for (let cursor = at; cursor < source.length; cursor++) {
    const end = skipText(source, cursor);
    if (end !== cursor) cursor = end - 1;
    else if ("({[".includes(source[cursor] ?? "")) depth++;
    else if (")}]".includes(source[cursor] ?? "")) {
      if (depth === 0) return cursor - 1;
      depth--;
    } else if (source[cursor] === "," && depth === 0) return cursor;
  }
  return source.length;
}

function skipBlank(source: string, at: number): number {
  let cursor = at;
  for (;;) {
    while (/\s/.test(source[cursor] ?? "")) cursor++;
    const end = skipComment(source, cursor);
    if (end === cursor) return cursor;
    cursor = end;
  }
}

/** Past a comment or a string that begins at the offset; the offset itself where none does. */
function skipText(source: string, at: number): number {
  const quote = source[at] ?? "";
  if (!"\"'`".includes(quote) || quote === "") return skipComment(source, at);
  for (let cursor = at + 1; cursor < source.length; cursor++) {
    if (source[cursor] === "\\") cursor++;
    else if (source[cursor] === quote) return cursor + 1;
  }
  return source.length;
}

function skipComment(source: string, at: number): number {
  const end = source.startsWith("//", at) ? source.indexOf("\n", at) : source.startsWith("/*", at) ? source.indexOf("*/", at) + 2 : at;
  return end < at ? source.length : end;
}

function startOfLine(source: string, line: number): number {
  return source.split("\n", line - 1).reduce((sum, each) => sum + each.length + 1, 0);
}

function positionOf(source: string, offset: number): Position {
  const before = source.slice(0, offset);
  const lines = before.split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
