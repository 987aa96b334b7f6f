import { type Document, isAlias, isMap, isScalar, isSeq, type Node, Scalar, type YAMLMap } from "yaml";
import type { Place } from "../../model/place.ts";
import { isDate, resolvePlain } from "./plain-scalar.ts";
import { problem, type Tell } from "./problem.ts";
import { isMapping, type Mapping, placeIn, setPlace, type Value } from "./tree.ts";
import { MOST_DEPTH, yamlDocuments } from "./yaml-documents.ts";

/** A document of a Compose file. */
export interface ComposeDocument {
  readonly root: Value;
  /** Paths marked `!reset` or `!override`: what files before this one say there is dropped. */
  readonly resets: readonly (readonly string[])[];
}

/** How many values aliases may add: far beyond any real file, far below what fills the memory. */
const MOST_FROM_ALIASES = 100_000;

/** How long a text may be, in characters: eight times what Linux lets an argument or a variable hold. */
const MOST_CHARACTERS = 1024 * 1024;

/** As many characters of an alias's text weigh as much as a value. */
const CHARACTERS_A_VALUE = 64;

/** In the place of a text that is refused: nobody knows what it says. */
const UNKNOWN = "${_}";

const CORE = "tag:yaml.org,2002:";

/**
 * Parses YAML as Compose reads it: anchors, merge keys, `!reset` and `!override`, several documents a file.
 *
 * Duplicate keys and the like are told; what can't be read at all is thrown.
 *
 * @throws {StackError} `invalid-stack` at the line and column.
 */
export function parseYaml(text: string, file: string, tell: Tell): readonly ComposeDocument[] {
  const { documents, placeAt } = yamlDocuments(text, file);
  // Without a line break at the end of the file its last block of text has none either; the library adds one.
  const unended = text.endsWith("\n") ? undefined : text.length;
  return documents.map((document) => readDocument(document, { placeAt, unended, tell }));
}

interface File {
  readonly placeAt: (offset: number) => Place;
  /** The length of the file, where it does not end with a line break. */
  readonly unended: number | undefined;
  readonly tell: Tell;
}

interface Reading extends File {
  readonly anchors: Map<string, Node>;
  /** The nodes that are being read: an alias of one of them would never end. */
  readonly open: Set<Node>;
  readonly resets: string[][];
  aliasDepth: number;
  fromAliases: number;
}

function readDocument(document: Document, file: File): ComposeDocument {
  const reading: Reading = { ...file, anchors: new Map(), open: new Set(), resets: [], aliasDepth: 0, fromAliases: 0 };
  const root = document.contents === null ? null : (readNode(document.contents as Node, [], reading) ?? null);
  return { root, resets: reading.resets };
}

/** The value of a node; `undefined` where it is marked `!reset`. */
function readNode(node: Node, path: readonly string[], reading: Reading): Value | undefined {
  if (isAlias(node)) return readAlias(node.source, offsetOf(node), path, reading);
  if (reading.aliasDepth > 0) weighAliased(node, path, reading);
  const { anchor } = node as { anchor?: string };
  if (anchor !== undefined && reading.aliasDepth === 0) reading.anchors.set(anchor, node);
  if (node.tag === "!reset" || node.tag === "!override") reading.resets.push([...path]);
  if (node.tag === "!reset") return undefined;
  reading.open.add(node);
  const value = isMap(node) ? readMap(node, path, reading) : isSeq(node) ? readList(node.items as Node[], path, reading) : undefined;
  reading.open.delete(node);
  return value ?? readScalar(node as Scalar, reading);
}

function weighAliased(node: Node, path: readonly string[], reading: Reading): void {
  const length = isScalar(node) ? String(node.value).length : 0;
  reading.fromAliases += 1 + Math.floor(length / CHARACTERS_A_VALUE);
  // What one alias says may contain the next one.
  if (reading.fromAliases > MOST_FROM_ALIASES || path.length > MOST_DEPTH)
    throw problem("its aliases expand to more than a Compose file can hold", reading.placeAt(offsetOf(node)));
}

function readAlias(name: string, offset: number, path: readonly string[], reading: Reading): Value | undefined {
  const target = reading.anchors.get(name);
  if (target === undefined)
    throw problem(`*${name} is an alias of nothing: there is no anchor &${name} before it`, reading.placeAt(offset));
  if (reading.open.has(target)) throw problem(`*${name} contains itself`, reading.placeAt(offset));
  reading.aliasDepth++;
  const value = readNode(target, path, reading);
  reading.aliasDepth--;
  return value;
}

function readList(items: readonly Node[], path: readonly string[], reading: Reading): Value[] {
  const list: Value[] = [];
  for (const [index, item] of items.entries()) {
    const value = readNode(item, [...path, String(index)], reading);
    if (value === undefined) continue;
    list.push(value);
    setPlace(list, list.length - 1, reading.placeAt(offsetOf(item)));
  }
  return list;
}

function readMap(node: YAMLMap, path: readonly string[], reading: Reading): Mapping {
  checkTag(node, reading, "map");
  const map: Mapping = new Map();
  const merged: Value[] = [];
  for (const { key: keyNode, value: valueNode } of node.items as { key: Node; value: Node | null }[]) {
    const place = reading.placeAt(offsetOf(keyNode));
    const key = readKey(keyNode, place, reading);
    const twin = placeIn(map, key);
    if (twin !== undefined)
      reading.tell(problem(`the key ${JSON.stringify(key)} stands twice in one map, first in line ${twin.line}`, place));
    setPlace(map, key, place);
    const isMerge = key === "<<" && isScalar(keyNode) && keyNode.type === Scalar.PLAIN;
    const value = valueNode === null ? null : readNode(valueNode, isMerge ? path : [...path, key], reading);
    if (value === undefined) continue;
    if (isMerge) merged.push(...mergeSources(value, place));
    else map.set(key, value);
  }
  // What is written in the map itself wins over what is merged in, the first source over the next.
  for (const source of merged as Mapping[]) {
    for (const [key, value] of source) {
      if (map.has(key)) continue;
      map.set(key, value);
      setPlace(map, key, placeIn(source, key));
    }
  }
  return map;
}

function mergeSources(value: Value, place: Place): readonly Mapping[] {
  const sources = Array.isArray(value) ? value : [value];
  if (!sources.every(isMapping)) throw problem('"<<" merges a map or a list of maps', place);
  return sources;
}

function readKey(node: Node | null, place: Place, reading: Reading): string {
  const key = node === null ? null : readNode(node, [], reading);
  if (typeof key === "string") return key;
  const shown = isScalar(node) ? (node.source ?? String(node.value)) : "this";
  reading.tell(problem(`${shown} is not a text and can't be a key`, place, { hint: `write it in quotes: "${shown}"` }));
  return shown;
}

function readScalar(node: Scalar, reading: Reading): Value {
  const text = textOf(node, reading);
  const place = reading.placeAt(offsetOf(node));
  if (text.length > MOST_CHARACTERS)
    throw problem(`is a text of more than ${MOST_CHARACTERS} characters, and no longer ones are read`, place);
  const tag = checkTag(node, reading, "str", "int", "float", "bool", "null", "binary");
  if (tag === "str" || (tag === undefined && node.type !== Scalar.PLAIN && node.type !== undefined)) return text;
  if (tag === "binary") return Buffer.from(text, "base64").toString("utf8");
  if (tag !== undefined || !isDate(text)) return resolvePlain(text);
  reading.tell(problem(`${text} is a date for Compose, which refuses it`, place, { hint: `write it in quotes: "${text}"` }));
  return UNKNOWN;
}

function textOf({ value, type, range }: Scalar, { unended }: Reading): string {
  const text = String(value ?? "");
  const isBlock = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
  return isBlock && unended !== undefined && (range?.[1] ?? 0) >= unended ? text.replace(/\n$/, "") : text;
}

/** The core tag of a node, where it has one of those accepted. */
function checkTag(node: Node, reading: Reading, ...accepted: readonly string[]): string | undefined {
  const { tag } = node;
  if (tag === undefined || tag === "!override" || tag === "!") return undefined;
  const name = tag.startsWith(CORE) ? tag.slice(CORE.length) : undefined;
  if (name !== undefined && accepted.includes(name)) return name;
  const shown = name === undefined ? tag : `!!${name}`;
  throw problem(`${shown} is not a tag that can stand here (Compose knows !reset and !override)`, reading.placeAt(offsetOf(node)));
}

function offsetOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
