import { passwordExpression } from "../credential.ts";
import { quote, quoteAll } from "../quote.ts";
import { type Limit, script, type Way, wholeSeconds } from "../way.ts";
import { containsScript, kept } from "./curl.ts";
import { headerLines, hiddenHeaders, type Request, urlOf } from "./request.ts";
import { isDefaultStatus, statusPatterns } from "./status.ts";

/** The request with wget, in words that both GNU's and busybox's understand; `undefined` for what wget can't do. */
export function wgetWay(request: Request, limit: Limit): Way | undefined {
  const { scheme, method, status, contains, login } = request;
  if (method !== "GET") return undefined;
  // Busybox can't tell the header from the body.
  if (!isDefaultStatus(status) && contains !== undefined) return undefined;
  // Its own limit is one for each read: an answer that trickles in would take for ever.
  const words = [
    "wget",
    "-q",
    "-Y",
    "off",
    "-t",
    "1",
    "-T",
    wholeSeconds(limit),
    ...(scheme === "https" ? ["--no-check-certificate"] : []),
    ...headerLines(request).flatMap((line) => ["--header", line]),
  ];
  const follows = `wget follows redirects, ${contains === undefined ? "but the first answer is judged" : "and looks at the page that they lead to"}`;
  const isOpen = login === undefined && hiddenHeaders(request).length === 0;
  const remark = isOpen ? follows : `${follows}; the secret stands on its command line, inside the container`;
  const needs = login === undefined ? ["sh", "wget"] : ["sh", "wget", "base64"];
  return script("wget", judged(request, words), { remark, needs, unlimited: true });
}

function judged(request: Request, words: readonly string[]): string {
  const { status, contains, login } = request;
  const hidden = hiddenHeaders(request).map(
    ({ name, prefix, value }) => ` --header ${quote(`${name}: ${prefix}`)}${passwordExpression(value)}`,
  );
  const authorization =
    login === undefined
      ? ""
      : ` --header "Authorization: Basic $(printf %s:%s ${quote(login.user)} ${passwordExpression(login.password)} | base64 | tr -d '\\n')"`;
  const header = authorization + hidden.join("");
  const url = quote(urlOf(request));
  if (contains !== undefined) return `${kept(`${quoteAll(words)}${header} -O - ${url}`)}; ${containsScript(contains)}`;
  // Its exit code does not tell which status was answered, and is that of the page that a redirect leads to: the first line of the
  // headers tells. "100 Continue" may stand before it.
  const said = `$(${quoteAll([...words, "-S"])}${header} -O /dev/null ${url} 2>&1)`;
  const patterns = statusPatterns(status).join("|");
  return `set -f; set -- ${said}; [ "$2" != 100 ] || shift 3; case $2 in ${patterns}) ;; *) echo "\${*:-no answer}"; exit 1 ;; esac`;
}
