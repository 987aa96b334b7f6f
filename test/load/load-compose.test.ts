import { join } from "node:path";
import { expect, test } from "vitest";
import { loadStack } from "../../src/load/load-stack.ts";
import { stackModuleAt } from "../../src/load/project.ts";
import { folderWith } from "./compose/folder.ts";

test("a Compose file is accepted wherever a stack is, by its path", async () => {
  const folder = folderWith({ "package.json": "{}", "app/compose.yaml": "name: shop\nservices: {a: {image: x}}\n" });
  const { stack, file, root } = await loadStack("app/compose.yaml", folder);
  expect([stack.name, stack.services.map(({ name }) => name)]).toEqual(["shop", ["a"]]);
  expect([file, root]).toEqual([join(folder, "app/compose.yaml"), folder]);
});

test("without a name of its own it is called like its folder", async () => {
  const folder = folderWith({ "My App/compose.yml": "services: {a: {image: x}}\n" });
  expect((await loadStack("My App/compose.yml", folder)).stack.name).toBe("myapp");
});

test("other files are refused", () => {
  const folder = folderWith({ "compose.json": "{}" });
  expect(() => stackModuleAt("compose.json", folder)).toThrow("compose.json is neither a stack's module nor a Compose file");
});
