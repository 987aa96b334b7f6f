import type { RuleCases } from "./case.ts";

const WEB = "services:\n  web:\n    image: busybox:1.37\n";
const BUILT = "services:\n  web:\n    build:\n      context: .\n";

/** Cases of what Compose refuses or cuts off in commands, builds and watches. */
export const CASES: RuleCases = {
  "unsplittable-command": {
    triggers: [
      { title: "an open quote", of: `${WEB}    command: echo "a\n`, at: ["web.command"] },
      { title: "a bracket that needs a shell", of: `${WEB}    entrypoint: a (b)\n`, at: ["web.entrypoint"] },
      { title: "quotes that overlap", of: `${WEB}    pre_stop:\n      - command: 'echo \`a"b\`'\n`, at: ["web.pre_stop.0.command"] },
      { title: "a backslash at the end", of: `${WEB}    post_start:\n      - command: 'a\\'\n`, at: ["web.post_start.0.command"] },
    ],
    misses: [
      { title: "quotes in quotes", of: `${WEB}    command: echo "it's"\n` },
      { title: "quotes in backquotes", of: `${WEB}    command: "echo \`a'b'\`"\n` },
      { title: "a substitution, which is one word", of: `${WEB}    command: echo $$(date)\n` },
      { title: "a list, which nobody splits", of: `${WEB}    command: ["echo", "it's"]\n` },
    ],
  },
  "command-cut-off": {
    triggers: [
      { title: "a second command", of: `${WEB}    command: a; b\n`, at: ["web.command"], says: /before ";"/ },
      { title: "a pipe", of: `${WEB}    command: a | b\n`, at: ["web.command"] },
      { title: "output into a file", of: `${WEB}    pre_stop:\n      - command: a > b\n`, at: ["web.pre_stop.0.command"] },
    ],
    misses: [
      { title: "a second command for a shell", of: `${WEB}    command: sh -c 'a; b'\n` },
      { title: "a sign behind a backslash", of: `${WEB}    command: a \\; b\n` },
      { title: "a list", of: `${WEB}    command: [a, "|", b]\n` },
    ],
  },
  "watch-without-target": {
    triggers: [
      {
        title: "files that are synchronised, and a restart",
        of: `${BUILT}    develop:\n      watch: [{ action: sync+restart, path: . }]\n`,
        at: ["web.develop.watch.0"],
      },
    ],
    misses: [
      { title: "a restart alone", of: `${BUILT}    develop:\n      watch: [{ action: restart, path: . }]\n` },
      { title: "an action that is a variable", of: `${BUILT}    develop:\n      watch: [{ action: "$ACTION", path: . }]\n` },
    ],
  },
  "two-dockerfiles": {
    triggers: [
      {
        title: "a file and a text",
        of: `${BUILT}      dockerfile: D\n      dockerfile_inline: FROM x\n`,
        at: ["web.build.dockerfile_inline"],
      },
    ],
    misses: [{ title: "a text and a target", of: `${BUILT}      target: a\n      dockerfile_inline: FROM x AS a\n` }],
  },
};
