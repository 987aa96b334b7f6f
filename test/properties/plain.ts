import type { Node } from "../../src/emit/node.ts";

/** A document as plain values, to compare it with what a reader finds. */
export function plain(node: Node): unknown {
  if (node instanceof Map) return Object.fromEntries([...node].map(([key, value]) => [key, plain(value)]));
  return Array.isArray(node) ? node.map(plain) : node;
}
