import { type ScalarTag, stringify } from "yaml";
import type { Node } from "./compose-document.ts";

/**
 * YAML that YAML 1.1 and 1.2 readers understand alike: a string that either could take for something
 * else is quoted. No anchors, no folding.
 */
export function stringifyYaml(document: Node): string {
  return stringify(document, {
    aliasDuplicateObjects: false,
    compat: "yaml-1.1",
    customTags: (tags) => [unprintable, ...tags],
    lineWidth: 0,
    version: "1.2",
  });
}

// What YAML calls not printable, and line breaks that only YAML 1.1 knows: readers refuse or change them where they stand as they are.
const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

const unprintable: ScalarTag = {
  tag: "tag:yaml.org,2002:str",
  default: true,
  identify: (value) => typeof value === "string" && UNPRINTABLE.test(value),
  resolve: (text) => text,
  stringify: ({ value }) => JSON.stringify(value).replaceAll(new RegExp(UNPRINTABLE, "g"), escaped),
};

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
