import { StackError } from "../../errors.ts";
import type { Creation } from "../diagnose/create-causes.ts";
import { type ComposeOptions, type ComposeProject, runCompose } from "./compose.ts";

export interface CreateOptions extends ComposeOptions {
  /** Whether images are built even if they exist. Default: false. */
  readonly build?: boolean | undefined;
  /** When images are pulled. Default: "missing". */
  readonly pull?: "always" | "missing" | "never" | undefined;
  /** Whether containers of services that are in the stack no more are removed. Default: false. */
  readonly removeOrphans?: boolean | undefined;
}

/** What Compose has left as it was, though the stack says otherwise. */
export interface LeftAsItWas {
  /** The volumes, by their names in the engine: they are created with other options or labels than the stack has now. */
  readonly volumes: readonly string[];
}

/**
 * Builds, pulls and creates everything that a stack needs, and starts nothing. A volume that has changed is kept, with its data:
 * Compose asks before it makes one anew, and gets no answer.
 *
 * @throws {StackError} `create-failed` with what Compose said.
 */
export async function createContainers(project: ComposeProject, options: CreateOptions = {}): Promise<LeftAsItWas> {
  const args = [
    "up",
    "--no-start",
    ...(options.build === true ? ["--build"] : []),
    ...(options.pull === undefined ? [] : ["--pull", options.pull]),
    ...(options.removeOrphans === true ? ["--remove-orphans"] : []),
  ];
  for (let attempt = 1; ; attempt++) {
    const result = await runCompose(project, args, options);
    if (result.exitCode === 0 || options.signal?.aborted === true) return { volumes: changedVolumes(result.stdout) };
    if (attempt === ATTEMPTS || !isRace(result.stderr, project.name)) throw createError(result.stderr, result.stdout);
  }
}

function changedVolumes(stdout: string): readonly string[] {
  return [...stdout.matchAll(/Volume "([^"\n]+)" exists but doesn't match configuration/g)].map(([, name = ""]) => name);
}

const ATTEMPTS = 4;

// Another launch of the same stack created, or removes, the same thing at the same moment: the next attempt finds it done. A new name
// is allocated for what Compose creates anew beside the leftover of a recreation that was interrupted, which it removes meanwhile.
function isRace(stderr: string, project: string): boolean {
  return (
    stderr.includes(`The container name "/${project}-`) ||
    /Error when allocating new name|removal of container \S+ is already in progress|No such container|network with name \S+ already exists/.test(
      stderr,
    )
  );
}

const CAUSES: readonly { readonly pattern: RegExp; readonly hint: string }[] = [
  {
    pattern: /Cannot connect to the Docker daemon|error during connect/i,
    hint: "start Docker, or say where it is with DOCKER_HOST or docker context use",
  },
  {
    pattern:
      /pull access denied|manifest unknown|manifest for .* not found|repository does not exist|failed to resolve reference|no such host|Get "https?:\/\/[^"]*\/v2\//i,
    hint: "the image can't be pulled: check its name and tag, docker login, and that the registry can be reached",
  },
  {
    pattern: /failed to solve|failed to build|dockerfile parse error|failed to read dockerfile/i,
    hint: "the image can't be built: mend the Dockerfile at the step above",
  },
  {
    pattern: /declared as external, but could not be found/i,
    hint: "create it first (docker network create NAME, docker volume create NAME), or take external: true out",
  },
  { pattern: /is already in use by container/i, hint: "another container has this name: remove it, or take containerName out" },
  { pattern: /no space left on device/i, hint: "the engine's disk is full: docker system prune frees what nothing uses" },
];

/** What Compose printed, as an error: its last words, and what to do where they are known. */
export function createError(stderr: string, stdout = ""): StackError {
  const cause = CAUSES.find(({ pattern }) => pattern.test(stderr));
  const lines = stderr.split("\n").filter((line) => line.trim() !== "" && !/^ (Container|Network|Volume|Image) /.test(line));
  const message = lines.slice(-12).join("\n    ").trim();
  const code = cause === CAUSES[0] ? "no-engine" : "create-failed";
  return StackError.of(code, `Docker Compose could not create the containers:\n    ${message}`, {
    hint: cause?.hint,
    cause: { errors: stderr, output: stdout } satisfies Creation,
  });
}
