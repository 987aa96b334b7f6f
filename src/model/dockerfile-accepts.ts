import {
  ANYTHING,
  BOOLEAN,
  COUNT,
  either,
  except,
  isLine,
  isRecord,
  isText,
  listOf,
  oneOf,
  options,
  type Rule,
  type Rules,
  recordOf,
  required,
  rest,
  rule,
  SCRIPT,
  WORDS,
} from "./accepted.ts";
import type { Step } from "./dockerfile-step.ts";
import { heredocsOf } from "./heredoc.ts";
import { isInterpolation } from "./interpolation.ts";
import { probeOrHealthcheck } from "./schema/healthcheck.ts";
import { notInShellForm } from "./shell-form.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** The name of a variable of the build. */
export const VARIABLE = rule('the name of a variable (write letters, digits and "_")', (value) => isText(value) && NAME.test(value));

const STAGE = rule("a Dockerfile made by from()", (value) => isRecord(value) && value["kind"] === "dockerfile");

/** A text of one line that passes the test, or one with variables of the build. */
function written(accepted: string, isRight: (text: string) => boolean = isLine): Rule {
  return {
    accepted,
    wrong: (value) => {
      const parts: readonly unknown[] = isInterpolation(value) ? value.parts : [];
      const foreign = parts.find((part) => isRecord(part) && part["operator"] !== undefined) as { readonly name: string } | undefined;
      if (foreign !== undefined) return [{ path: [], message: isOfCompose(foreign.name) }];
      const isFine = isInterpolation(value)
        ? parts.every((part) => !isText(part) || !/[\r\n\0]/.test(part))
        : isText(value) && isRight(value);
      return isFine ? undefined : `is not ${accepted}`;
    },
  };
}

function isOfCompose(name: string): string {
  return `env("${name}") is Compose's and can't stand in a Dockerfile: write variable("${name}") and declare it with .arg("${name}")`;
}

const LINE_TEXT = written("a text of one line");
const IMAGE = written('an image (write "node:22-slim")');
const PATH = written("a path");
/** What is copied, and where it goes. */
const COPIED = except(PATH, (path) =>
  isText(path) && /^\d*<</.test(path) ? "begins a here-document, and is no path (write .file(target, content))" : undefined,
);
const SOURCE = required(either(COPIED, listOf(COPIED, { accepted: "a list of paths that has at least one", least: 1 })));
const TEXT_VALUE = written("a text of one line", (text) => !/[\r\n\0]/.test(text));
const VALUE = either(
  TEXT_VALUE,
  rule("a number, true or false", (value) => typeof value === "boolean" || Number.isFinite(value)),
);
const VALUES = required(
  recordOf(/^[^=\r\n\0]+$/, VALUE, { accepted: 'names and values, at least one (write { NAME: "value" })', least: 1 }),
);
const NUMBERED = either(LINE_TEXT, COUNT);
const COMMAND = either(
  rule("a script", (value) => SCRIPT.wrong(value) === undefined),
  WORDS,
);

/** A command whose script the build reads back as it was written. */
function commandWithout(whyNot: (script: string) => string | undefined): Rule {
  return required(
    except(COMMAND, (command) => {
      const why = isText(command) ? whyNot(command.trim()) : undefined;
      return why === undefined ? undefined : `${why} (write ["sh", "-c", "..."])`;
    }),
  );
}

const ONE_LINE = commandWithout(notInShellForm);
/** A script of several lines becomes a here-document; only one of a single line stands in the instruction itself. */
const SCRIPT_TO_RUN = commandWithout((script) => {
  if (/[\r\n]/.test(script)) return undefined;
  return heredocsOf(`RUN ${script}`).length > 0 ? "begins a here-document that has no end" : notInShellForm(script);
});

const WRITTEN_FILE = { chown: LINE_TEXT, chmod: LINE_TEXT, link: BOOLEAN } satisfies Rules;

/** What a `--mount` takes for one word. */
const WORD = rule("a text without blanks, commas and quotes", (value) => isText(value) && /^[^\s,"'\0]+$/.test(value));
const BOUND = { target: required(WORD), source: WORD, from: either(STAGE, WORD), readonly: BOOLEAN } satisfies Rules;
const OWNED = { mode: WORD, uid: COUNT, gid: COUNT } satisfies Rules;
const GRANTED = { id: WORD, target: WORD, required: BOOLEAN, ...OWNED } satisfies Rules;

const MOUNTS: Rules = {
  bind: options({ type: ANYTHING, ...BOUND, readwrite: BOOLEAN }),
  cache: options({ type: ANYTHING, ...BOUND, ...OWNED, id: WORD, sharing: oneOf("shared", "private", "locked") }),
  tmpfs: options({ type: ANYTHING, target: required(WORD), size: COUNT }),
  secret: options({ type: ANYTHING, ...GRANTED, env: WORD }),
  ssh: options({ type: ANYTHING, ...GRANTED }),
};

const MOUNT_TYPE = oneOf(...Object.keys(MOUNTS));

const MOUNT: Rule = {
  accepted: 'a mount (write { type: "cache", target: "/root/.npm" })',
  wrong: (value) => {
    if (!isRecord(value)) return `is not ${MOUNT.accepted}`;
    const rules = Object.hasOwn(MOUNTS, String(value["type"])) ? MOUNTS[String(value["type"])] : undefined;
    return (rules ?? options({ ...BOUND, ...GRANTED, type: required(MOUNT_TYPE) })).wrong(value);
  },
};

/** What it says of the values of a health check is said by their schema. */
const CHECK: Rule = {
  accepted: "a probe made by probe.*, or a health check (write { test: [...] })",
  wrong: (value) => {
    if (!isRecord(value)) return `is not ${CHECK.accepted}`;
    const { error } = probeOrHealthcheck.safeParse(value);
    return error?.issues.map(({ path, message }) => ({ path: path.map(String), message }));
  },
};

const HIGHEST_PORT = 65_535;

const EXPOSED = written(`a port (write 80, "8000-8010" or "53/udp", up to ${HIGHEST_PORT})`, isExposed);

function isExposed(text: string): boolean {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?(?:\/(?:tcp|udp|sctp))?$/i.exec(text) ?? [];
  return Number(first) >= 1 && Number(first) <= Number(last) && Number(last) <= HIGHEST_PORT;
}

const PORT: Rule = { ...EXPOSED, wrong: (value) => EXPOSED.wrong(typeof value === "number" ? String(value) : value) };

/** What `from()` accepts. */
export const FROM_ACCEPTS: Rules = {
  base: required(either(STAGE, IMAGE)),
  options: options({
    as: rule('the name of a stage (write small letters, digits, "_", "." and "-", the first a letter)', isStageName),
    platform: LINE_TEXT,
    args: recordOf(
      NAME,
      either(
        TEXT_VALUE,
        rule("null", (value) => value === null),
      ),
      {
        accepted: 'build arguments (write { NAME: "value" }, or null for none)',
      },
    ),
  }),
};

function isStageName(value: unknown): boolean {
  return isText(value) && /^[a-z][a-z0-9_.-]*$/.test(value);
}

/** What the methods of a Dockerfile accept. */
export const INSTRUCTION_ACCEPTS: Readonly<Record<Step["type"], Rules>> = {
  add: {
    source: SOURCE,
    target: required(COPIED),
    options: options({ ...WRITTEN_FILE, checksum: LINE_TEXT, keepGitDir: BOOLEAN }),
  },
  arg: { name: required(VARIABLE), value: TEXT_VALUE },
  cmd: { command: ONE_LINE },
  comment: { text: required(rule("a text", isText)) },
  copy: { source: SOURCE, target: required(COPIED), options: options({ from: either(STAGE, IMAGE), ...WRITTEN_FILE }) },
  entrypoint: { command: ONE_LINE },
  env: { values: VALUES },
  expose: { ports: rest(listOf(PORT, { accepted: "at least one port", least: 1 })) },
  // Where the file's text follows, a path has no form in which blanks are a part of it.
  file: {
    target: required(written("a path without blanks", (text) => isLine(text) && !/\s/.test(text))),
    content: required(rule("a text", isText)),
    options: options(WRITTEN_FILE),
  },
  healthcheck: { check: required(CHECK) },
  label: { values: VALUES },
  onbuild: { describe: required(rule("a function (write (later) => later.run(...))", (value) => typeof value === "function")) },
  run: {
    command: SCRIPT_TO_RUN,
    options: options({
      mounts: listOf(MOUNT, { accepted: "a list of mounts" }),
      network: oneOf("default", "none", "host"),
      security: oneOf("sandbox", "insecure"),
    }),
  },
  shell: { command: required(rule('a list that begins with a program (write ["/bin/bash", "-c"])', isProgram)) },
  stopsignal: { signal: required(NUMBERED) },
  user: { user: required(NUMBERED) },
  volume: { paths: rest(listOf(PATH, { accepted: "at least one path", least: 1 })) },
  workdir: { path: required(PATH) },
};

function isProgram(value: unknown): boolean {
  return WORDS.wrong(value) === undefined && Array.isArray(value) && value.length > 0 && value[0] !== "";
}
