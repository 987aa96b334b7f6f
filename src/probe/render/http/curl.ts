import type { Credential } from "../../catalogue/tool.ts";
import { passwordExpression } from "../credential.ts";
import { quote, quoteAll } from "../quote.ts";
import { exec, type Limit, script, type Way } from "../way.ts";
import { headerLines, hiddenHeaders, type Request, urlOf } from "./request.ts";
import { isDefaultStatus, statusPatterns } from "./status.ts";

/** The request with curl; it fails on a status of 400 and above, and goes past proxies. */
export function curlWay(request: Request, limit: Limit): Way {
  const { scheme, method, status, contains, login } = request;
  // Brackets and dots of a path are sent as they are written.
  const words = [
    "curl",
    "-g",
    "--path-as-is",
    isDefaultStatus(status) ? "-fsS" : "-sS",
    ...(scheme === "https" ? ["-k"] : []),
    "--noproxy",
    "*",
    "--max-time",
    String(limit),
    ...METHODS[method],
    ...headerLines(request).flatMap((line) => ["-H", line]),
  ];
  if (isDefaultStatus(status) && contains === undefined && login === undefined && hiddenHeaders(request).length === 0)
    return exec("curl", [...words, "-o", "/dev/null", urlOf(request)]);
  return script("curl", judged(request, words));
}

// curl itself sends no length with a POST that has no body, which some servers refuse (411).
const METHODS: Readonly<Record<Request["method"], readonly string[]>> = {
  GET: [],
  HEAD: ["-I"],
  POST: ["-X", "POST", "-H", "Content-Length: 0"],
};

function judged(request: Request, words: readonly string[]): string {
  const { status, contains } = request;
  const settings = settingsOf(request);
  const input = settings.length === 0 ? "" : `{ ${settings.join("; ")}; } | `;
  const output = [...(contains === undefined ? ["-o", "/dev/null"] : []), ...(isDefaultStatus(status) ? [] : ["-w", "\\n%{http_code}"])];
  const call = input + quoteAll([...words, ...(settings.length === 0 ? [] : ["-K", "-"]), ...output, urlOf(request)]);
  const escaping = settings.length === 0 ? [] : [ESCAPING];
  if (isDefaultStatus(status) && contains === undefined) return [...escaping, call].join("; ");
  return [
    ...escaping,
    kept(call),
    ...(isDefaultStatus(status) ? [] : statusLines(statusPatterns(status))),
    ...(contains === undefined ? [] : [containsScript(contains)]),
  ].join("; ");
}

/** What other processes must not read on a command line goes in by stdin, as curl's configuration: commands that write its lines. */
function settingsOf(request: Request): readonly string[] {
  const { login } = request;
  return [
    ...(login === undefined ? [] : [setting("user", `${login.user}:`, login.password)]),
    ...hiddenHeaders(request).map(({ name, prefix, value }) => setting("header", `${name}: ${prefix}`, value)),
  ];
}

function setting(name: string, before: string, secret: Credential): string {
  return `printf '${name} = "%s%s"\\n' ${quote(before.replaceAll(/["\\]/g, "\\$&"))} "$(escaped ${passwordExpression(secret)})"`;
}

// In curl's configuration a backslash stands before quotes and backslashes. The shell's own means: no image with curl must have sed.
const ESCAPING = `escaped() { p=$1 e=; while [ -n "$p" ]; do case $p in [\\"\\\\]*) e=$e\\\\; esac; e=$e\${p%"\${p#?}"} p=\${p#?}; done; printf %s "$e"; }`;

// The status is the last line of the output, and goes from there with the line end before it: the text is not looked for in it.
function statusLines(patterns: readonly string[]): readonly string[] {
  return [
    "status=${answer##*[!0-9]}",
    `case $status in ${patterns.join("|")}) ;; *) echo "HTTP $status"; exit 1 ;; esac`,
    "answer=${answer%????}",
  ];
}

/** What a command says, in `$answer` to its last byte: a shell cuts off the ends of lines, which a full stop keeps. */
export function kept(command: string): string {
  return `answer=$(${command} && echo .) || exit 1; answer=\${answer%.}`;
}

/** A script that fails where `$answer` does not contain the text. */
export function containsScript(text: string): string {
  return `case $answer in *${quote(text)}*) ;; *) echo ${quote(`the body does not contain ${JSON.stringify(text)}`)}; exit 1 ;; esac`;
}
