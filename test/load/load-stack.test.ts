import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadStack, loadStacks } from "../../src/load/load-stack.ts";
import { membersOf } from "../../src/model/stack.ts";
import { copyOfProject, fixtureProject } from "../fixture-projects.ts";
import { stackErrorOf } from "../rejection.ts";

const simple = fixtureProject("simple");
const broken = fixtureProject("broken");

describe("a stack", () => {
  it.each([
    ["one", "one"],
    ["stacks/one", "one"],
    ["stacks/one/stack.ts", "one"],
    [`${simple}/stacks/one`, "one"],
    ["other/deep", "deep"],
    ["other/web.stack.ts", "named"],
  ])("is loaded by name, by folder or by path: %s", async (argument, name) => {
    expect((await loadStack(argument, simple)).stack.name).toBe(name);
  });

  it("is found by its own name where its folder has another", async () => {
    const { stack, file } = await loadStack("zwei", simple);
    expect([stack.name, file]).toEqual(["zwei", `${simple}/stacks/two/stack.mjs`]);
  });

  it("is not found by the name of its folder where its own is another", async () => {
    const error = await stackErrorOf(loadStack("two", simple));
    expect(error.code).toBe("usage");
    expect(error.message).toContain("zwei");
  });

  it("is asked back for where its name is nearly that of one", async () => {
    const { message } = await stackErrorOf(loadStack("zwe", simple));
    expect(message).toContain('there is no stack "zwe"; did you mean "zwei"?');
  });

  it("may be several at once, in the order in which they were named", async () => {
    const loaded = await loadStacks(["zwei", "one"], simple);
    expect(loaded.map(({ stack }) => stack.name)).toEqual(["zwei", "one"]);
  });

  it("is each of the project where none is named", async () => {
    const loaded = await loadStacks([], simple);
    expect(loaded.map(({ stack }) => stack.name)).toEqual(["one", "zwei"]);
  });

  it("may use a service of another package of the workspace", async () => {
    const workspace = copyOfProject("npm-workspace");
    mkdirSync(join(workspace, "node_modules/@shop"), { recursive: true });
    symlinkSync(join(workspace, "packages/data"), join(workspace, "node_modules/@shop/data"));
    const { stack, root } = await loadStack("web", workspace);
    expect(membersOf(stack).map(({ name }) => name)).toEqual(["db", "web"]);
    expect(root).toBe(join(workspace, "apps/web"));
  });

  it("may be made of modules that import each other, as long as nothing is needed too early", async () => {
    expect((await loadStack("round", fixtureProject("round-trip"))).stack.name).toBe("round");
  });
});

describe("a stack that is not there", () => {
  it("is refused, and those that are there are named", async () => {
    const error = await stackErrorOf(loadStack("three", simple));
    expect(error.code).toBe("usage");
    expect(error.message).toContain("one, zwei");
  });

  it("is refused with what to write where there are no stacks at all", async () => {
    const empty = copyOfProject("empty");
    for (const loading of [loadStack("one", empty), loadStacks([], empty)]) {
      const error = await stackErrorOf(loading);
      expect(error.code).toBe("usage");
      expect(error.issues[0]?.hint).toContain("stacks/");
    }
  });
});

describe("a module that can't be loaded", () => {
  const errorOf = (name: string) => stackErrorOf(loadStack(`stacks/${name}`, broken));
  const placeOf = (path: string) => `${broken}/stacks/${path}`;

  it("for want of a default export is named", async () => {
    const error = await errorOf("no-default");
    expect(error).toMatchObject({ code: "invalid-stack", issues: [{ source: placeOf("no-default/stack.ts") }] });
    expect(error.message).toContain("no default export");
  });

  it("because its default export is no stack is named", async () => {
    const error = await errorOf("wrong-default");
    expect(error).toMatchObject({ code: "invalid-stack", issues: [{ source: placeOf("wrong-default/stack.ts") }] });
    expect(error.message).toContain("not a stack");
  });

  it("because it throws is named with the line that threw and the first line of the reason", async () => {
    const error = await errorOf("throws");
    expect(error.code).toBe("invalid-stack");
    expect(error.issues[0]?.source).toMatch(new RegExp(`^${placeOf("throws/settings.ts")}:2:\\d+$`));
    expect(error.issues[0]?.message).toBe("the module can't be loaded: settings.json is missing");
  });

  it("because of its syntax is named with the line", async () => {
    const error = await errorOf("syntax-error");
    expect(error.code).toBe("invalid-stack");
    expect(error.issues[0]?.source).toMatch(new RegExp(`^${placeOf("syntax-error/stack.ts")}:3:\\d+$`));
  });

  it("because of an import that is not there names the import", async () => {
    const error = await errorOf("missing-import");
    expect(error.code).toBe("invalid-stack");
    expect(error.message).toContain("databse");
    expect(error.issues[0]?.source).toContain(placeOf("missing-import/stack.ts"));
  });

  it("because the model refuses a call keeps the model's words, at the place of the call", async () => {
    const error = await errorOf("refused");
    expect(error).toMatchObject({ code: "invalid-stack", issues: [{ path: "chore" }] });
    expect(error.issues[0]?.source).toMatch(new RegExp(`^${placeOf("refused/stack.ts")}:5:\\d+$`));
  });

  it("because two modules need each other while they load is named", async () => {
    const error = await errorOf("circular");
    expect(error.code).toBe("invalid-stack");
    expect(error.issues[0]?.source).toContain(placeOf("circular/"));
  });

  it("fails the loading of all", async () => {
    expect((await stackErrorOf(loadStacks([], broken))).code).toBe("invalid-stack");
  });
});
