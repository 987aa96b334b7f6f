import { quote, quoteAll } from "../quote.ts";
import { exec, type Limit, type Way, wholeSeconds } from "../way.ts";
import { containsScript } from "./curl.ts";
import { type HiddenLine, hiddenHeaders, type Request, requestLines } from "./request.ts";
import { statusPatterns } from "./status.ts";

/** The request with nothing but bash, which opens connections itself; `undefined` for TLS and passwords. */
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
    `IFS= read -r${contains === undefined ? "" : " -d ''"} -t ${wait} answer <&3`,
    `case $answer in ${patterns}) ;; *) echo "\${answer:-no answer within ${wait} s}"; exit 1 ;; esac`,
    // The first empty line ends the headers, in which nothing is looked for.
    ...(contains === undefined ? [] : [containsScript("answer", contains, "*$'\\r\\n\\r\\n'")]),
  ];
  return exec("bash", ["bash", "-c", lines.join("; ")]);
}

// Bash reads the file itself.
function hiddenLine({ name, prefix, value }: HiddenLine): string {
  const secret = "file" in value ? `"$(<${quote(value.file)})"` : `"$${value.variable}"`;
  return quote(`${name}: ${prefix}`) + secret;
}
