import { passwordExpression } from "../credential.ts";
import { quote, quoteAll } from "../quote.ts";
import { exec, type Limit, script, type Way } from "../way.ts";
import { headerLines, type Request, urlOf } from "./request.ts";
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
    ...(method === "HEAD" ? ["-I"] : method === "GET" ? [] : ["-X", method]),
    ...headerLines(request).flatMap((line) => ["-H", line]),
  ];
  if (isDefaultStatus(status) && contains === undefined && login === undefined)
    return exec("curl", [...words, "-o", "/dev/null", urlOf(request)]);
  return script("curl", judged(request, words));
}

// The password goes in by stdin: other processes can read a command line.
function judged(request: Request, words: readonly string[]): string {
  const { status, contains, login } = request;
  const input = login === undefined ? "" : `printf 'user = "%s:%s"' ${quote(escaped(login.user))} "$e" | `;
  const output = [...(contains === undefined ? ["-o", "/dev/null"] : []), ...(isDefaultStatus(status) ? [] : ["-w", "\\n%{http_code}"])];
  const call = input + quoteAll([...words, ...(login === undefined ? [] : ["-K", "-"]), ...output, urlOf(request)]);
  const password = login === undefined ? [] : [escaping(passwordExpression(login.password))];
  if (isDefaultStatus(status) && contains === undefined) return [...password, call].join("; ");
  return [
    ...password,
    `answer=$(${call}) || exit 1`,
    ...(isDefaultStatus(status) ? [] : statusLines(statusPatterns(status))),
    ...(contains === undefined ? [] : [containsScript("answer", contains)]),
  ].join("; ");
}

// In curl's configuration a backslash stands before quotes and backslashes. The shell's own means: no image with curl must have sed.
function escaping(password: string): string {
  return `p=${password} e=; while [ -n "$p" ]; do case $p in [\\"\\\\]*) e=$e\\\\; esac; e=$e\${p%"\${p#?}"} p=\${p#?}; done`;
}

function escaped(text: string): string {
  return text.replaceAll(/["\\]/g, "\\$&");
}

// The status is the last line of the output, and goes from there, so that it is not searched for the text.
function statusLines(patterns: readonly string[]): readonly string[] {
  return [
    "status=${answer##*[!0-9]}",
    `case $status in ${patterns.join("|")}) ;; *) echo "HTTP $status"; exit 1 ;; esac`,
    "answer=${answer%???}",
  ];
}

/** A script that fails where the variable does not contain the text, after what matches the pattern `from`. */
export function containsScript(variable: string, text: string, from = ""): string {
  return `case $${variable} in ${from}*${quote(text)}*) ;; *) echo ${quote(`the body does not contain ${JSON.stringify(text)}`)}; exit 1 ;; esac`;
}
