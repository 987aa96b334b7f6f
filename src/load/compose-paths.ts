import { existsSync } from "node:fs";
import { delimiter, extname, join, resolve } from "node:path";

const EXTENSIONS = [".yaml", ".yml"];

/** What Docker Compose looks for in a folder, in its order. */
const NAMES = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];

/** Whether a file is a Compose file and no module. */
export function isComposeFile(file: string): boolean {
  return EXTENSIONS.includes(extname(file));
}

/** The Compose files that an argument names, each over the one before: `compose.yaml:compose.prod.yaml` (`;` on Windows). */
export function composePaths(argument: string): readonly string[] {
  const paths = argument.split(delimiter);
  return paths.every(isComposeFile) ? paths : [];
}

/**
 * The Compose files of a folder as `docker compose` finds them: those of the variable COMPOSE_FILE, or else
 * `compose.yaml` and what `compose.override.yaml` lays over it; none where there are none.
 *
 * @see https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
 */
export function composeFilesIn(folder: string): readonly string[] {
  const { COMPOSE_FILE = "", COMPOSE_PATH_SEPARATOR = delimiter } = process.env;
  if (COMPOSE_FILE !== "") return COMPOSE_FILE.split(COMPOSE_PATH_SEPARATOR).map((path) => resolve(folder, path));
  const main = NAMES.find((name) => existsSync(join(folder, name)));
  if (main === undefined) return [];
  const stem = main.slice(0, -extname(main).length);
  const override = EXTENSIONS.map((extension) => `${stem}.override${extension}`).find((name) => existsSync(join(folder, name)));
  return [main, ...(override === undefined ? [] : [override])].map((name) => join(folder, name));
}
