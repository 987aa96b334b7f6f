import { quote, quoteAll } from "../quote.ts";
import { limitFunction } from "../search.ts";
import { exec, type Limit, type Way, wholeSeconds } from "../way.ts";
import { containsScript, kept } from "./curl.ts";
import { type HiddenLine, hiddenHeaders, type Request, requestLines } from "./request.ts";
import { statusPatterns } from "./status.ts";

/**
 * The request with nothing but bash, which opens connections itself; `undefined` for TLS and passwords. The body is read by cat:
 * bash takes a byte at a time, four seconds for 3 MB.
 */
export function bashWay(request: Request, limit: Limit): Way | undefined {
  const { scheme, host, port, status, contains, login } = request;
  if (scheme === "https" || login !== undefined) return undefined;
  const wait = wholeSeconds(limit);
  const patterns = statusPatterns(status)
    .map((pattern) => `HTTP/1.?' '${pattern}*`)
    .join("|");
  const lines = [
    `exec 3<>/dev/tcp/${quote(host)}/${port} || exit 1`,
    `printf '%s\\r\\n' ${[quoteAll(requestLines(request)), ...hiddenHeaders(request).map(hiddenLine)].join(" ")} '' >&3`,
    // Interim answers (100 Continue, 103 Early Hints) and their headers come before the one that counts.
    `interim=; while IFS= read -r -t ${wait} answer <&3; do case $answer in HTTP/1.?' '1*) interim=1 ;; HTTP/*) break ;; *) [ "$interim" ] || break ;; esac; done`,
    `case $answer in ${patterns}) ;; *) echo "\${answer:-no answer within ${wait} s}"; exit 1 ;; esac`,
    ...(contains === undefined ? [] : [headersRead(wait), limitFunction(limit), kept("(limited cat <&3)"), containsScript(contains)]),
  ];
  return exec("bash", ["bash", "-c", lines.join("; ")]);
}

// The first empty line ends the headers, in which nothing is looked for.
function headersRead(wait: string): string {
  return `while IFS= read -r -t ${wait} line <&3 && [ "\${line%$'\\r'}" ]; do :; done`;
}

// Bash reads the file itself.
function hiddenLine({ name, prefix, value }: HiddenLine): string {
  const secret = "file" in value ? `"$(<${quote(value.file)})"` : `"$${value.variable}"`;
  return quote(`${name}: ${prefix}`) + secret;
}
