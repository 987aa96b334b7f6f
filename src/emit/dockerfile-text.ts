import { type CopyOptions, type Dockerfile, isDockerfile, type RunMount, stagesOf } from "../model/dockerfile.ts";
import type { Step } from "../model/dockerfile-step.ts";
import type { Text } from "../model/interpolation.ts";
import { isProbe } from "../model/schema/healthcheck.ts";
import { dockerfileHealthcheck } from "../probe/dockerfile-healthcheck.ts";
import { argument, jsonArgument, quoted } from "./dockerfile-word.ts";
import { besideShell, execForm, healthcheckLine } from "./healthcheck-line.ts";

/**
 * The text of a described Dockerfile: its stages in the order in which they are needed. What a Dockerfile can't carry is refused
 * where it is described, and health checks where the stack is checked.
 */
export function dockerfileText(dockerfile: Dockerfile): string {
  const stages = stagesOf(dockerfile);
  const names: StageNames = new Map(stages.slice(0, -1).map((stage, index) => [stage, stage.options.as ?? `stage-${index}`]));
  const globals = Object.assign({}, ...stages.map(({ options }) => options.args ?? {})) as Record<string, Text | null>;
  const args = Object.entries(globals).map(([name, value]) => argLine(name, value ?? undefined));
  return [
    ...(args.length === 0 ? [] : [args.join("\n")]),
    ...stages.map((stage) => stageText(stage, { names, hasShell: stages.some(saysShell) })),
  ]
    .join("\n\n")
    .concat("\n");
}

/** The names by which stages are referred to; the final one is not among them. */
type StageNames = ReadonlyMap<Dockerfile, string>;

interface Whole {
  readonly names: StageNames;
  /** Whether any stage says which shell runs the shell form, also of a health check that it inherits. */
  readonly hasShell: boolean;
}

function saysShell({ steps }: Dockerfile): boolean {
  return steps.some(({ type }) => type === "shell");
}

function stageText(stage: Dockerfile, whole: Whole): string {
  const { names } = whole;
  const { base, options, steps } = stage;
  const platform = options.platform === undefined ? [] : [`--platform=${argument(options.platform)}`];
  const name = names.get(stage) ?? options.as;
  const line = ["FROM", ...platform, sourceOf(base, names), ...(name === undefined ? [] : ["AS", name])].join(" ");
  return [line, ...steps.map((step) => stepText(step, stage, whole))].join("\n");
}

function sourceOf(source: Dockerfile | Text, names: StageNames): string {
  return isDockerfile(source) ? (names.get(source) ?? "") : argument(source);
}

function stepText(step: Step, stage: Dockerfile, whole: Whole): string {
  const { names } = whole;
  switch (step.type) {
    case "add":
      return copyText("ADD", step.sources, step.target, [
        ...option("checksum", step.options.checksum),
        ...(step.options.keepGitDir === true ? ["--keep-git-dir=true"] : []),
        ...copyOptions(step.options, names),
      ]);
    case "copy":
      return copyText("COPY", step.sources, step.target, copyOptions(step.options, names));
    case "file":
      return fileText(step, copyOptions(step.options, names));
    case "arg":
      return argLine(step.name, step.value);
    case "env":
    case "label":
      return `${step.type.toUpperCase()} ${pairs(step.values).join(" \\\n    ")}`;
    case "expose":
      return `EXPOSE ${step.ports.map((port) => argument(asText(port))).join(" ")}`;
    case "run":
      return runText(step, names);
    case "cmd":
    case "entrypoint":
      return `${step.type.toUpperCase()} ${typeof step.command === "string" ? step.command.trim() : execForm(step.command)}`;
    case "shell":
      return `SHELL ${execForm(step.command)}`;
    case "healthcheck":
      return healthcheckText(step.check, stage, whole);
    case "volume":
      return `VOLUME ${jsonList(step.paths)}`;
    case "workdir":
    case "user":
    case "stopsignal":
      return `${step.type.toUpperCase()} ${argument(asText(step.value))}`;
    case "comment":
      return step.text
        .split(/\r?\n/)
        .map((line) => `# ${line}`.trimEnd())
        .join("\n");
    case "onbuild":
      return step.steps.map((each) => `${each.type === "comment" ? "" : "ONBUILD "}${stepText(each, stage, whole)}`).join("\n");
  }
}

function healthcheckText(check: Extract<Step, { type: "healthcheck" }>["check"], stage: Dockerfile, { hasShell }: Whole): string {
  const healthcheck = dockerfileHealthcheck(check, stage) ?? {};
  return healthcheckLine(isProbe(check) && hasShell ? besideShell(healthcheck) : healthcheck);
}

function asText(value: Text | number): Text {
  return typeof value === "number" ? String(value) : value;
}

function argLine(name: string, value: Text | undefined): string {
  return value === undefined ? `ARG ${name}` : `ARG ${name}=${quoted(value)}`;
}

function pairs(values: { readonly [name: string]: Text | number | boolean }): readonly string[] {
  return Object.entries(values).map(([name, value]) => {
    const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    return `${/^[\w.-]+$/.test(name) ? name : quoted(name)}=${quoted(text)}`;
  });
}

function copyOptions({ from, chown, chmod, link }: CopyOptions, names: StageNames): readonly string[] {
  return [
    ...(from === undefined ? [] : [`--from=${sourceOf(from, names)}`]),
    ...option("chown", chown),
    ...option("chmod", chmod),
    ...(link === true ? ["--link"] : []),
  ];
}

function option(name: string, value: Text | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}=${argument(value)}`];
}

function copyText(keyword: string, sources: readonly Text[], target: Text, options: readonly string[]): string {
  const words = [...sources, target];
  const plain = words.map((word) => argument(word));
  // Blanks and quotes are told apart from the words' ends only in the JSON form.
  const list = plain.some((word) => /["'\s[]/.test(word)) ? [jsonList(words)] : plain;
  return [keyword, ...options, ...list].join(" ");
}

function jsonList(words: readonly Text[]): string {
  return execForm(words.map(jsonArgument));
}

function fileText({ target, content }: { target: Text; content: string }, options: readonly string[]): string {
  const delimiter = freeDelimiter(content);
  // A quoted delimiter: nothing in the text is replaced. A heredoc always ends with a line end.
  const body = content === "" || content.endsWith("\n") ? content : `${content}\n`;
  return ["COPY", ...options, `<<"${delimiter}"`, `${argument(target)}\n${body}${delimiter}`].join(" ");
}

function runText({ command, options }: Extract<Step, { type: "run" }>, names: StageNames): string {
  const flags = [
    ...(options.mounts ?? []).map((mount) => `--mount=${mountText(mount, names)}`),
    ...option("network", options.network),
    ...option("security", options.security),
  ];
  return ["RUN", ...flags, typeof command === "string" ? runCommand(command) : execForm(command)].join(" ");
}

function runCommand(script: string): string {
  if (!/[\r\n]/.test(script.trim())) return script.trim();
  const delimiter = freeDelimiter(script);
  const body = script.replace(/^\s*\n/, "").trimEnd();
  return `<<"${delimiter}"\n${body.startsWith("#!") ? "" : "set -e\n"}${body}\n${delimiter}`;
}

function mountText(mount: RunMount, names: StageNames): string {
  return Object.entries(mount)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${key === "from" ? sourceOf(value as Dockerfile | string, names) : String(value)}`)
    .join(",");
}

function freeDelimiter(content: string): string {
  const lines = new Set(content.split("\n").map((line) => line.trim()));
  let delimiter = "EOF";
  for (let number = 2; lines.has(delimiter); number++) delimiter = `EOF${number}`;
  return delimiter;
}
