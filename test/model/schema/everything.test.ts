import { checkStack, emitStack, type Stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { absent, objectsOf } from "./absent.ts";
import { everything, refereed, VALUES, variable } from "./everything.ts";
import { composeConfig, hasReferee } from "./referee.ts";
import { branchesOf, type Official, official, valuesOf } from "./specification.ts";

const LAYOUT = { stackFolder: "/project/stack", outputFolder: "/project/stack", root: "/project", source: "stack.ts" };

describe("every attribute", () => {
  it("is emitted under the specification's name", () => {
    const document = parse(emitted(everything));
    expect(absent(official, [document], "")).toEqual([]);
  });

  it("is emitted under a name that the specification knows, but for what is newer than it", () => {
    const document = parse(emitted(everything));
    expect([...new Set(unknown(official, [document], ""))]).toEqual([
      "services.*.develop.watch[].initial_sync",
      "services.*.build.no_cache_filter",
      "services.*.build.provenance",
      "services.*.build.sbom",
      "services.*.pre_start",
    ]);
  });

  it("has a place in the order of the specification", () => {
    const names = Object.keys(parse(emitted(everything)).services.app);
    const plain = names.filter((name) => !name.startsWith("x-"));
    expect(plain).toEqual([...plain].sort());
  });

  it.skipIf(!hasReferee)("is accepted by Docker Compose and comes out again", () => {
    const text = emitted(refereed);
    const config = composeConfig(text, { PASSWORD: "p", MOTD: "m" });
    const lost = Object.entries(parse(text).services).flatMap(([name, service]) =>
      Object.keys(service as object).flatMap((key) => (key in (config["services"]?.[name] ?? {}) ? [] : [`${name}.${key}`])),
    );
    // Compose resolves these away: what is based on another is complete, files and empty lists are read, false is the default; it knows no pull_refresh_after yet.
    expect(
      lost.filter((each) => !/\.(extends|env_file|label_file|x-app|privileged|use_api_socket|pull_refresh_after)$/.test(each)),
    ).toEqual([]);
  });

  it.skipIf(!hasReferee)("may be a variable where Docker Compose replaces it", () => {
    const config = JSON.stringify(composeConfig(emitted(variable), VALUES));
    expect(config).not.toContain("${");
    expect(config).toContain('"mem_limit":"67108864"');
    expect(config).toContain('"privileged":true');
  });
});

function emitted(stack: Stack): string {
  return emitStack(checkStack(stack), LAYOUT).find(({ path }) => path === "compose.yaml")?.text ?? "";
}

/** Whether an object may have whatever keys it likes. */
function isOpen({ type = "object", properties, patternProperties }: Official): boolean {
  return [type].flat().includes("object") && properties === undefined && patternProperties === undefined;
}

/** Keys of the document that the official schema does not know. */
function unknown(piece: Official, nodes: readonly unknown[], path: string): readonly string[] {
  const branches = branchesOf(piece);
  const properties = Object.assign({}, ...branches.map((branch) => branch.properties)) as Record<string, Official>;
  const values = branches.flatMap(valuesOf);
  const items = branches.flatMap((branch) => (branch.items === undefined ? [] : [branch.items]));
  const inObjects = objectsOf(nodes).flatMap((node) =>
    Object.entries(node).flatMap(([key, value]) => {
      const at = path === "" ? key : `${path}.${key}`;
      if (key in properties) return unknown(properties[key] ?? {}, [value], at);
      if (values.length > 0) return values.flatMap((each) => unknown(each, [value], `${path}.*`));
      return key.startsWith("x-") || branches.some(isOpen) ? [] : [at];
    }),
  );
  return [...inObjects, ...items.flatMap((item) => unknown(item, nodes.filter(Array.isArray).flat(), `${path}[]`))];
}
