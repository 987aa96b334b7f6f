import { relative } from "node:path";
import { describe, expect, it } from "vitest";
import { StackError } from "../../src/errors.ts";
import { findStackModules, isPath, projectRoot, stackModuleAt } from "../../src/load/project.ts";
import { copyOfProject, fixtureProject } from "../fixture-projects.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

/** The modules found, as `module in package`, relative to the project. */
function foundIn(project: string, cwd = project): readonly string[] {
  return findStackModules(cwd).map(({ file, root }) => `${relative(project, file)} in ${relative(project, root) || "."}`);
}

function codeOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof StackError) return error.code;
    throw error;
  }
  return undefined;
}

describe("the stacks of a project", () => {
  it("are stacks/NAME/stack.ts and its like, sorted; folders without one are passed over", () => {
    expect(foundIn(fixtureProject("simple"))).toEqual(["stacks/one/stack.ts in .", "stacks/two/stack.mjs in ."]);
  });

  it("are found from a folder deep within", () => {
    const project = fixtureProject("simple");
    expect(foundIn(project, `${project}/stacks/one`)).toHaveLength(2);
    expect(foundIn(project, `${project}/other/deep`)).toHaveLength(2);
  });

  it("are those of the packages of an npm workspace too, each in its package", () => {
    expect(foundIn(fixtureProject("npm-workspace"))).toEqual([
      "packages/data/stacks/data/stack.ts in packages/data",
      "apps/web/stacks/web/stack.ts in apps/web",
    ]);
  });

  it("are those of the packages of a pnpm workspace too", () => {
    expect(foundIn(fixtureProject("pnpm-workspace"))).toEqual([
      "services/mail/stacks/mail/stack.ts in services/mail",
      "tools/stacks/lint/stack.ts in tools",
    ]);
  });

  it("are those of a yarn workspace, whose packages are one level down", async () => {
    const project = copyOfProject("npm-workspace");
    await writeTree(project, { "package.json": '{ "workspaces": { "packages": ["apps/*"] } }' });
    expect(foundIn(project)).toEqual(["apps/web/stacks/web/stack.ts in apps/web"]);
  });

  it("are none where there are none", () => {
    expect(foundIn(copyOfProject("empty"))).toEqual([]);
  });

  it("can't be found where package.json is not JSON", async () => {
    const project = temporaryFolder();
    await writeTree(project, { "package.json": "{ oops" });
    expect(codeOf(() => findStackModules(project))).toBe("usage");
  });
});

describe("the root of a project", () => {
  it("is the nearest folder with stacks/", () => {
    const project = fixtureProject("npm-workspace");
    expect(projectRoot(`${project}/apps/web/stacks/web`)).toBe(`${project}/apps/web`);
  });

  it("is the workspace from one of its packages without stacks", () => {
    const project = fixtureProject("npm-workspace");
    expect(projectRoot(`${project}/packages`)).toBe(project);
  });

  it("is the nearest package where nothing else says so", () => {
    const project = copyOfProject("empty");
    expect(projectRoot(project)).toBe(project);
  });
});

describe("a stack's module by its path", () => {
  const project = fixtureProject("simple");

  it.each(["stacks/one/stack.ts", "./stacks/one", "stacks/one/"])("is the file, or the one in the folder: %s", (path) => {
    expect(stackModuleAt(path, project)).toEqual({ file: `${project}/stacks/one/stack.ts`, root: project });
  });

  it("may be anywhere: its package is the project around it", () => {
    expect(stackModuleAt("other/deep", project)).toEqual({ file: `${project}/other/deep/stack.ts`, root: project });
  });

  it("belongs to the package of the workspace that it lies in", () => {
    const workspace = fixtureProject("npm-workspace");
    expect(stackModuleAt("apps/web/stacks/web", workspace).root).toBe(`${workspace}/apps/web`);
  });

  it.each([
    ["there is nothing", "stacks/three"],
    ["the folder has no stack", "stacks/notes"],
    ["the file is no module", "stacks/notes/README.md"],
  ])("is refused where %s", (_, path) => {
    expect(codeOf(() => stackModuleAt(path, project))).toBe("usage");
  });
});

describe("an argument", () => {
  it.each([
    ["shop", false],
    ["shop-2_b", false],
    [".", true],
    ["./shop", true],
    ["stacks/shop", true],
    ["stacks\\shop", true],
    ["shop.ts", true],
    ["shop.mjs", true],
  ])("%s is a path: %s", (argument, expected) => {
    expect(isPath(argument)).toBe(expected);
  });
});
