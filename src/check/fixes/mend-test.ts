import type { RuleName } from "../rules.ts";

/** The test of a health check as it is written: a script, or a list that begins with CMD, CMD-SHELL or NONE. */
export type WrittenTest = string | readonly string[];

/** What is known around a test. */
export interface Surroundings {
  /** The image that is started, or the one below what is built; `undefined` where it isn't known. */
  readonly image: string | undefined;
  /** What the rule advises. */
  readonly hint: string | undefined;
}

/** How the findings of a rule are mended; what it gives back is another test, or nothing where no change is safe. */
export interface Mender {
  readonly title: string;
  readonly mend: (test: WrittenTest, around: Surroundings) => WrittenTest | undefined;
}

/** The rules whose findings in a health check can be mended without knowing more than they say. */
export const MENDERS: { readonly [Name in RuleName]?: Mender } = {
  "curl-without-fail": {
    title: "gives curl -f, so that it fails at HTTP errors",
    mend: (test) => withOption(test, /^curl$/, ["-f"], (rest) => !/(^|\s)(-[A-Za-z]*f|--fail)/.test(rest)),
  },
  "localhost-ipv6": {
    title: "asks 127.0.0.1 instead of localhost",
    // A certificate, if there is one, is that of localhost.
    mend: (test) => (/https:\/\/localhost/.test(flat(test)) ? undefined : inTexts(test, (text) => text.replaceAll(LOCALHOST, "127.0.0.1"))),
  },
  "test-none-string": {
    title: 'switches the health check off with ["NONE"]',
    mend: (test) => (typeof test === "string" && test.trim() === "NONE" ? ["NONE"] : undefined),
  },
  "db-probe-over-unix-socket": {
    title: "asks over TCP, with -h 127.0.0.1",
    // Neither needs to log in: over TCP both answer as they do on the socket.
    mend: (test) =>
      onSocketByName(test) ??
      withOption(test, /^pg_isready$/, ["-h", "127.0.0.1"], hasNoHost) ??
      withOption(test, /^(mysqladmin|mariadb-admin)$/, ["-h", "127.0.0.1"], (rest) => hasNoHost(rest) && /(^|\s)ping(\s|$)/.test(rest)),
  },
  "redis-ping-exit-code": {
    title: "gives redis-cli -e, so that it fails at an error",
    mend: (test, { image }) =>
      knowsErrorOption(image) ? withOption(test, /^(redis-cli|valkey-cli)$/, ["-e"], (rest) => !/(^|\s)-e(\s|$)/.test(rest)) : undefined,
  },
  "compose-interpolation-in-test": {
    title: "doubles the dollar sign, so that the container's shell puts the value in",
    mend: (test, { hint }) => {
      const name = /\$\$(\w+)/.exec(hint ?? "")?.[1];
      if (name === undefined || !isRunByShell(test)) return undefined;
      const variable = new RegExp(`(?<!\\$)\\$(?=${name}(?!\\w)|\\{${name}\\})`, "g");
      return inTexts(test, (text) => text.replaceAll(variable, "$$$$"));
    },
  },
  "wget-writes-files": {
    title: "gives wget -O /dev/null, so that it writes no files",
    mend: (test) => withOption(test, /^wget$/, ["-O", "/dev/null"], (rest) => !/(^|\s)(-[A-Za-z]*O|--output-document|--spider)/.test(rest)),
  },
  "cmd-string-with-spaces": {
    title: "splits the command into its words",
    mend: (test) => {
      const [kind, line = "", ...more] = typeof test === "string" ? [] : test;
      return kind === "CMD" && more.length === 0 && SIMPLE_WORDS.test(line) ? ["CMD", ...line.trim().split(/ +/)] : undefined;
    },
  },
  "double-dollar-in-dockerfile": {
    title: "writes a single dollar sign",
    mend: (test) => inTexts(test, (text) => text.replaceAll(/\$\$(?=[A-Za-z_{(])/g, "$$")),
  },
};

// Nothing that a shell would read otherwise.
const SIMPLE_WORDS = /^[\w./:@%+=,-]+(?: +[\w./:@%+=,-]+)+$/;

const LOCALHOST = /(?<=^|http:\/\/|[\s"'@])localhost(?=[:/"'\s]|$)/g;

function hasNoHost(rest: string): boolean {
  return !/(^|\s)(-h|--host|--protocol|--socket|-S)/.test(rest);
}

/** `mysqladmin -h localhost` is the socket for these clients. */
function onSocketByName(test: WrittenTest): WrittenTest | undefined {
  if (!/\b(mysqladmin|mariadb-admin)\b/.test(flat(test)) || !/\sping(\s|$)/.test(flat(test))) return undefined;
  if (typeof test !== "string" && test[0] === "CMD") {
    const at = test.findIndex((word, index) => word === "localhost" && ["-h", "--host"].includes(test[index - 1] ?? ""));
    if (at !== -1) return test.with(at, "127.0.0.1");
  }
  return inTexts(test, (text) => text.replace(/(?<=(?:^|\s)(?:-h ?|--host[= ]))localhost(?=\s|$)/, "127.0.0.1"));
}

/** The option came with Redis 7; Valkey began with a later version. */
function knowsErrorOption(image: string | undefined): boolean {
  const [, name = "", tag = "latest"] = /(?:^|\/)([a-z0-9._-]+)(?::([^@]+))?(?:@.*)?$/.exec(image ?? "") ?? [];
  if (name.startsWith("valkey")) return true;
  const major = /^v?(\d+)/.exec(tag)?.[1];
  return name.startsWith("redis") && (major === undefined ? /^(latest|alpine|bookworm|trixie)/.test(tag) : Number(major) >= 7);
}

function flat(test: WrittenTest): string {
  return typeof test === "string" ? test : test.join(" ");
}

function isRunByShell(test: WrittenTest): boolean {
  return typeof test === "string" || test[0] === "CMD-SHELL";
}

/** Changes every text of a test; `undefined` where nothing changes. */
function inTexts(test: WrittenTest, change: (text: string) => string): WrittenTest | undefined {
  const changed = typeof test === "string" ? change(test) : test.map((text, index) => (index === 0 ? text : change(text)));
  return JSON.stringify(changed) === JSON.stringify(test) ? undefined : changed;
}

/** Gives the one command of a program an option that it lacks; `undefined` where it is not the only one, or lacks nothing. */
function withOption(
  test: WrittenTest,
  program: RegExp,
  option: readonly string[],
  lacks: (rest: string) => boolean,
): WrittenTest | undefined {
  if (typeof test === "string") return inScript(test, program, option, lacks);
  const [kind, first = "", ...rest] = test;
  if (kind === "CMD-SHELL" && rest.length === 0) {
    const script = inScript(first, program, option, lacks);
    return script === undefined ? undefined : ["CMD-SHELL", script];
  }
  if (kind !== "CMD") return undefined;
  if (isShell(first) && rest.length === 2 && rest[0] === "-c") {
    const script = inScript(rest[1] ?? "", program, option, lacks);
    return script === undefined ? undefined : ["CMD", first, "-c", script];
  }
  return program.test(baseName(first)) && lacks(rest.join(" ")) ? ["CMD", first, ...option, ...rest] : undefined;
}

function isShell(word: string): boolean {
  return /^(sh|ash|bash|dash)$/.test(baseName(word));
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf("/") + 1);
}

// A word where a shell looks for a command: at the beginning, after an operator, or after what only runs another one.
const COMMAND = /(?<=^|[\n;&|({!]\s{0,20}|\$\(\s{0,20}|\b(?:exec|then|do|else|time|nice|timeout -?\w{1,9})\s{1,20})[\w./-]+(?=\s)/g;

function inScript(script: string, program: RegExp, option: readonly string[], lacks: (rest: string) => boolean): string | undefined {
  const uses = [...script.matchAll(COMMAND)].filter(([word]) => program.test(baseName(word)));
  const [use] = uses;
  if (use === undefined || uses.length > 1) return undefined;
  const end = use.index + use[0].length;
  const rest = /^[^;&|\n)]*/.exec(script.slice(end))?.[0] ?? "";
  return lacks(rest) ? `${script.slice(0, end)} ${option.join(" ")}${script.slice(end)}` : undefined;
}
