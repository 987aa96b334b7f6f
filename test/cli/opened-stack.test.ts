import { expect, it } from "vitest";
import { openStack } from "../../src/cli/opened-stack.ts";
import type { Console } from "../../src/cli/render/console.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const SERVICES = "services: {a: {image: x, profiles: [tools]}, b: {image: x}}\n";

it.each([
  ["a profile that no service has", SERVICES, ["tool", "tools"], ['no service of shop has the profile "tool"']],
  ["all profiles", SERVICES, ["*"], []],
  ["a variable that may be it", SERVICES.replace("tools", "'${P}'"), ["tool"], []],
])("%s", async (_, text, profiles, expected) => {
  const cwd = temporaryFolder();
  await writeTree(cwd, { "compose.yaml": `name: shop\n${text}` });
  const told: string[] = [];
  const console = { hide: () => undefined, error: (line: string) => told.push(line) } as unknown as Console;
  await openStack("compose.yaml", cwd, { profiles }, console);
  expect(told).toEqual(expected);
});
