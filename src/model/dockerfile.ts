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

/** A health check of a Dockerfile; `undefined` where it has none. */
type AnyCheck = Probe | HealthcheckSpec | undefined;

/** The health check that an image brings which is made of a Dockerfile; `undefined` for every other. */
export type CheckOf<File> = [File] extends [{ readonly check: infer Check extends AnyCheck }] ? Check : undefined;

/**
 * A Dockerfile: its final stage, and with it every stage that it is based on or copies from. A plain immutable value; every
 * method returns a new one with an instruction more. A `$` in a text is a literal, `variable("NAME")` is replaced by the
 * build; in the shell form of a command, `$NAME` is the shell's.
 *
 * @see https://docs.docker.com/reference/dockerfile/
 */
export interface Dockerfile<Check extends AnyCheck = AnyCheck> {
  readonly kind: "dockerfile";
  /** The image, or the stage, that the final stage is based on. */
  readonly base: Text | Dockerfile;
  readonly options: FromOptions;
  readonly steps: readonly Step[];
  /** The health check of its image: that of its final stage, or else of the stage which that one is based on. */
  readonly check: Check;
  readonly definition: Definition;
  /** Copies files, and fetches or unpacks them. @see https://docs.docker.com/reference/dockerfile/#add */
  add(source: Text | readonly Text[], target: Text, options?: AddOptions): Dockerfile<Check>;
  /** A build argument; it is a variable of this stage from here on. @see https://docs.docker.com/reference/dockerfile/#arg */
  arg(name: string, value?: Text): Dockerfile<Check>;
  /** What runs by default; a script is one line. @see https://docs.docker.com/reference/dockerfile/#cmd */
  cmd(command: Command): Dockerfile<Check>;
  /** A comment line. */
  comment(text: string): Dockerfile<Check>;
  /** Copies files. @see https://docs.docker.com/reference/dockerfile/#copy */
  copy(source: Text | readonly Text[], target: Text, options?: CopyOptions): Dockerfile<Check>;
  /** What always runs, a script of one line; the command becomes its arguments. @see https://docs.docker.com/reference/dockerfile/#entrypoint */
  entrypoint(command: Command): Dockerfile<Check>;
  /** Environment variables. @see https://docs.docker.com/reference/dockerfile/#env */
  env(values: { readonly [name: string]: Text | number | boolean }): Dockerfile<Check>;
  /** Ports that are listened on, e.g. 80 or "53/udp". @see https://docs.docker.com/reference/dockerfile/#expose */
  expose(...ports: readonly (Text | number)[]): Dockerfile<Check>;
  /** A text file: nothing in its text is replaced, and a last line without an end gets one. @see https://docs.docker.com/reference/dockerfile/#copy---here-documents */
  file(target: Text, content: string, options?: Omit<CopyOptions, "from">): Dockerfile<Check>;
  /** When the container is healthy, once for each stage: services that use the image inherit it. @see https://docs.docker.com/reference/dockerfile/#healthcheck */
  healthcheck<Own extends Probe | HealthcheckSpec>(check: Own): Dockerfile<Own>;
  /** Labels of the image. @see https://docs.docker.com/reference/dockerfile/#label */
  label(values: { readonly [name: string]: Text | number | boolean }): Dockerfile<Check>;
  /** Instructions for images that are based on this one. @see https://docs.docker.com/reference/dockerfile/#onbuild */
  onbuild(describe: (later: Dockerfile) => Dockerfile): Dockerfile<Check>;
  /**
   * Runs a command. A script of several lines stops at the first that fails (`set -e`), unless it begins with `#!`.
   * @see https://docs.docker.com/reference/dockerfile/#run
   */
  run(command: Command, options?: RunOptions): Dockerfile<Check>;
  /** The shell of the shell form. Default: `["/bin/sh", "-c"]`. @see https://docs.docker.com/reference/dockerfile/#shell */
  shell(command: readonly [string, ...string[]]): Dockerfile<Check>;
  /** The signal that ends the container. Default: SIGTERM. @see https://docs.docker.com/reference/dockerfile/#stopsignal */
  stopsignal(signal: Text | number): Dockerfile<Check>;
  /** The user. @see https://docs.docker.com/reference/dockerfile/#user */
  user(user: Text | number): Dockerfile<Check>;
  /** Folders that are volumes. @see https://docs.docker.com/reference/dockerfile/#volume */
  volume(...paths: readonly Text[]): Dockerfile<Check>;
  /** The working directory; it is created. @see https://docs.docker.com/reference/dockerfile/#workdir */
  workdir(path: Text): Dockerfile<Check>;
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
  <Base extends Text | Dockerfile>(base: Base, options: FromOptions = {}): Dockerfile<CheckOf<Base>> =>
    dockerfile({ base, options, definition: definedBy(from) }, [], (isDockerfile(base) ? base.check : undefined) as CheckOf<Base>),
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

/** The stage whose health check the image of a Dockerfile has: its final one, or one below that; `undefined` where none has one. */
export function stageWithCheck(dockerfile: Dockerfile): Dockerfile | undefined {
  if (hasOwnCheck(dockerfile)) return dockerfile;
  return isDockerfile(dockerfile.base) ? stageWithCheck(dockerfile.base) : undefined;
}

/** Whether the final stage itself says when the container is healthy. */
export function hasOwnCheck({ steps }: Pick<Dockerfile, "steps">): boolean {
  return steps.some(({ type }) => type === "healthcheck");
}

type Beginning = Pick<Dockerfile, "base" | "options" | "definition">;

function dockerfile<Check extends AnyCheck>(beginning: Beginning, steps: readonly Step[], check: Check): Dockerfile<Check> {
  const then = (step: Step): Dockerfile =>
    dockerfile<AnyCheck>(beginning, [...steps, step], step.type === "healthcheck" ? step.check : check);
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
    healthcheck: (given: Probe | HealthcheckSpec) => {
      if (hasOwnCheck({ steps })) throw refused("healthcheck", "the stage has a health check already, and only the last one would count");
      return then({ type: "healthcheck", check: given });
    },
    label: (values: { readonly [name: string]: Text | number | boolean }) => then({ type: "label", values }),
    onbuild: (describe: (later: Dockerfile) => Dockerfile) =>
      then({ type: "onbuild", steps: described(describe(dockerfile<AnyCheck>(beginning, [], undefined))).steps }),
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
  return Object.freeze({ kind: "dockerfile", ...beginning, steps, check, ...Object.fromEntries(accepted) }) as unknown as Dockerfile<Check>;
}

function described(later: unknown): Dockerfile {
  if (isDockerfile(later)) return later;
  throw refused("onbuild.describe", "the function returns no Dockerfile (write (later) => later.run(...))");
}

function refused(argument: string, message: string): StackError {
  return StackError.of("invalid-stack", message, { path: `from().${argument}`, kind: "attribute" });
}
