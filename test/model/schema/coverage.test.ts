import { describe, expect, it } from "vitest";
import * as z from "zod";
import { include } from "../../../src/model/schema/include.ts";
import { modelSchema } from "../../../src/model/schema/model.ts";
import { networkSchema } from "../../../src/model/schema/network.ts";
import { configSchema, secretSchema } from "../../../src/model/schema/secret.ts";
import { serviceSchema } from "../../../src/model/schema/service.ts";
import { volumeSchema } from "../../../src/model/schema/volume.ts";
import { attributesNamed, itemsOf, mapValuesOf, objectsOf } from "./forms.ts";
import { branchesOf, camelCase, isExtensible, type Official, official, valuesOf } from "./specification.ts";

const map = (schema: z.ZodType): z.ZodType => z.record(z.string(), schema);

// The stack's own attributes, which are arguments and handles in the language.
const stackSchema = z.object({
  name: z.string(),
  include,
  services: map(serviceSchema),
  models: map(modelSchema),
  networks: map(networkSchema),
  volumes: map(volumeSchema),
  secrets: map(secretSchema),
  configs: map(configSchema),
});

interface Finding {
  readonly properties: readonly string[];
  readonly missing: readonly string[];
}

describe("the model covers the specification", () => {
  const found = walk(official, [stackSchema], "", []);

  it("has every attribute of the official schema, at every depth", () => {
    expect(found.missing).toEqual([]);
  });

  it(`was compared property by property: ${found.properties.length} of them`, () => {
    const services = found.properties.filter((each) => /^services\.\*\.\w+$/.test(each));
    expect(services).toHaveLength(92);
    expect(found.properties.length).toBeGreaterThan(300);
  });

  it("notices a missing attribute", () => {
    const { build, ...rest } = serviceSchema.shape;
    expect(build).toBeDefined();
    const crippled = stackSchema.extend({ services: map(z.object(rest)) });
    expect(walk(official, [crippled], "", []).missing).toEqual(["services.*.build"]);
  });

  it("has no attribute that the official schema lacks but those of newer versions", () => {
    expect(surplus(official, [stackSchema], "")).toEqual([
      "services.*.build.noCacheFilter",
      "services.*.build.provenance",
      "services.*.build.sbom",
      "services.*.develop.watch[].initialSync",
      "services.*.preStart",
    ]);
  });

  it("accepts extensions exactly where Compose does", () => {
    expect(wrongExtensions(official, [stackSchema], "")).toEqual([]);
  });
});

/** Every property of the official schema, and those for which no form of the model has an attribute. */
function walk(piece: Official, models: readonly z.ZodType[], path: string, seen: readonly Official[]): Finding {
  const findings = branchesOf(piece).flatMap((branch): Finding[] => [
    ...Object.entries(branch.properties ?? {}).flatMap(([name, property]): Finding[] => {
      const at = path === "" ? name : `${path}.${name}`;
      if (isObsolete(at, property)) return [];
      const attributes = attributesNamed(models, camelCase(name));
      if (attributes.length === 0) return [{ properties: [at], missing: [at] }];
      return [{ properties: [at], missing: [] }, walk(property, attributes, at, [...seen, piece])];
    }),
    ...valuesOf(branch).map((value) => walk(value, mapValuesOf(models), `${path}.*`, seen)),
    ...(branch.items === undefined ? [] : [walk(branch.items, itemsOf(models), `${path}[]`, seen)]),
  ]);
  return {
    properties: [...new Set(findings.flatMap((each) => each.properties))],
    missing: [...new Set(findings.flatMap((each) => each.missing))],
  };
}

// `version` is ignored by Compose, `external: { name }` was replaced by `name` (the schema marks it in most places).
function isObsolete(path: string, property: Official): boolean {
  return property.deprecated === true || path.endsWith(".external.name");
}

/** Attributes of the model that the official schema does not have. */
function surplus(piece: Official, models: readonly z.ZodType[], path: string): readonly string[] {
  const branches = branchesOf(piece);
  const properties = Object.assign({}, ...branches.map((branch) => branch.properties)) as Record<string, Official>;
  const known = new Map(Object.entries(properties).map(([name, property]) => [camelCase(name), property]));
  const names = new Set(objectsOf(models).flatMap(({ shape }) => Object.keys(shape)));
  const here = [...names].flatMap((name) => {
    const at = path === "" ? name : `${path}.${name}`;
    const property = known.get(name);
    return property === undefined ? [at] : surplus(property, attributesNamed(models, name), at);
  });
  const values = branches.flatMap(valuesOf).flatMap((value) => surplus(value, mapValuesOf(models), `${path}.*`));
  const items = branches.flatMap(({ items: each }) => (each === undefined ? [] : surplus(each, itemsOf(models), `${path}[]`)));
  return [...new Set([...here, ...values, ...items])].sort();
}

/** Objects of the model that accept an extension where Compose refuses it, or the other way about. */
function wrongExtensions(piece: Official, models: readonly z.ZodType[], path: string): readonly string[] {
  return branchesOf(piece).flatMap((branch) => [
    ...(branch.properties === undefined || path === ""
      ? []
      : objectsOf(models).filter((each) => acceptsExtension(each) !== isExtensible(branch))
    ).map(() => path),
    ...Object.entries(branch.properties ?? {}).flatMap(([name, property]) => {
      const at = path === "" ? name : `${path}.${name}`;
      return isObsolete(at, property) ? [] : wrongExtensions(property, attributesNamed(models, camelCase(name)), at);
    }),
    ...valuesOf(branch).flatMap((value) => wrongExtensions(value, mapValuesOf(models), `${path}.*`)),
    ...(branch.items === undefined ? [] : wrongExtensions(branch.items, itemsOf(models), `${path}[]`)),
  ]);
}

function acceptsExtension(schema: z.ZodObject): boolean {
  const { error } = schema.safeParse({ "x-extension": 1 });
  return !(error?.issues ?? []).some(({ path }) => path[0] === "x-extension");
}
