import type { Node } from "./node.ts";

/**
 * YAML in block style that YAML 1.1 and 1.2 readers understand alike. No anchors, no tags, no folding.
 * A writer of our own, because all it has to know is our five kinds of node: it takes a quarter of the
 * time of a general one, which is most of what `generate` does on large stacks.
 */
export function stringifyYaml(document: Node): string {
  const lines: string[] = [];
  writeBlock(document, "", lines);
  return `${lines.join("\n")}\n`;
}

function writeBlock(node: Node, indent: string, lines: string[]): void {
  if (node instanceof Map) for (const [key, value] of node) writeEntry(`${indent}${scalar(key)}:`, value, indent, lines);
  else if (Array.isArray(node)) for (const value of node) writeItem(value, indent, lines);
  else lines.push(indent + scalar(node));
}

function writeEntry(head: string, value: Node, indent: string, lines: string[]): void {
  if (!isBlock(value)) lines.push(head + inline(value, indent));
  else {
    lines.push(head);
    writeBlock(value, `${indent}  `, lines);
  }
}

function writeItem(value: Node, indent: string, lines: string[]): void {
  if (!isBlock(value)) lines.push(`${indent}-${inline(value, indent)}`);
  else {
    // The first line of the block stands behind the dash.
    const first = lines.length;
    writeBlock(value, `${indent}  `, lines);
    lines[first] = `${indent}- ${lines[first]?.slice(indent.length + 2)}`;
  }
}

function isBlock(node: Node): node is Map<string, Node> | Node[] {
  return (node instanceof Map && node.size > 0) || (Array.isArray(node) && node.length > 0);
}

/** What stands behind a colon or a dash. */
function inline(node: Node, indent: string): string {
  if (node instanceof Map) return " {}";
  if (Array.isArray(node)) return " []";
  return typeof node === "string" && isLiteral(node) ? literal(node, `${indent}  `) : ` ${scalar(node)}`;
}

function scalar(value: null | boolean | number | bigint | string): string {
  if (typeof value === "number") return numeral(value);
  if (typeof value !== "string") return String(value);
  return isPlain(value) ? value : quote(value);
}

// What a file that was read may say, and JavaScript writes in another way than YAML.
function numeral(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  return Object.is(value, -0) ? "-0.0" : String(value);
}

/** Words that some reader takes for a boolean, null or a number. @see https://yaml.org/type/ */
const WORDS = /^(?:y|n|-?e[-+]?\d+|yes|no|on|off|true|false|null|nan|inf)$/i;

// Only what no reader can mistake stays bare: words, paths, flags, durations, addresses, variables. A colon or comma is followed by no blank.
const WORDLIKE = /^(?:[A-Za-z_/$]|\.{1,2}\/|-{1,2}[A-Za-z])[\w./$+@{}?-]*(?:[:=, ][\w./$+@{}?-]+)*$/;
const TIME_OR_ADDRESS = /^(?:(?:\d+(?:us|ms|s|m|h))+|\d+(?:\.\d+){3})$/;

function isPlain(text: string): boolean {
  return (WORDLIKE.test(text) && !WORDS.test(text)) || TIME_OR_ADDRESS.test(text);
}

function quote(text: string): string {
  // Double quotes and backslashes stay as they are in single quotes.
  return /["\\]/.test(text) && /^[ -~]+$/.test(text) ? `'${text.replaceAll("'", "''")}'` : doubleQuote(text);
}

// JSON's escapes are YAML's; what JSON leaves bare and YAML does not print is escaped too.
function doubleQuote(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u009f\u00ad\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udfff]/gu, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

// Several lines of ordinary text are readable as a block: no tabs or blanks that a reader or editor could drop.
function isLiteral(text: string): boolean {
  return text.length < 65_536 && /^[!-~][ -~]*(?:\n(?:[ -~]*[!-~])?)+$/.test(text) && !/[ ]\n/.test(text) && !/\n\n$/.test(text);
}

function literal(text: string, indent: string): string {
  const keep = text.endsWith("\n");
  const lines = (keep ? text.slice(0, -1) : text).split("\n");
  return ` |${keep ? "" : "-"}\n${lines.map((line) => (line === "" ? "" : indent + line)).join("\n")}`;
}
