import { branchesOf, type Official, valuesOf } from "./specification.ts";

/** Properties of the official schema that stand nowhere in the documents. */
export function absent(piece: Official, nodes: readonly unknown[], path: string): readonly string[] {
  return branchesOf(piece).flatMap((branch) => [
    ...Object.entries(branch.properties ?? {}).flatMap(([name, property]) => {
      const at = path === "" ? name : `${path}.${name}`;
      if (property.deprecated === true || at.endsWith(".external.name")) return [];
      const values = objectsOf(nodes).flatMap((node) => (name in node ? [node[name]] : []));
      return values.length === 0 ? [at] : absent(property, values, at);
    }),
    ...valuesOf(branch).flatMap((value) => absent(value, objectsOf(nodes).flatMap(Object.values), `${path}.*`)),
    ...(branch.items === undefined ? [] : absent(branch.items, nodes.filter(Array.isArray).flat(), `${path}[]`)),
  ]);
}

type Json = Record<string, unknown>;

/** The maps among values. */
export function objectsOf(nodes: readonly unknown[]): readonly Json[] {
  return nodes.filter((node): node is Json => typeof node === "object" && node !== null && !Array.isArray(node));
}
