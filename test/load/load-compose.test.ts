import { delimiter, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
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

const OVERRIDDEN = {
  "compose.yaml": "name: shop\nservices: {a: {image: x}}\n",
  "compose.override.yaml": "services: {a: {labels: {from: override}}, b: {image: y}}\n",
  "compose.prod.yml": "services: {a: {image: z}}\n",
};
const loaded = async (argument: string, folder: string) =>
  (await loadStack(argument, folder)).stack.services.map(({ name, spec }) => `${name} ${String(spec.image)}`);

test("a folder without a stack of its own is read as Docker Compose reads it, with its override file", async () => {
  const folder = folderWith(OVERRIDDEN);
  expect(await loaded(".", folder)).toEqual(["a x", "b y"]);
  expect(await loaded("./", folder)).toEqual(["a x", "b y"]);
});

test("a file that is named is read alone", async () => {
  expect(await loaded("compose.yaml", folderWith(OVERRIDDEN))).toEqual(["a x"]);
});

test("several files are named with a colon between them, each over the one before", async () => {
  expect(await loaded(["compose.yaml", "compose.prod.yml"].join(delimiter), folderWith(OVERRIDDEN))).toEqual(["a z"]);
});

test("COMPOSE_FILE says which files a folder has", async () => {
  vi.stubEnv("COMPOSE_FILE", ["compose.yaml", "compose.prod.yml"].join(delimiter));
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(await loaded(".", folderWith(OVERRIDDEN))).toEqual(["a z"]);
});

test("the stack of a folder wins over its Compose file", () => {
  const folder = folderWith({ ...OVERRIDDEN, "stack.ts": "" });
  expect(stackModuleAt(".", folder)).toMatchObject({ file: join(folder, "stack.ts") });
});

test("what is not there is named", () => {
  const folder = folderWith(OVERRIDDEN);
  expect(() => stackModuleAt(["compose.yaml", "no.yaml"].join(delimiter), folder)).toThrow("there is no file or folder no.yaml");
  expect(() => stackModuleAt(".", folderWith({}))).toThrow("there is no stack.ts, stack.mts, stack.js, stack.mjs and no compose.yaml in .");
});
