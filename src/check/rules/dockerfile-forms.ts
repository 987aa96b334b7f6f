import { stageOfName, unknownStage } from "../../dockerfile/find-stage.ts";
import { stageNamed, type WrittenDockerfile, type WrittenStage } from "../../dockerfile/read-dockerfile.ts";
import type { Instruction } from "../../dockerfile/structure.ts";
import { triggerOf } from "../../dockerfile/trigger.ts";
import { argumentsOf, jsonWords, type Word } from "../../dockerfile/words.ts";
import { nearName } from "../../model/near-name.ts";
import { eachBuild, instructionsIn, type ReadBuild, stagesIn } from "../dockerfile-builds.ts";
import { atDockerfile, atService, eachDockerfile } from "../judging.ts";
import { type Finding, rule } from "../rule.ts";
import type { DockerfileText } from "../subject.ts";

const REFERENCE = "https://docs.docker.com/reference/dockerfile/";

const INSTRUCTIONS = [
  ...["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN"],
  ...["SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"],
];

export const UNKNOWN_INSTRUCTION = rule({
  name: "unknown-instruction",
  severity: "error",
  summary: "A line of a Dockerfile begins with a word that is no instruction.",
  why: "The build refuses the Dockerfile.",
  fix: "Mend the word, or end the line before it with the character that continues lines.",
  bad: `FROM nginx:1.29
HEALTCHECK CMD curl -f http://127.0.0.1/
`,
  good: `FROM nginx:1.29
HEALTHCHECK CMD curl -f http://127.0.0.1/
`,
  sources: [REFERENCE],
  judge: eachDockerfile((dockerfile) =>
    instructionsIn(dockerfile)
      .filter(({ keyword }) => !INSTRUCTIONS.includes(keyword))
      .map(({ keyword, start }) => {
        const near = nearName(keyword, INSTRUCTIONS);
        const rest = near === undefined ? {} : { hint: `did you mean ${near}?` };
        return atDockerfile(dockerfile, start, `${keyword.slice(0, 40)} is no instruction of a Dockerfile`, rest);
      }),
  ),
});

export const INVALID_EXEC_FORM = rule({
  name: "invalid-exec-form",
  severity: "error",
  summary: "A command looks like the exec form, and is not JSON: single quotes, a comma too many, something that is no text.",
  why: "The shell gets it as it is, and there is no program of the name `['node',`. What is JSON but no list of texts, the build refuses.",
  fix: 'Write JSON: double quotes, commas between the words and none after the last, as in `["node", "server.mjs"]`.',
  bad: `FROM node:22-slim
CMD ['node', 'server.mjs']
`,
  good: `FROM node:22-slim
CMD ["node", "server.mjs"]
`,
  sources: [`${REFERENCE}#exec-form`, "Measured: `docker build` 26.1"],
  judge: eachDockerfile((dockerfile) =>
    instructionsIn(dockerfile).flatMap((instruction) => {
      const command = commandOf(triggerOf(instruction) ?? instruction);
      if (command === undefined || !isMeantAsList(command.text) || jsonWords(command.text) !== undefined) return [];
      return [atDockerfile(dockerfile, command.span.start, `${shortened(command.text)} is not JSON: a shell gets it as it is`)];
    }),
  ),
});

export const UNKNOWN_STAGE = rule({
  name: "unknown-stage",
  severity: "error",
  summary: "A Dockerfile copies from a stage that is not there before it, or an image whose name is nearly that of a stage.",
  why: "Only finished stages can be copied from; every other name is an image, which is looked for in a registry.",
  fix: "Name an earlier stage, or put that stage above.",
  bad: `FROM node:22-slim AS build
RUN npm run build
FROM nginx:1.29
COPY --from=biuld /app/dist /usr/share/nginx/html
`,
  good: `FROM node:22-slim AS build
RUN npm run build
FROM nginx:1.29
COPY --from=build /app/dist /usr/share/nginx/html
`,
  sources: [`${REFERENCE}#copy---from`, "Measured: `docker build --check` 28.5"],
  judge: eachBuild(({ written }, dockerfile) =>
    written.stages.flatMap((stage) => stage.instructions.flatMap((instruction) => stageProblem(instruction, stage, written, dockerfile))),
  ),
});

export const UNKNOWN_BUILD_TARGET = rule({
  name: "unknown-build-target",
  severity: "error",
  summary: "A service is built up to a stage that its Dockerfile does not have.",
  why: "The build fails: there is nothing of that name to build.",
  fix: "Name one of the Dockerfile's stages.",
  bad: `services:
  web:
    build:
      dockerfile_inline: |
        FROM nginx:1.29 AS web
      target: wbe
`,
  good: `services:
  web:
    build:
      dockerfile_inline: |
        FROM nginx:1.29 AS web
      target: web
`,
  sources: [
    "https://docs.docker.com/reference/compose-file/build/#target",
    "Measured: a number is no target, `docker build --target 0` of BuildKit and of the old builder could not find it",
  ],
  judge: eachDockerfile((dockerfile) => {
    const stages = stagesIn(dockerfile);
    return dockerfile.builds.flatMap(({ service, stage }) => {
      if (stage === undefined || stages.length === 0 || stageOfName(stages, stage) !== undefined) return [];
      const { message, ...rest } = unknownStage(stages, stage);
      return [atService(service, "build.target", message, rest)];
    });
  }),
});

export const DUPLICATE_STAGE_NAME = rule({
  name: "duplicate-stage-name",
  severity: "warning",
  summary: "Two stages of a Dockerfile have one name.",
  why: "The name means the later one from then on, and the earlier one before.",
  fix: "Give one of them another name.",
  bad: `FROM node:22-slim AS build
FROM golang:1.25 AS build
FROM scratch
COPY --from=build /app /app
`,
  good: `FROM node:22-slim AS web
FROM golang:1.25 AS build
FROM scratch
COPY --from=build /app /app
`,
  sources: ["https://docs.docker.com/go/dockerfile/rule/duplicate-stage-name/"],
  judge: eachBuild(({ written: { stages } }, dockerfile) =>
    stages.flatMap(({ name, index, instructions }) => {
      const first = stages.find((stage) => stage.name !== undefined && stage.name.toLowerCase() === name?.toLowerCase());
      if (first === undefined || first.index === index) return [];
      return [atDockerfile(dockerfile, instructions[0]?.start ?? 0, `an earlier stage has the name "${name}" already`)];
    }),
  ),
});

export const UNDECLARED_ARG_IN_FROM = rule({
  name: "undeclared-arg-in-from",
  severity: "error",
  summary: "The name of a base image has a variable in it that no ARG before the first FROM declares.",
  why: "It is empty, whatever --build-arg says: arguments inside of stages do not count there.",
  fix: "Declare it above the first FROM, with a default: `ARG VERSION=22`.",
  bad: `FROM node:\${VERSION}
`,
  good: `ARG VERSION=22
FROM node:\${VERSION}
`,
  sources: ["https://docs.docker.com/go/dockerfile/rule/undefined-arg-in-from/", `${REFERENCE}#understand-how-arg-and-from-interact`],
  judge: eachBuild(({ written: { stages, globals } }, dockerfile) =>
    stages.flatMap(({ from }) => {
      const names = [...from.text.matchAll(/(?<!\\)\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, plain]) => braced ?? plain ?? "");
      return names
        .filter((name) => !globals.has(name))
        .map((name) => atDockerfile(dockerfile, from.span.start, `no ARG above the first FROM declares ${name}: it is empty`));
    }),
  ),
});

export const CMD_IGNORED = rule({
  name: "cmd-ignored",
  severity: "warning",
  summary: "A CMD beside an ENTRYPOINT in shell form.",
  why: "The shell takes what follows its script for parameters that the script does not use: CMD does nothing, and neither does a command of Compose.",
  fix: 'Write the entry point as a list: `ENTRYPOINT ["node"]`.',
  bad: `FROM node:22-slim
ENTRYPOINT node
CMD ["server.mjs"]
`,
  good: `FROM node:22-slim
ENTRYPOINT ["node"]
CMD ["server.mjs"]
`,
  sources: [`${REFERENCE}#understand-how-cmd-and-entrypoint-interact`],
  judge: eachBuild(({ config: { entrypoint, cmd } }, dockerfile) => {
    if (entrypoint?.form !== "shell" || cmd === undefined) return [];
    // A script that asks for its parameters gets them.
    if (/\$(?:[@*0-9]|\{[@*0-9])/.test(entrypoint.words.at(-1) ?? "")) return [];
    return [atDockerfile(dockerfile, cmd.instruction.start, "the ENTRYPOINT in shell form ignores this CMD")];
  }),
});

export const SHELL_AS_FIRST_PROCESS = rule({
  name: "shell-as-first-process",
  severity: "warning",
  summary: "ENTRYPOINT or CMD in shell form leaves a shell as the first process of the container.",
  why: "It hands no signals on: `docker stop` waits ten seconds and kills, without the program ever having been asked.",
  fix: "Write the exec form, or begin the last command with `exec`.",
  bad: `FROM node:22-slim
CMD npm run migrate && node server.mjs
`,
  good: `FROM node:22-slim
CMD npm run migrate && exec node server.mjs
`,
  sources: ["https://docs.docker.com/go/dockerfile/rule/json-args-recommended/", `${REFERENCE}#shell-form-entrypoint-example`],
  judge: eachBuild(({ config }, dockerfile) => firstProcessProblem(config, dockerfile)),
});

export const SECRET_IN_IMAGE = rule({
  name: "secret-in-image",
  severity: "warning",
  summary: "ENV or ARG gives a secret a value in the image.",
  why: "`docker history` and `docker inspect` show it to everybody who has the image.",
  fix: "Give it at run time, or mount it while building: `RUN --mount=type=secret,id=token`.",
  bad: `FROM node:22-slim
ENV API_TOKEN=s3cr3t
`,
  good: `FROM node:22-slim
RUN --mount=type=secret,id=token npm ci
`,
  sources: ["https://docs.docker.com/go/dockerfile/rule/secrets-used-in-arg-or-env/"],
  judge: eachDockerfile((dockerfile) =>
    instructionsIn(dockerfile)
      .filter(({ keyword }) => keyword === "ENV" || keyword === "ARG")
      .flatMap(({ joined, keyword }) => {
        const { rest } = argumentsOf(joined, keyword);
        return [...rest.text.matchAll(/(?:^|\s)(\w+)=(?=[^\s"'$]|["'][^"'$])/g)].flatMap(([whole, name = ""], index, all) => {
          if (!SECRET_NAME.test(name) || NO_SECRET.test(name)) return [];
          const at = rest.index + (all[index]?.index ?? 0) + whole.length - name.length - 1;
          return [atDockerfile(dockerfile, joined.spanOf(at, at + 1).start, `${name} stands in the image with its value`)];
        });
      }),
  ),
});

// The words of BuildKit's own rule.
const SECRET_NAME = /(?:^|_)(?:apikey|auth|credentials?|key|password|pword|passwd|pwd|secret|token)(?:_|$)/i;
const NO_SECRET = /(?:^|_)(?:public|file|path|url|ttl|length|size|id|name|type|expir\w*)(?:_|$)/i;

/** The command of an instruction that knows both forms. */
function commandOf({ keyword, joined }: Instruction): Word | undefined {
  if (!["CMD", "ENTRYPOINT", "RUN", "SHELL", "HEALTHCHECK"].includes(keyword)) return undefined;
  const { rest } = argumentsOf(joined, keyword);
  if (keyword !== "HEALTHCHECK") return rest;
  const [type = ""] = /^cmd\s*/i.exec(rest.text) ?? [];
  const index = rest.index + type.length;
  return { text: rest.text.slice(type.length), index, span: joined.spanOf(index, index + rest.text.length - type.length) };
}

/** Whether a text is meant as a list: the shell's own `[` has a blank behind it, and no comma after its first word. */
function isMeantAsList(text: string): boolean {
  return /^\[(?:["'\u201c\u201d]|\s+(?:"[^"]*"|'[^']*')\s*,)/.test(text);
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function stageProblem(
  instruction: Instruction,
  stage: WrittenStage,
  { stages }: WrittenDockerfile,
  dockerfile: DockerfileText,
): readonly Finding[] {
  if (!["COPY", "RUN"].includes(instruction.keyword)) return [];
  const { flags } = argumentsOf(instruction.joined, instruction.keyword);
  return flags.flatMap(({ name, value = "", span }) => {
    const from = name === "from" ? value : name === "mount" ? /(?:^|,)from=([^,]*)/.exec(value)?.[1] : undefined;
    if (from === undefined || from === "" || from.includes("$")) return [];
    const earlier = stages.slice(0, stage.index);
    if (stageNamed(earlier, from) !== undefined) return [];
    if (stageNamed(stages, from) !== undefined) {
      return [atDockerfile(dockerfile, span.start, `the stage "${from}" does not stand before this one: it can't be copied from`)];
    }
    const names = earlier.flatMap((each) => each.name ?? []);
    const near = /[/:.@]/.test(from) ? undefined : nearName(from, names);
    if (near === undefined) return [];
    return [
      atDockerfile(dockerfile, span.start, `there is no stage "${from}": the build looks for an image of that name`, {
        severity: "warning",
        hint: `did you mean "${near}"?`,
      }),
    ];
  });
}

/** The shell form whose last command is not `exec`, where more than one command keeps the shell. */
function firstProcessProblem({ entrypoint, cmd }: ReadBuild["config"], dockerfile: DockerfileText): readonly Finding[] {
  const first = entrypoint ?? cmd;
  if (first?.form !== "shell") return [];
  const script = first.words.at(-1) ?? "";
  const commands = script.split(/&&|\|\||[;|&\n]/).filter((each) => each.trim() !== "");
  if (commands.length < 2 || /^\s*exec\s/.test(commands.at(-1) ?? "")) return [];
  return [atDockerfile(dockerfile, first.instruction.start, "the shell stays the first process, and hands no signals on")];
}
