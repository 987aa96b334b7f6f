import type { WrittenHealthcheck } from "../../dockerfile/healthcheck.ts";
import type { WrittenStage } from "../../dockerfile/read-dockerfile.ts";
import type { Flag } from "../../dockerfile/words.ts";
import { nearName } from "../../model/near-name.ts";
import { eachBuild, readBuilds, stagesIn } from "../dockerfile-builds.ts";
import { atDockerfile, eachDockerfile } from "../judging.ts";
import { rule } from "../rule.ts";
import type { DockerfileText } from "../subject.ts";

const REFERENCE = "https://docs.docker.com/reference/dockerfile/#healthcheck";

export const MULTIPLE_HEALTHCHECK = rule({
  name: "multiple-healthcheck",
  severity: "warning",
  summary: "A stage of a Dockerfile has several HEALTHCHECK instructions.",
  why: "Only the last one counts: the others look as if they did something.",
  fix: "Keep one; combine what they check in one command.",
  bad: `FROM nginx:1.29
HEALTHCHECK CMD curl -f http://127.0.0.1/
HEALTHCHECK CMD curl -f http://127.0.0.1/status
`,
  good: `FROM nginx:1.29
HEALTHCHECK CMD curl -f http://127.0.0.1/status
`,
  sources: [REFERENCE, "https://github.com/hadolint/hadolint/wiki/DL3012"],
  judge: eachDockerfile((dockerfile) =>
    stagesIn(dockerfile).flatMap((stage) =>
      ownHealthchecks(stage)
        .slice(0, -1)
        .map(({ span }) => atDockerfile(dockerfile, span.start, "this HEALTHCHECK does not count: another one follows in the same stage")),
    ),
  ),
});

export const HEALTHCHECK_IN_WRONG_STAGE = rule({
  name: "healthcheck-in-wrong-stage",
  severity: "warning",
  summary: "The only HEALTHCHECK stands in a stage that the image is not based on.",
  why: "COPY --from takes files out of a stage, not its health check: the image has none.",
  fix: "Move it to the last stage, or to the one that is built.",
  bad: `FROM node:22-slim AS build
HEALTHCHECK CMD ["node", "/app/check.mjs"]
RUN npm run build
FROM node:22-slim
COPY --from=build /app /app
`,
  good: `FROM node:22-slim AS build
RUN npm run build
FROM node:22-slim
COPY --from=build /app /app
HEALTHCHECK CMD ["node", "/app/check.mjs"]
`,
  sources: [REFERENCE, "https://github.com/hadolint/hadolint/wiki/DL3057"],
  judge: eachDockerfile((dockerfile) => {
    const used = new Set(readBuilds(dockerfile).flatMap(({ written }) => written.chain.map(({ index }) => index)));
    const stages = stagesIn(dockerfile).filter((stage) => ownHealthchecks(stage).length > 0);
    if (used.size === 0 || stages.some(({ index }) => used.has(index))) return [];
    return stages.flatMap((stage) =>
      ownHealthchecks(stage)
        .filter(({ type }) => type !== "NONE")
        .slice(-1)
        .map(({ span }) => {
          const message = `the image is not based on the stage ${stage.name ?? stage.index}: it has no health check`;
          return atDockerfile(dockerfile, span.start, message);
        }),
    );
  }),
});

export const INVALID_HEALTHCHECK_INSTRUCTION = rule({
  name: "invalid-healthcheck-instruction",
  severity: "error",
  summary: "A HEALTHCHECK that the build refuses: an unknown or doubled option, a time without unit, no command.",
  why: "The image can't be built.",
  fix: 'Write `HEALTHCHECK --interval=10s CMD ["program", "argument"]`; times have a unit, and nothing follows NONE.',
  bad: `FROM nginx:1.29
HEALTHCHECK --interval=10 CMD curl -f http://127.0.0.1/
`,
  good: `FROM nginx:1.29
HEALTHCHECK --interval=10s CMD curl -f http://127.0.0.1/
`,
  sources: [REFERENCE, "Measured: `docker build` 26.1, `docker build --check` 28.5", "rcjsuen/dockerfile-language-server-nodejs#83"],
  judge: eachDockerfile((dockerfile) =>
    healthchecksIn(dockerfile).flatMap((check) =>
      [...instructionProblems(check), ...(check.type === "NONE" ? [] : optionProblems(check))].map(([offset, message, hint]) =>
        atDockerfile(dockerfile, offset, message, hint === undefined ? {} : { hint }),
      ),
    ),
  ),
});

export const HEALTHCHECK_OPTION_IGNORED = rule({
  name: "healthcheck-option-ignored",
  severity: "warning",
  summary: "An option of HEALTHCHECK does nothing: it stands beside NONE, is 0 or empty, or is a start interval without a start period.",
  why: "What is written is not what happens: 0 is the default, not never, and outside of a start period there is no start interval.",
  fix: "Take it out, give it a value, or add --start-period.",
  bad: `FROM nginx:1.29
HEALTHCHECK --start-interval=1s CMD curl -f http://127.0.0.1/
`,
  good: `FROM nginx:1.29
HEALTHCHECK --start-period=30s --start-interval=1s CMD curl -f http://127.0.0.1/
`,
  sources: [REFERENCE, "moby/moby daemon/health.go", "moby/moby#48874"],
  judge: eachDockerfile((dockerfile) =>
    healthchecksIn(dockerfile).flatMap((check) =>
      ignoredOptions(check).map(([offset, message]) => atDockerfile(dockerfile, offset, message)),
    ),
  ),
});

export const HEALTHCHECK_BEFORE_USER = rule({
  name: "healthcheck-before-user",
  severity: "info",
  summary: "USER, WORKDIR or SHELL follows the HEALTHCHECK.",
  why: "The probe runs as the final user, in the final folder, by the final shell: it looks as if it ran as those above it.",
  fix: "Put the HEALTHCHECK at the end of the stage.",
  bad: `FROM node:22-slim
HEALTHCHECK CMD ["node", "check.mjs"]
WORKDIR /app
USER node
`,
  good: `FROM node:22-slim
WORKDIR /app
USER node
HEALTHCHECK CMD ["node", "check.mjs"]
`,
  sources: ["moby/moby daemon/health.go"],
  judge: eachBuild(({ written, config }, dockerfile) => {
    const check = config.healthcheck;
    if (check === undefined || check.type === "NONE") return [];
    const later = written.chain
      .flatMap(({ instructions }) => instructions)
      .find(({ keyword, start }) => ["USER", "WORKDIR", "SHELL"].includes(keyword) && start > check.span.start);
    return later === undefined
      ? []
      : [atDockerfile(dockerfile, later.start, `the health check above runs with this ${later.keyword}, too`)];
  }),
});

export const OCI_FORMAT_DROPS_HEALTHCHECK = rule({
  name: "oci-format-drops-healthcheck",
  severity: "info",
  summary: "A Containerfile has a HEALTHCHECK, which the image format that podman and buildah write by default has no place for.",
  why: '"HEALTHCHECK is not supported for OCI image format and will be ignored": the image has none.',
  fix: "Build with --format docker, or write the health check into the Compose file as well.",
  bad: `# Containerfile
FROM nginx:1.29
HEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1/"]
`,
  good: `# Dockerfile
FROM nginx:1.29
HEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1/"]
`,
  sources: ["containers/podman#18904", "containers/buildah#2388"],
  judge: eachBuild(({ service, config }, dockerfile) => {
    const check = config.healthcheck;
    const isContainerfile = /(^|[\\/.])Containerfile(\.[^\\/]*)?$/.test(dockerfile.file ?? "");
    if (!isContainerfile || check === undefined || check.type === "NONE" || service?.model.healthcheck?.test !== undefined) return [];
    return [atDockerfile(dockerfile, check.span.start, "podman and buildah leave it out, unless they are given --format docker")];
  }),
});

export const HEALTHCHECK_IN_LIBRARY_IMAGE = rule({
  name: "healthcheck-in-library-image",
  severity: "info",
  summary: "An image that others are based on (it has ONBUILD instructions) brings a health check.",
  why: "Every image based on it inherits a probe of something that it may not do, with its cost and its timing.",
  fix: "Leave the health check to the images that run, or write ONBUILD HEALTHCHECK where each of them has it anew.",
  bad: `FROM node:22-slim
ONBUILD COPY . /app
HEALTHCHECK CMD ["node", "/check.mjs"]
`,
  good: `FROM node:22-slim
ONBUILD COPY . /app
`,
  sources: ["https://github.com/docker-library/faq#healthcheck"],
  judge: eachBuild(({ written, config }, dockerfile) => {
    const check = config.healthcheck;
    const hasTriggers = written.chain[0]?.instructions.some(({ keyword }) => keyword === "ONBUILD") === true;
    if (!hasTriggers || check === undefined || check.type === "NONE" || check.onbuild) return [];
    return [atDockerfile(dockerfile, check.span.start, "every image that is based on this one inherits it")];
  }),
});

function ownHealthchecks({ healthchecks }: WrittenStage): readonly WrittenHealthcheck[] {
  return healthchecks.filter(({ onbuild }) => !onbuild);
}

function healthchecksIn(dockerfile: DockerfileText): readonly WrittenHealthcheck[] {
  return stagesIn(dockerfile).flatMap(({ healthchecks }) => healthchecks);
}

type Problem = readonly [offset: number, message: string, hint?: string | undefined];

function instructionProblems({ span, type, command, exec }: WrittenHealthcheck): readonly Problem[] {
  if (type === "") return [[span.start, "this HEALTHCHECK has neither a command nor NONE"]];
  if (type === "NONE") return command.text === "" ? [] : [[command.span.start, "nothing can follow NONE"]];
  if (type !== "CMD") return [[span.start, `"${type.toLowerCase()}" is not CMD or NONE`, "write HEALTHCHECK CMD and then the command"]];
  if (command.text === "" || exec?.length === 0) return [[span.start, "no command follows CMD"]];
  return [];
}

const DURATIONS = ["interval", "timeout", "start-period", "start-interval"];
const OPTIONS = [...DURATIONS, "retries"];

function optionProblems({ options }: WrittenHealthcheck): readonly Problem[] {
  return options.flatMap((option, index): readonly Problem[] => {
    const at = option.span.start;
    if (!OPTIONS.includes(option.name)) {
      const near = nearName(option.name, OPTIONS);
      const known = OPTIONS.map((name) => `--${name}`).join(", ");
      return [[at, `--${option.name} is none of its options (${known})`, near === undefined ? undefined : `did you mean --${near}?`]];
    }
    if (options.findIndex(({ name }) => name === option.name) < index) return [[at, `--${option.name} stands here twice`]];
    if (option.value === undefined) return [[at, `--${option.name} has no value`, `write --${option.name}=...`]];
    const problem = option.name === "retries" ? retriesProblem(option.value) : durationProblem(option.value);
    return problem === undefined ? [] : [[at, `--${option.name}: ${problem}`]];
  });
}

function retriesProblem(value: string): string | undefined {
  const isNumber = /^[-+]?\d+$/.test(value) && Number(value) >= 0 && Number(value) < 2 ** 31;
  return value === "" || isNumber ? undefined : `"${value}" is not a number of retries (write 3)`;
}

const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1e3, m: 60e3, h: 3600e3 };
const LONGEST = 2 ** 63 / 1e6;

/** What is wrong with a duration, as Go reads it. */
function durationProblem(value: string): string | undefined {
  if (value === "" || /^[-+]?0$/.test(value)) return undefined;
  const [, sign, rest = ""] = /^([-+]?)(.*)$/.exec(value) ?? [];
  const parts = [...rest.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/gy)];
  const isWhole = rest !== "" && parts.reduce((length, [part]) => length + part.length, 0) === rest.length;
  if (!isWhole) return `"${value}" is not a duration (write 5s, 1m30s or 500ms)`;
  const milliseconds = parts.reduce((sum, [, number, unit = ""]) => sum + Number(number) * (UNITS[unit] ?? 0), 0);
  if (milliseconds > LONGEST) return `"${value}" is longer than the engine can count`;
  return milliseconds !== 0 && (sign === "-" || milliseconds < 1) ? `"${value}" is less than a millisecond` : undefined;
}

function ignoredOptions({ type, options }: WrittenHealthcheck): readonly Problem[] {
  if (type === "NONE") return options.map(({ name, span }) => [span.start, `--${name} does nothing beside NONE`]);
  const isZero = ({ value }: Flag): boolean => value !== undefined && /^([-+]?0+(ns|us|ms|s|m|h)?|)$/.test(value);
  const hasPeriod = options.some((option) => option.name === "start-period" && !isZero(option));
  return options.flatMap((option): readonly Problem[] => {
    const { name, value, span } = option;
    if (!OPTIONS.includes(name) || value === undefined) return [];
    if (isZero(option)) return name === "start-period" ? [] : [[span.start, `--${name}=${value} is the default, not none`]];
    return name === "start-interval" && !hasPeriod ? [[span.start, "--start-interval does nothing without --start-period"]] : [];
  });
}
