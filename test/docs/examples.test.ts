import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { compilerErrors } from "./compiled.ts";

// Every example of the documentation is given to the compiler, all of them in one program. That they also do what they say
// is shown by the tests of their pages.

const root = new URL("../../", import.meta.url);
const PAGES = ["README.md", ...readdirSync(new URL("docs/", root)).map((name) => `docs/${name}`)].filter((path) => path.endsWith(".md"));

interface Example {
  readonly page: string;
  readonly path: string;
  readonly code: string;
}

/** The examples of a page; one that says where it stands (`ts stacks/shop/stack.ts`) is put there. */
function examplesOf(page: string): readonly Example[] {
  const folder = page.replace(/^docs\/|\.md$/g, "");
  const text = readFileSync(new URL(page, root), "utf8");
  return [...text.matchAll(/^( *)```ts ?(\S*)\n([\s\S]*?)^\1```$/gm)].map(([, indent = "", name = "", code = ""], index) => ({
    page,
    path: `${folder}/${name === "" ? `examples/${index + 1}.mts` : name}`,
    code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
  }));
}

const EXAMPLES = PAGES.flatMap(examplesOf);

/** What examples use that are parts of something. */
const SURROUNDINGS = {
  "globals.d.ts": ["image", "probe", "service"]
    .map((name) => `declare const ${name}: typeof import("stackwright").${name};\n`)
    .concat('declare const key: import("stackwright").Secret;\n')
    .join(""),
  "rehearsal/stacks/shop/stack.ts": `import { probe, service, stack, task } from "stackwright";
const db = service("db", { image: "x", healthcheck: probe.shell("true") });
const migrate = task("migrate", { image: "x", dependsOn: [db.healthy()] });
export default stack("shop", [service("api", { image: "x", dependsOn: [migrate.completed()] })]);
`,
};

/** What must not compile, so that it is seen whether the compiler looks. */
const WRONG = 'import { rehearse, service, stack } from "stackwright";\nrehearse(stack("s", [service("a", {})])).at("a", "start");\n';

describe("the examples of the documentation", () => {
  it("are there", () => {
    const pages = new Set(EXAMPLES.map(({ page }) => page));
    expect([...pages]).toEqual(
      expect.arrayContaining(["README.md", "docs/api.md", "docs/dockerfiles.md", "docs/library.md", "docs/probes.md"]),
    );
    expect(new Set(EXAMPLES.map(({ path }) => path)).size).toBe(EXAMPLES.length);
  });

  it("compile, and the one that must not does not", async () => {
    const files = Object.fromEntries(EXAMPLES.map(({ path, code }) => [path, code]));
    const said = await compilerErrors({ ...files, ...SURROUNDINGS, "wrong.mts": WRONG });
    expect(said.split("\n").filter((line) => /^\S+\(\d/.test(line))).toEqual([expect.stringMatching(/^wrong\.mts\(2,.*"start"/)]);
  }, 120_000);
});
