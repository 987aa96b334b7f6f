import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./temporary-folder.ts";

const PROJECTS = fileURLToPath(new URL("fixtures/projects", import.meta.url));

/** A project of test/fixtures/projects, where it lies: for reading. */
export function fixtureProject(name: string): string {
  return join(PROJECTS, name);
}

/** A copy of a project of test/fixtures/projects that the test may change. */
export function copyOfProject(name: string): string {
  const folder = temporaryFolder();
  cpSync(fixtureProject(name), folder, { recursive: true });
  return folder;
}
