import { stringify } from "yaml";
import type { Node } from "./compose-document.ts";

/**
 * YAML that YAML 1.1 and 1.2 readers understand alike: a string that either could take for something
 * else is quoted. No anchors, no folding.
 */
export function stringifyYaml(document: Node): string {
  return stringify(document, { aliasDuplicateObjects: false, compat: "yaml-1.1", lineWidth: 0, version: "1.2" });
}
