import type { RuleCases } from "./case.ts";

const built = (target: string) => `services:\n  web:\n    build: { context: ., target: ${target} }\n`;

/** Cases of rules that judge a Dockerfile. */
export const CASES: RuleCases = {
  "multiple-healthcheck": {
    triggers: [
      {
        title: "the first of two, at its line",
        of: "FROM nginx\nHEALTHCHECK NONE\nRUN true\n  HEALTHCHECK CMD true\n",
        at: [2],
      },
      {
        title: "in the Dockerfile of a service",
        of: built("a"),
        files: { Dockerfile: "FROM nginx AS a\nHEALTHCHECK NONE\nHEALTHCHECK CMD true\nFROM b\n" },
        at: [2],
      },
    ],
    misses: [
      { title: "one in each stage", of: "FROM nginx AS a\nHEALTHCHECK CMD true\nFROM a\nHEALTHCHECK CMD true\n" },
      { title: "one in a heredoc", of: "FROM nginx\nHEALTHCHECK CMD true\nRUN <<EOF\nHEALTHCHECK CMD true\nEOF\n" },
      { title: "one for later images", of: "FROM nginx\nONBUILD HEALTHCHECK NONE\nHEALTHCHECK CMD true\n" },
    ],
  },
  "healthcheck-in-wrong-stage": {
    triggers: [
      {
        title: "a stage that is only copied from",
        of: "FROM a AS b\nHEALTHCHECK CMD x\nFROM c\nCOPY --from=b /x /x\n",
        at: [2],
        says: /stage b/,
      },
      {
        title: "a stage above the one that a service is built of",
        of: built("one"),
        files: { Dockerfile: "FROM a AS one\nFROM b AS two\nHEALTHCHECK CMD x\n" },
        at: [3],
      },
    ],
    misses: [
      { title: "a stage that the image is based on", of: "FROM a AS b\nHEALTHCHECK CMD x\nFROM b\n" },
      { title: "a stage beside one with a health check of its own", of: "FROM a AS b\nHEALTHCHECK CMD x\nFROM c\nHEALTHCHECK CMD y\n" },
      { title: "none at all", of: "FROM a AS b\nHEALTHCHECK NONE\nFROM c\n" },
      {
        title: "the stage that a service is built of",
        of: built("one"),
        files: { Dockerfile: "FROM a AS one\nHEALTHCHECK CMD x\nFROM b AS two\n" },
      },
    ],
  },
  "invalid-healthcheck-instruction": {
    triggers: [
      {
        title: "a time without unit",
        of: "FROM a\nHEALTHCHECK \\\n --timeout=3s --interval=10 CMD x\n",
        at: [3],
        says: /"10" is not a duration/,
      },
      { title: "an option twice", of: "FROM a\nHEALTHCHECK --retries=1 --retries=2 CMD x\n", says: /twice/ },
      { title: "a misspelt option", of: "FROM a\nHEALTHCHECK --start_period=5s CMD x\n", says: /--start_period is none/ },
      { title: "an option with a blank for its sign", of: "FROM a\nHEALTHCHECK --interval 5s CMD x\n", at: [2, 2] },
      { title: "a command without CMD", of: "FROM a\nHEALTHCHECK curl -f http://127.0.0.1/\n", says: /"curl" is not CMD/ },
      { title: "something behind NONE", of: "FROM a\nHEALTHCHECK NONE x\n" },
      { title: "an empty list", of: "FROM a\nHEALTHCHECK CMD []\n" },
      { title: "nothing", of: "FROM a\nHEALTHCHECK\n" },
      { title: "a time below a millisecond", of: "FROM a\nHEALTHCHECK --timeout=500us CMD x\n", says: /less than a millisecond/ },
    ],
    misses: [
      {
        title: "every option, in quotes and across lines",
        of: "FROM a\nHEALTHCHECK --interval='1m30s' --timeout=.5s \\\n --start-period=1h --start-interval=500ms --retries=2 CMD x\n",
      },
      { title: "an option of the command", of: "FROM a\nHEALTHCHECK CMD check --interval=10\n" },
      { title: "an option beside NONE, which is not read", of: "FROM a\nHEALTHCHECK --interval=10 NONE\n" },
    ],
  },
  "healthcheck-option-ignored": {
    triggers: [
      {
        title: "a start interval without start period",
        of: "FROM a\nHEALTHCHECK --start-interval=1s CMD x\n",
        says: /without --start-period/,
      },
      { title: "a start interval with an empty start period", of: "FROM a\nHEALTHCHECK --start-period=0s --start-interval=1s CMD x\n" },
      { title: "zero for never", of: "FROM a\nHEALTHCHECK --retries=0 --interval=0s CMD x\n", at: [2, 2], says: /the default/ },
      { title: "options beside NONE", of: "FROM a\nHEALTHCHECK --interval=5s NONE\n", says: /beside NONE/ },
    ],
    misses: [
      { title: "a start period of zero, which is the default", of: "FROM a\nHEALTHCHECK --start-period=0s CMD x\n" },
      { title: "both start options", of: "FROM a\nHEALTHCHECK --start-interval=1s --start-period=5s CMD x\n" },
    ],
  },
  "healthcheck-before-user": {
    triggers: [
      { title: "a folder below", of: "FROM a\nHEALTHCHECK CMD x\nWORKDIR /app\n", at: [3] },
      { title: "a user in the stage that is based on it", of: "FROM a AS b\nHEALTHCHECK CMD x\nFROM b\nUSER 1\n", at: [4] },
    ],
    misses: [
      { title: "a user above", of: "FROM a\nUSER 1\nHEALTHCHECK CMD x\nCMD y\n" },
      { title: "a user of another stage", of: "FROM a AS b\nHEALTHCHECK CMD x\nFROM c\nUSER 1\n" },
    ],
  },
  "oci-format-drops-healthcheck": {
    triggers: [{ title: "a Containerfile", of: "# Containerfile\nFROM a\nHEALTHCHECK CMD x\n", at: [3] }],
    misses: [
      { title: "a Dockerfile", of: "FROM a\nHEALTHCHECK CMD x\n" },
      { title: "a Containerfile without", of: "# Containerfile\nFROM a\nHEALTHCHECK NONE\n" },
      {
        title: "a service that has it as well",
        of: "services:\n  web:\n    build: { dockerfile: Containerfile, context: . }\n    healthcheck: { test: [CMD, x] }\n",
        files: { Containerfile: "FROM a\nHEALTHCHECK CMD x\n" },
      },
    ],
  },
  "healthcheck-in-library-image": {
    triggers: [{ title: "one beside triggers", of: "FROM a\nHEALTHCHECK CMD x\nONBUILD COPY . /app\n", at: [2] }],
    misses: [
      { title: "one among the triggers", of: "FROM a\nONBUILD HEALTHCHECK CMD x\n" },
      { title: "triggers of a stage below", of: "FROM a AS b\nONBUILD COPY . /app\nFROM b\nHEALTHCHECK CMD x\n" },
    ],
  },
  "port-hard-coded": {
    triggers: [
      {
        title: "a variable of the stage below",
        of: "FROM a AS b\nENV PORT=3000\nFROM b\nHEALTHCHECK CMD curl -f http://127.0.0.1:3000/x\n",
        at: [4],
      },
      { title: "in the exec form", of: 'FROM a\nENV PORT=3000\nHEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1:3000"]\n' },
    ],
    misses: [
      { title: "another port", of: "FROM a\nENV PORT=300\nHEALTHCHECK CMD curl -f http://127.0.0.1:3000/\n" },
      {
        title: "the variable with a default",
        of: "FROM a\nENV PORT=3000\nHEALTHCHECK CMD curl -f http://127.0.0.1:${PORT:-3000}/ || curl -f http://127.0.0.1:3000/\n",
      },
      { title: "no variable", of: "FROM a\nHEALTHCHECK CMD curl -f http://127.0.0.1:3000/\n" },
    ],
  },
  "custom-shell": {
    triggers: [
      {
        title: "a shell of the stage below",
        of: 'FROM a AS b\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nFROM b\nHEALTHCHECK CMD x | y\n',
        at: [4],
      },
    ],
    misses: [
      { title: "a shell that reads scripts as sh does", of: 'FROM a\nSHELL ["/bin/bash", "-c"]\nHEALTHCHECK CMD x\n' },
      { title: "a shell of another stage", of: 'FROM a AS b\nSHELL ["pwsh", "-c"]\nFROM c\nHEALTHCHECK CMD x\n' },
    ],
  },
  "unknown-instruction": {
    triggers: [
      { title: "a misspelt one", of: "FROM a\nHEALTCHECK NONE\n", at: [2] },
      { title: "a line that should be continued", of: "FROM a\nRUN apt-get update &&\n    apt-get install -y curl\n", at: [3] },
    ],
    misses: [
      { title: "small letters", of: "from a\nhealthcheck none\nOnBuild run true\n" },
      { title: "a heredoc", of: "FROM a\nCOPY <<EOF /x\nHEALTCHECK\nEOF\n" },
    ],
  },
  "invalid-exec-form": {
    triggers: [
      { title: "single quotes", of: "FROM a\nHEALTHCHECK --interval=5s CMD ['curl', '-f']\n", at: [2] },
      { title: "a comma too many", of: 'FROM a\nENTRYPOINT ["a",]\n' },
      { title: "a number", of: 'FROM a\nCMD ["a", 1]\n' },
      { title: "typographic quotes", of: "FROM a\nCMD [“a”]\n" },
      { title: "one for later images", of: "FROM a\nONBUILD CMD ['a']\n" },
    ],
    misses: [
      { title: "JSON", of: 'FROM a\nCMD [ "a" , "b" ]\nHEALTHCHECK CMD ["a"]\n' },
      { title: "the shell's own brackets", of: 'FROM a\nHEALTHCHECK CMD [ -f /x ] || exit 1\nCMD [ "$X" = "1" ] && y\nRUN [[ -f x ]]\n' },
    ],
  },
  "unknown-stage": {
    triggers: [
      { title: "a later stage", of: "FROM a AS one\nCOPY --from=two /x /x\nFROM b AS two\n", at: [2] },
      { title: "itself, by number", of: "FROM a\nRUN --mount=type=bind,from=0,target=/x true\n", at: [2] },
      { title: "a misspelt one", of: "FROM a AS build\nFROM b\nCOPY --from=biuld /x /x\n", at: [3], severity: "warning" },
    ],
    misses: [
      {
        title: "an earlier stage, in other letters, and by number",
        of: "FROM a AS Build\nFROM b\nCOPY --from=build /x /x\nCOPY --from=0 /y /y\n",
      },
      { title: "an image", of: "FROM a AS build\nFROM b\nCOPY --from=busybox /x /x\nCOPY --from=builds:1 /y /y\n" },
      { title: "a variable", of: "FROM a AS build\nFROM b\nCOPY --from=$STAGE /x /x\n" },
    ],
  },
  "unknown-build-target": {
    triggers: [
      { title: "a stage that is not there", of: built("tset"), files: { Dockerfile: "FROM a AS test\n" }, at: ["web.build.target"] },
      { title: "one by number", of: built('"0"'), files: { Dockerfile: "FROM a\n" }, says: /\(none of its stages has a name\)$/ },
    ],
    misses: [
      { title: "one in other letters", of: built("TEST"), files: { Dockerfile: "FROM a AS test\nFROM b\n" } },
      { title: "no Dockerfile to look into", of: built("test") },
    ],
  },
  "duplicate-stage-name": {
    triggers: [{ title: "the same in other letters", of: "FROM a AS build\nFROM b as BUILD\n", at: [2] }],
    misses: [{ title: "stages without name", of: "FROM a\nFROM b\n" }],
  },
  "undeclared-arg-in-from": {
    triggers: [
      { title: "one that a stage declares", of: "FROM a AS one\nARG V=1\nFROM b:$V\n", at: [3] },
      { title: "one of two", of: "ARG A=1\nFROM x:${A}-${B}\n", at: [2], says: /declares B/ },
    ],
    misses: [
      { title: "one without a default", of: "ARG V\nFROM a:$V\n" },
      { title: "one of BuildKit's own", of: "FROM --platform=$BUILDPLATFORM a:${TARGETARCH}\n" },
      { title: "one with a default in place", of: "FROM a:${V:-1}\n" },
    ],
  },
  "cmd-ignored": {
    triggers: [{ title: "an entry point of the stage below", of: 'FROM a AS b\nENTRYPOINT x\nFROM b\nCMD ["y"]\n', at: [4] }],
    misses: [
      { title: "an entry point in exec form", of: 'FROM a\nENTRYPOINT ["x"]\nCMD y\n' },
      { title: "a script that asks for its parameters", of: 'FROM a\nENTRYPOINT exec x "$0" "$@"\nCMD ["y"]\n' },
      { title: "a command that the entry point takes back", of: "FROM a AS b\nCMD y\nFROM b\nENTRYPOINT x\n" },
    ],
  },
  "shell-as-first-process": {
    triggers: [
      { title: "a pipe", of: "FROM a\nCMD x | tee /log\n", at: [2] },
      { title: "an entry point of several commands", of: "FROM a\nENTRYPOINT x; y\nCMD z\n", at: [2] },
    ],
    misses: [
      { title: "one command, which shells replace themselves with", of: "FROM a\nCMD node server.mjs\n" },
      { title: "exec at the end", of: "FROM a\nCMD x && exec y\n" },
      { title: "a CMD that an entry point in exec form is given", of: 'FROM a\nENTRYPOINT ["x"]\nCMD y && z\n' },
    ],
  },
  "secret-in-image": {
    triggers: [
      { title: "among others, at its line", of: "FROM a\nENV A=1 \\\n  DB_PASSWORD=x\n", at: [3] },
      { title: "an argument with a default", of: "FROM a\nARG NPM_TOKEN=x\n", at: [2] },
    ],
    misses: [
      { title: "an argument without a default", of: "FROM a\nARG NPM_TOKEN\n" },
      { title: "a path, a public key, a variable, nothing", of: 'FROM a\nENV DB_PASSWORD_FILE=/x PUBLIC_KEY=y TOKEN=$X SECRET=""\n' },
    ],
  },
};
