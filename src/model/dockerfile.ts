import { StackError } from "../errors.ts";
import { required } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { type Definition, definedBy } from "./definition.ts";
import { FROM_ACCEPTS, INSTRUCTION_ACCEPTS, VARIABLE } from "./dockerfile-accepts.ts";
import type { Step } from "./dockerfile-step.ts";
import { type Interpolation, interpolationOf, type Text } from "./interpolation.ts";
import type { HealthcheckSpec, Probe } from "./schema/healthcheck.ts";

/** A command: a list runs as it is (the exec form), a string is run by the shell of the image (the shell form). */
export type Command = string | readonly string[];

export interface FromOptions {
  /** The stage's name, in small letters. Default: `stage-N` where another stage needs one. */
  readonly as?: string;
  /** The platform, e.g. "linux/amd64". Default: the one that is built for. */
  readonly platform?: Text;
  /** Build arguments that stand before the first stage, for use in the names of images; `null` has no default. */
  readonly args?: { readonly [name: string]: Text | null };
}

export interface CopyOptions {
  /** Where it is copied from: another stage, or an image. Default: the build context. */
  readonly from?: Dockerfile | Text;
  /** The owner, `USER`, `USER:GROUP` or ids. Default: 0:0. */
  readonly chown?: Text;
  /** The mode, e.g. "755". Default: as in the source. */
  readonly chmod?: Text;
  /** Whether the layer does not depend on the ones before. Default: false. */
  readonly link?: boolean;
}

export interface AddOptions extends Omit<CopyOptions, "from"> {
  /** The digest that a downloaded file must have. */
  readonly checksum?: Text;
  /** Whether `.git` of a repository is kept. Default: false. */
  readonly keepGitDir?: boolean;
}

/** A mount while one `RUN` runs. @see https://docs.docker.com/reference/dockerfile/#run---mount */
export type RunMount =
  | (BindOrCache & { readonly type: "bind"; readonly readwrite?: boolean })
  | (BindOrCache & CacheOwner & { readonly type: "cache"; readonly id?: string; readonly sharing?: "shared" | "private" | "locked" })
  | { readonly type: "tmpfs"; readonly target: string; readonly size?: number }
  | (Granted & { readonly type: "secret"; readonly env?: string })
  | (Granted & { readonly type: "ssh" });

interface BindOrCache {
  readonly target: string;
  readonly source?: string;
  readonly from?: Dockerfile | string;
  readonly readonly?: boolean;
}

interface CacheOwner {
  readonly mode?: string;
  readonly uid?: number;
  readonly gid?: number;
}

interface Granted extends CacheOwner {
  readonly id?: string;
  readonly target?: string;
  readonly required?: boolean;
}

export interface RunOptions {
  readonly mounts?: readonly RunMount[];
  /** The network while it runs. Default: "default". */
  readonly network?: "default" | "none" | "host";
  /** "insecure" runs without a sandbox, where the builder allows it. Default: "sandbox". */
  readonly security?: "sandbox" | "insecure";
}

/**
 * A Dockerfile: its final stage, and with it every stage that it is based on or copies from. A plain immutable value; every
 * method returns a new one with an instruction more. A `$` in a text is a literal, `variable("NAME")` is replaced by the
 * build; in the shell form of a command, `$NAME` is the shell's.
 *
 * @see https://docs.docker.com/reference/dockerfile/
 */
export interface Dockerfile {
  readonly kind: "dockerfile";
  /** The image, or the stage, that the final stage is based on. */
  readonly base: Text | Dockerfile;
  readonly options: FromOptions;
  readonly steps: readonly Step[];
  readonly definition: Definition;
  /** Copies files, and fetches or unpacks them. @see https://docs.docker.com/reference/dockerfile/#add */
  add(source: Text | readonly Text[], target: Text, options?: AddOptions): this;
  /** A build argument; it is a variable of this stage from here on. @see https://docs.docker.com/reference/dockerfile/#arg */
  arg(name: string, value?: Text): this;
  /** What runs by default. @see https://docs.docker.com/reference/dockerfile/#cmd */
  cmd(command: Command): this;
  /** A comment line. */
  comment(text: string): this;
  /** Copies files. @see https://docs.docker.com/reference/dockerfile/#copy */
  copy(source: Text | readonly Text[], target: Text, options?: CopyOptions): this;
  /** What always runs; the command becomes its arguments. @see https://docs.docker.com/reference/dockerfile/#entrypoint */
  entrypoint(command: Command): this;
  /** Environment variables. @see https://docs.docker.com/reference/dockerfile/#env */
  env(values: { readonly [name: string]: Text | number | boolean }): this;
  /** Ports that are listened on, e.g. 80 or "53/udp". @see https://docs.docker.com/reference/dockerfile/#expose */
  expose(...ports: readonly (Text | number)[]): this;
  /** A text file: nothing in its text is replaced, and a last line without an end gets one. @see https://docs.docker.com/reference/dockerfile/#copy---here-documents */
  file(target: Text, content: string, options?: Omit<CopyOptions, "from">): this;
  /** When the container is healthy, once for each stage: services that use the image inherit it. @see https://docs.docker.com/reference/dockerfile/#healthcheck */
  healthcheck<Check extends Probe | HealthcheckSpec>(check: Check): this & { readonly check: Check };
  /** Labels of the image. @see https://docs.docker.com/reference/dockerfile/#label */
  label(values: { readonly [name: string]: Text | number | boolean }): this;
  /** Instructions for images that are based on this one. @see https://docs.docker.com/reference/dockerfile/#onbuild */
  onbuild(describe: (later: Dockerfile) => Dockerfile): this;
  /**
   * Runs a command. A script of several lines stops at the first that fails (`set -e`), unless it begins with `#!`.
   * @see https://docs.docker.com/reference/dockerfile/#run
   */
  run(command: Command, options?: RunOptions): this;
  /** The shell of the shell form. Default: `["/bin/sh", "-c"]`. @see https://docs.docker.com/reference/dockerfile/#shell */
  shell(command: readonly [string, ...string[]]): this;
  /** The signal that ends the container. Default: SIGTERM. @see https://docs.docker.com/reference/dockerfile/#stopsignal */
  stopsignal(signal: Text | number): this;
  /** The user. @see https://docs.docker.com/reference/dockerfile/#user */
  user(user: Text | number): this;
  /** Folders that are volumes. @see https://docs.docker.com/reference/dockerfile/#volume */
  volume(...paths: readonly Text[]): this;
  /** The working directory; it is created. @see https://docs.docker.com/reference/dockerfile/#workdir */
  workdir(path: Text): this;
}

/** A Dockerfile that gives its image a health check. */
export interface DockerfileWithHealthcheck extends Dockerfile {
  readonly check: Probe | HealthcheckSpec;
}

/**
 * Begins a Dockerfile, or a stage of one, on an image, on another stage, or on "scratch".
 *
 * @example
 * const build = from("node:22-slim", { as: "build" }).workdir("/app").copy(".", ".").run("npm ci && npm run build");
 * const image = from("node:22-slim").copy("/app/dist", "/app", { from: build }).cmd(["node", "/app/main.js"]);
 * @see https://docs.docker.com/reference/dockerfile/#from
 */
export const from = accepting(
  "from",
  FROM_ACCEPTS,
  (base: Text | Dockerfile, options: FromOptions = {}): Dockerfile => dockerfile({ base, options, definition: definedBy(from) }, []),
);

/** A variable of the build, declared by `.arg()` or `.env()`: ``interpolate`/opt/${variable("VERSION")}` ``. */
export const variable = accepting("variable", { name: required(VARIABLE) }, (name: string): Interpolation => interpolationOf([{ name }]));

/** Whether a value is a Dockerfile. */
export function isDockerfile(value: unknown): value is Dockerfile {
  return typeof value === "object" && value !== null && (value as Partial<Dockerfile>).kind === "dockerfile";
}

/** Every stage of a Dockerfile: each once, those that are needed before those that need them. */
export function stagesOf(dockerfile: Dockerfile): readonly Dockerfile[] {
  const stages = new Set<Dockerfile>();
  const visit = (stage: Dockerfile): void => {
    if (stages.has(stage)) return;
    for (const needed of stagesNeededBy(stage)) visit(needed);
    stages.add(stage);
  };
  visit(dockerfile);
  return [...stages];
}

function stagesNeededBy({ base, steps }: Dockerfile): readonly Dockerfile[] {
  const sources = steps.flatMap((step) => {
    if (step.type === "copy") return [step.options.from];
    if (step.type === "run") return (step.options.mounts ?? []).map((mount) => ("from" in mount ? mount.from : undefined));
    return [];
  });
  return [base, ...sources].filter(isDockerfile);
}

type Beginning = Pick<Dockerfile, "base" | "options" | "definition">;

function dockerfile(beginning: Beginning, steps: readonly Step[], check?: Probe | HealthcheckSpec): Dockerfile {
  const then = (step: Step): Dockerfile => dockerfile(beginning, [...steps, step], step.type === "healthcheck" ? step.check : check);
  const methods: { readonly [Name in Step["type"]]: (...args: never[]) => Dockerfile } = {
    add: (source: Text | readonly Text[], target: Text, options: AddOptions = {}) =>
      then({ type: "add", sources: [source].flat(), target, options }),
    arg: (name: string, value?: Text) => then({ type: "arg", name, value }),
    cmd: (command: Command) => then({ type: "cmd", command }),
    comment: (text: string) => then({ type: "comment", text }),
    copy: (source: Text | readonly Text[], target: Text, options: CopyOptions = {}) =>
      then({ type: "copy", sources: [source].flat(), target, options }),
    entrypoint: (command: Command) => then({ type: "entrypoint", command }),
    env: (values: { readonly [name: string]: Text | number | boolean }) => then({ type: "env", values }),
    expose: (...ports: readonly (Text | number)[]) => then({ type: "expose", ports }),
    file: (target: Text, content: string, options: Omit<CopyOptions, "from"> = {}) => then({ type: "file", target, content, options }),
    healthcheck: (given: Probe | HealthcheckSpec) => then({ type: "healthcheck", check: given }),
    label: (values: { readonly [name: string]: Text | number | boolean }) => then({ type: "label", values }),
    onbuild: (describe: (later: Dockerfile) => Dockerfile) =>
      then({ type: "onbuild", steps: described(describe(dockerfile(beginning, []))).steps }),
    run: (command: Command, options: RunOptions = {}) => then({ type: "run", command, options }),
    shell: (command: readonly string[]) => then({ type: "shell", command }),
    stopsignal: (value: Text | number) => then({ type: "stopsignal", value }),
    user: (value: Text | number) => then({ type: "user", value }),
    volume: (...paths: readonly Text[]) => then({ type: "volume", paths }),
    workdir: (value: Text) => then({ type: "workdir", value }),
  };
  const accepted = Object.entries(methods).map(([type, method]) => [
    type,
    accepting(`from().${type}`, INSTRUCTION_ACCEPTS[type as Step["type"]], method),
  ]);
  const all = { kind: "dockerfile", ...beginning, steps, ...(check === undefined ? {} : { check }), ...Object.fromEntries(accepted) };
  return Object.freeze(all) as unknown as Dockerfile;
}

function described(later: unknown): Dockerfile {
  if (isDockerfile(later)) return later;
  throw StackError.of("invalid-stack", "the function returns no Dockerfile (write (later) => later.run(...))", {
    path: "from().onbuild.describe",
    kind: "attribute",
  });
}
