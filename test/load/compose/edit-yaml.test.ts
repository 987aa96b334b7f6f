import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type EditedValue, editAttribute } from "../../../src/load/compose/edit-yaml.ts";

/** The place of the first key of that name. */
function placeOf(text: string, key: string): { line: number; column: number } {
  const before = text.slice(0, new RegExp(`(?<=^|[\\s{,])${key}:`).exec(text)?.index ?? 0).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const edit = (text: string, value: EditedValue | undefined, key = "test"): string | undefined =>
  editAttribute(text, placeOf(text, key), value);

describe("editAttribute", () => {
  it.each<[string, string, EditedValue, string]>([
    ["a plain text", "a: 1\ntest: curl x # c\nb: 2\n", "curl -f x", "a: 1\ntest: curl -f x # c\nb: 2\n"],
    ["double quotes", 'test:   "curl \\"x\\"\\u0020y"\n', 'curl -f "x" y', 'test:   "curl -f \\"x\\"\\u0020y"\n'],
    ["single quotes", "test: 'curl ''x''' # c\n", "curl -f 'x'", "test: 'curl -f ''x''' # c\n"],
    [
      "a literal block",
      "test: |\n  # no comment\n  curl x\n  end\nb: 2\n",
      "# no comment\ncurl -f x\nend\n",
      "test: |\n  # no comment\n  curl -f x\n  end\nb: 2\n",
    ],
    ["a folded block", "test: >-\n  curl\n  x\n  || y\n", "curl x -f || y", "test: >-\n  curl\n  x -f\n  || y\n"],
    ["a plain text of two lines", "test: curl\n  x y\n", "curl x -f y", "test: curl\n  x -f y\n"],
    ["an item of a list in brackets", "test: [ a,  'b', \"c\" ] # d\n", ["a", "B", "c"], "test: [ a,  'B', \"c\" ] # d\n"],
    ["one more, like the one before it", "test: [CMD, curl, 'x']\n", ["CMD", "curl", "-f", "x"], "test: [CMD, curl, -f, 'x']\n"],
    ["one more in double quotes", 'test: ["CMD", "curl"]\n', ["CMD", "curl", "-f"], 'test: ["CMD", "curl", "-f"]\n'],
    [
      "one more, on a line of its own",
      "test: [\n  CMD,\n  curl, # c\n  x ]\n",
      ["CMD", "curl", "-f", "x"],
      "test: [\n  CMD,\n  curl,\n  -f, # c\n  x ]\n",
    ],
    [
      "one more below a dash",
      "test:\n  - CMD # c\n  - curl # d\n  - x\n",
      ["CMD", "curl", "-f", "x"],
      "test:\n  - CMD # c\n  - curl # d\n  - -f\n  - x\n",
    ],
    ["one more at the end of the file", "test:\n- CMD\n- curl", ["CMD", "curl", "x: y"], 'test:\n- CMD\n- curl\n- "x: y"'],
    [
      "carriage returns",
      "test:\r\n  - CMD\r\n  - curl\r\nb: 2\r\n",
      ["CMD", "curl", "-f"],
      "test:\r\n  - CMD\r\n  - curl\r\n  - -f\r\nb: 2\r\n",
    ],
    ["fewer", "test:\n  - CMD\n  - a\n  - b\nc: d\n", ["CMD", "a b"], "test:\n  - CMD\n  - a b\nc: d\n"],
    ["fewer in brackets", "test: [CMD, a, b]\n", ["CMD", "a"], "test: [CMD, a]\n"],
    ["a list instead of a text", "{ test: NONE , b: 2 }\n", ["NONE"], '{ test: ["NONE"] , b: 2 }\n'],
    ["an anchor and a tag", "test: &t !!str curl x\nb: *t\n", "curl -f x", "test: &t !!str curl -f x\nb: *t\n"],
    ["what means something else without quotes", "test: [a, b]\n", ["a", "b", "true"], 'test: [a, b, "true"]\n'],
    ["a second document", "a: 1\n---\ntest: x # c\n", "y", "a: 1\n---\ntest: y # c\n"],
    ["a byte order mark", "\ufeffa: 1\ntest: x\n", "y", "\ufeffa: 1\ntest: y\n"],
  ])("changes %s, and nothing else", (_, before, value, after) => {
    expect(edit(before, value)).toBe(after);
    expect(edit(after, value)).toBe(after);
  });

  it.each<[string, string, EditedValue | undefined]>([
    ["an alias", "a: &t x\ntest: *t\n", "y"],
    ["a list with a comment in the place of an item", "test: [a, # c\n b]\n", ["a"]],
    ["a map", "test: { a: b }\n", "c"],
    ["a text instead of a list", "test: [a]\n", "b"],
    ["what is no YAML", "test: [a\n", ["b"]],
    ["an attribute among others on its line", "{ version: 3, test: x }\n", undefined],
  ])("leaves alone: %s", (_, before, value) => {
    expect(edit(before, value, value === undefined ? "version" : "test")).toBeUndefined();
  });

  it.each([
    ["version: '3' # old\nservices: {}\n", "services: {}\n"],
    ["# top\n\nversion: 3.8\n\nservices: {}\n", "# top\n\n\nservices: {}\n"],
    ["a: 1\nversion: 3", "a: 1\n"],
  ])("takes an attribute out with its line: %j", (before, after) => {
    expect(edit(before, undefined, "version")).toBe(after);
  });

  it("changes one value of whatever file, or leaves it alone", () => {
    fc.assert(
      fc.property(files, texts, ({ text, before }, inserted) => {
        const value = typeof before === "string" ? `${before} ${inserted}` : [...before.slice(0, 1), inserted, ...before.slice(1)];
        const after = edit(text, value);
        if (after === undefined) return;
        const [old, now] = [parse(text, { schema: "failsafe" }), parse(after, { schema: "failsafe" })];
        expect(now.test).toEqual(value);
        expect({ ...now, test: 0 }).toEqual({ ...old, test: 0 });
        expect(comments(after)).toEqual(comments(text));
      }),
      { numRuns: 500 },
    );
  });
});

const comments = (text: string): readonly string[] => text.match(/# c\d/g) ?? [];
const texts = fc.constantFrom("-f", "127.0.0.1", "a b", "it's", 'say "x"', "x: y", "$$X", "\\", "# z");
const words = fc.array(fc.constantFrom("CMD", "curl", "-s", "http://x", "it's", 'a"b', "x y"), { minLength: 1, maxLength: 4 });
const styles = {
  flow: (items: readonly string[]) => `[ ${items.map((item) => JSON.stringify(item)).join(", ")} ] # c1`,
  single: (items: readonly string[]) => `[${items.map((item) => `'${item.replaceAll("'", "''")}'`).join(",")}]`,
  lines: (items: readonly string[]) => `[\n    ${items.map((item) => JSON.stringify(item)).join(",\n    ")}\n  ]`,
  dashes: (items: readonly string[]) => `# c2${items.map((item, index) => `\n    - ${JSON.stringify(item)} # c${index}`).join("")}`,
};
const files = fc
  .record({
    items: words,
    style: fc.constantFrom(...Object.values(styles)),
    isList: fc.boolean(),
    block: fc.constantFrom("|", ">-", '"', "'"),
  })
  .map(({ items, style, isList, block }) => {
    const line = items.join(" ");
    const scalar = block === '"' ? JSON.stringify(line) : block === "'" ? `'${line.replaceAll("'", "''")}'` : `${block}\n    ${line}`;
    const text = `# c7\na: x # c8\ntest: ${isList ? style(items) : scalar}\n# c9\nb: "y"\n`;
    return { text, before: isList ? items : block === "|" ? `${line}\n` : line };
  });
