import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  Scalar,
  visit,
  type YAMLSeq,
} from "yaml";
import { textDifference } from "../../model/text-difference.ts";

/** A text of a Compose file, or a list of texts. */
export type EditedValue = string | readonly string[];

/** Where the key of an attribute stands, from 1. */
export interface KeyPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * The text of a Compose file with another value of one attribute; every byte outside of what changes in it is kept, with
 * comments, quotes, anchors and the order of everything.
 *
 * @param value the new value as Compose reads it, dollar signs doubled; `undefined` takes the attribute out, with its line.
 * @returns `undefined` where that can't be done without touching something else.
 */
export function editAttribute(text: string, place: KeyPlace, value: EditedValue | undefined): string | undefined {
  const pair = pairAt(text, place);
  if (pair === undefined) return undefined;
  if (value === undefined) return withoutLine(text, pair);
  const { value: node } = pair;
  const edited =
    isScalar(node) && typeof value === "string"
      ? withText(text, place, [], value)
      : isSeq(node) && typeof value !== "string"
        ? withItems(text, place, node, value)
        : isScalar(node) && typeof value !== "string" && node.range?.[0] !== node.range?.[1]
          ? spliced(text, node, `[${value.map((item) => JSON.stringify(item)).join(", ")}]`)
          : undefined;
  return edited !== undefined && isOnlyChange(text, edited, place, value) ? edited : undefined;
}

/** An item of a list, as the way to it from the attribute; empty for the attribute's own value. */
type Way = readonly number[];

function withItems(text: string, place: KeyPlace, list: YAMLSeq, items: readonly string[]): string | undefined {
  const before = list.items.map((item) => (isScalar(item) ? String(item.value) : undefined));
  if (!before.every((item) => item !== undefined)) return undefined;
  let head = 0;
  while (head < Math.min(before.length, items.length) && before[head] === items[head]) head++;
  let tail = 0;
  while (tail < Math.min(before.length, items.length) - head && before.at(-1 - tail) === items.at(-1 - tail)) tail++;
  const old = before.length - head - tail;
  const now = items.slice(head, items.length - tail);
  // From the end, so that the numbers before stay true.
  let edited: string | undefined = text;
  for (let index = head + old - 1; edited !== undefined && index >= head + now.length; index--) edited = withoutItem(edited, place, index);
  for (const [index, item] of now.entries()) {
    if (edited === undefined) return undefined;
    edited = index < old ? withText(edited, place, [head + index], item) : withItem(edited, place, head + index, item);
  }
  return edited;
}

/** Changes one text where it stands: only what differs, in the quotes that it has. */
function withText(text: string, place: KeyPlace, way: Way, value: string): string | undefined {
  const node = nodeAt(text, place, way);
  if (!isScalar(node)) return undefined;
  const before = String(node.value);
  if (before === value) return text;
  const [start = 0, end = 0] = node.range ?? [];
  const source = text.slice(start, end);
  const { at: head, removed, inserted } = textDifference(before, value);
  const written = inType(inserted, node.type);
  // How a text is folded and escaped is the library's business: each place that may be meant is tried.
  for (let at = 0; at <= source.length; at++) {
    if (!source.startsWith(removed, at) || (head > 0 && source[at - 1] !== before[head - 1])) continue;
    const tried = text.slice(0, start + at) + written + text.slice(start + at + removed.length);
    if (textAt(tried, place, way) === value) return tried;
  }
  return source.includes("\n") ? undefined : spliced(text, node, JSON.stringify(value));
}

function inType(text: string, type: Scalar["type"]): string {
  if (type === Scalar.QUOTE_DOUBLE) return JSON.stringify(text).slice(1, -1);
  return type === Scalar.QUOTE_SINGLE ? text.replaceAll("'", "''") : text;
}

function withItem(text: string, place: KeyPlace, index: number, value: string): string | undefined {
  const list = nodeAt(text, place, []);
  const before = nodeAt(text, place, [index - 1]);
  if (!isSeq(list) || !isScalar(before)) return undefined;
  const [start = 0, end = 0] = before.range ?? [];
  const item = rendered(value, before.type);
  if (list.flow === true) {
    const previous = nodeAt(text, place, [index - 2])?.range?.[1];
    const between = previous === undefined ? ", " : text.slice(previous, start);
    return text.slice(0, end) + (/^\s*,\s*$/.test(between) ? between : ", ") + item + text.slice(end);
  }
  const indent = /(?:^|\n)([ \t]*)-[ \t]+$/.exec(text.slice(0, start))?.[1];
  if (indent === undefined) return undefined;
  const lineEnd = text.indexOf("\n", Math.max(end - 1, 0));
  const line = `${indent}- ${item}`;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  return lineEnd === -1 ? `${text}${newline}${line}` : `${text.slice(0, lineEnd + 1)}${line}${newline}${text.slice(lineEnd + 1)}`;
}

function withoutItem(text: string, place: KeyPlace, index: number): string | undefined {
  const list = nodeAt(text, place, []);
  const item = nodeAt(text, place, [index]);
  if (!isSeq(list) || item === undefined) return undefined;
  const [start = 0, end = 0] = item.range ?? [];
  if (list.flow === true) {
    const previous = nodeAt(text, place, [index - 1])?.range?.[1];
    // A comment in between is somebody's.
    return previous === undefined || !/^\s*,\s*$/.test(text.slice(previous, start)) ? undefined : text.slice(0, previous) + text.slice(end);
  }
  const lineStart = text.lastIndexOf("\n", start) + 1;
  const lineEnd = text.indexOf("\n", Math.max(end - 1, 0));
  const rest = text.slice(end, lineEnd === -1 ? undefined : lineEnd);
  if (!/^[ \t]*-[ \t]+$/.test(text.slice(lineStart, start)) || rest.trim() !== "") return undefined;
  return text.slice(0, lineStart) + (lineEnd === -1 ? "" : text.slice(lineEnd + 1));
}

/** A text as an item beside one of a type. */
function rendered(value: string, type: Scalar["type"]): string {
  if (type === Scalar.QUOTE_SINGLE) return `'${value.replaceAll("'", "''")}'`;
  const isPlain =
    /^(?:-{0,2}[A-Za-z/][\w./@%+=-]*|\d+(?:\.\d+){3})$/.test(value) && !/^(?:true|false|yes|no|on|off|null|[yn])$/i.test(value);
  return type === Scalar.PLAIN && isPlain ? value : JSON.stringify(value);
}

/** Takes an attribute of one line out, with that line. */
function withoutLine(text: string, { key, value }: Found): string | undefined {
  const start = text.lastIndexOf("\n", (key.range?.[0] ?? 0) - 1) + 1;
  const end = value?.range?.[1] ?? key.range?.[1] ?? 0;
  const next = text.indexOf("\n", end);
  const line = text.slice(start, next === -1 ? undefined : next);
  if (
    line.includes("\n") ||
    text.slice(start, key.range?.[0]).trim() !== "" ||
    !/^\s*(#.*)?\r?$/.test(text.slice(end, start + line.length))
  )
    return undefined;
  return text.slice(0, start) + (next === -1 ? "" : text.slice(next + 1));
}

function spliced(text: string, { range }: Scalar, written: string): string {
  return text.slice(0, range?.[0]) + written + text.slice(range?.[1]);
}

interface Found {
  readonly key: Node;
  readonly value: Node | null;
}

interface Parsed {
  readonly documents: readonly Document[];
  readonly lines: LineCounter;
}

function parsed(text: string): Parsed | undefined {
  const lines = new LineCounter();
  const documents = [
    ...parseAllDocuments(text, {
      schema: "failsafe",
      version: "1.2",
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    }),
  ] as Document[];
  return documents.some(({ errors }) => errors.length > 0) ? undefined : { documents, lines };
}

function pairAt(text: string, { line, column }: KeyPlace): Found | undefined {
  const read = parsed(text);
  const offset = (read?.lines.lineStarts[line - 1] ?? 0) + column - 1;
  let found: Found | undefined;
  for (const document of read?.documents ?? []) {
    visit(document, {
      Pair: (_, { key, value }: Pair) => {
        if ((key as Node | null)?.range?.[0] !== offset) return undefined;
        found = { key: key as Node, value: value as Node | null };
        return visit.BREAK;
      },
    });
  }
  return found;
}

function nodeAt(text: string, place: KeyPlace, [index]: Way): Node | undefined {
  const value = pairAt(text, place)?.value ?? undefined;
  if (index === undefined) return value;
  return isSeq(value) ? (value.items[index] as Node | undefined) : undefined;
}

function textAt(text: string, place: KeyPlace, way: Way): string | undefined {
  const node = nodeAt(text, place, way);
  return isScalar(node) ? String(node.value) : undefined;
}

/** Whether two texts say the same but for one attribute, which has a value. */
function isOnlyChange(before: string, after: string, place: KeyPlace, value: EditedValue): boolean {
  const [old, now] = [parsed(before), parsed(after)];
  const [oldValue, nowValue] = [pairAt(before, place)?.value, pairAt(after, place)?.value];
  if (old === undefined || now === undefined || !(isScalar(nowValue) || isSeq(nowValue))) return false;
  const is = isScalar(nowValue) ? String(nowValue.value) : nowValue.items.map((item) => (isScalar(item) ? String(item.value) : null));
  if (JSON.stringify(is) !== JSON.stringify(value)) return false;
  const own = (node: Node | null | undefined) => (node?.range == null ? [] : [node.range[0]]);
  return outline(old, own(oldValue)) === outline(now, own(nowValue));
}

/** Everything that documents say, but for the value that begins at an offset. */
function outline({ documents }: Parsed, [hidden]: readonly number[]): string {
  const tell = (node: unknown): unknown => {
    if (isPair(node)) return [tell(node.key), tell(node.value)];
    const { range, anchor, tag } = (node ?? {}) as Partial<Node> & { anchor?: string; tag?: string };
    if (range?.[0] === hidden && !isPair(node)) return "hidden";
    if (isMap(node) || isSeq(node)) return { anchor, tag, items: (node.items as unknown[]).map(tell) };
    if (isScalar(node)) return { anchor, tag, text: node.value, type: node.type };
    return node === null || node === undefined ? null : String((node as { source?: unknown }).source);
  };
  return JSON.stringify(documents.map(({ contents, comment, commentBefore }) => [tell(contents), comment, commentBefore]));
}
