import { SECRET_NAME } from "../../check/rules/data.ts";
import type { Issue } from "../../errors.ts";

/** What stands in the place of a line that must not be shown. */
export const CONCEALED = "(not shown: a secret stands here)";

/**
 * The lines of a source as they may be shown. A line in which the value of a password, a token or a key is written down is not,
 * whatever it is shown for, and whether or not the rules that speak of it are switched on.
 */
export function shownLines(text: string): readonly string[] {
  let within = NOTHING;
  return text.split(/\r?\n/).map((line) => {
    if (within(line)) return CONCEALED;
    within = line.includes("-----BEGIN ") && line.includes("PRIVATE KEY-----") ? keyAfter(line) : valueBelow(line);
    return within !== NOTHING || holdsSecret(line) ? CONCEALED : line;
  });
}

/**
 * An issue as it may be shown: what its message quotes is not, where that is the value of a password, a token or a key, or has
 * one in it.
 */
export function shownIssue<Some extends Issue>(issue: Some): Some {
  const key = issue.path.split(".").at(-1) ?? "";
  const message = issue.message.replaceAll(QUOTED, (quoted, text: string) => {
    const isValue = isSecret(key) && text !== key;
    return isValue || holdsSecret(text.replaceAll('\\"', '"')) ? '"[secret]"' : quoted;
  });
  return message === issue.message ? issue : { ...issue, message };
}

const QUOTED = /"((?:[^"\\]|\\.)*)"/g;

/** Whether the lines that follow belong to a value, line by line. */
type Within = (line: string) => boolean;

const NOTHING: Within = () => false;

function keyAfter(line: string): Within {
  let isOver = line.includes("-----END ");
  return (next) => {
    const belongs = !isOver;
    isOver ||= next.includes("-----END ");
    return belongs;
  };
}

// `PASSWORD: |` or `PASSWORD:` alone: the value stands on the lines below that are further to the right.
function valueBelow(line: string): Within {
  const [, name = "", rest = ""] = /^[\s\-"']*([A-Za-z_]\w{0,99})["']?[ \t]{0,9}[:=](.{0,20})$/.exec(line) ?? [];
  if (!isSecret(name) || !/^\s*(?:[|>][-+\d]{0,2})?\s*(?:#.*)?$/.test(rest)) return NOTHING;
  const indent = indentOf(line);
  return (next) => next.trim() === "" || indentOf(next) > indent;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

// Each with the value behind it.
const ASSIGNMENT = /(?<![\w-])(?<!\$\{)([A-Za-z_]\w{0,99})["'\]]{0,2}[ \t]{0,9}[:=][ \t]{0,9}(?=(["'`]?[^\s,"'`}\]]{0,200}))/g;
const DEFAULT = /\$\{(\w{1,100}):?-([^}]{1,200})/g;
const VALUES = [
  /(?<![\w-])--(?:pass(?:word)?|requirepass|token)(?:=|["',\s]{1,6})(["'`]?[^\s,"'`}\]]{0,200})/g,
  /(?:mysql|mariadb|mongo)\w{0,20}\b.{0,200}?(?<![\w-])-p(["'`]?[^\s,"'`}\]]{1,200})/g,
  /(?:redis|valkey)-cli\b.{0,200}?(?<![\w-])-a["',\s]{1,6}(["'`]?[^\s,"'`}\]]{1,200})/g,
  /\bcurl\b.{0,200}?(?:-u|--user)["',=\s]{0,6}[^\s:"']{1,64}:([^\s"',]{1,200})/g,
  /^\s*(?:ENV|ARG)\s{1,9}\w{0,99}(?:PASSWORD|PASSWD|SECRET|TOKEN|KEY)\s{1,9}(["']?[^\s"']{1,200})/gi,
  /:\/\/[^\s:/@"']{0,64}:([^\s@/"']{1,200})@/g,
];

/** What comes from a variable, a file or the launching shell. */
const ELSEWHERE = /^["'`]?(?:\$|\/|\.\/|env\(|interpolate`|secret\(|$)/;
const NO_SECRET = /^["'`]?(?:true|false|yes|no|on|off|0|1|none|null|undefined|string|disabled?)["'`]?;?$/i;

function isSecret(name: string): boolean {
  return SECRET_NAME.test(name) || /^(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SQLCMDPASSWORD)$/.test(name);
}

function holdsSecret(line: string): boolean {
  const named = [...line.matchAll(ASSIGNMENT), ...line.matchAll(DEFAULT)].flatMap(([, name = "", value = ""]) =>
    isSecret(name) ? [value] : [],
  );
  const given = VALUES.flatMap((pattern) => [...line.matchAll(pattern)].map(([, value = ""]) => value));
  return [...named, ...given].some((value) => !ELSEWHERE.test(value) && !NO_SECRET.test(value));
}
