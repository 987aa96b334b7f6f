import { socketScript } from "../conversation/perl.ts";
import { perl as text } from "../quote.ts";
import { exec, type Limit, type Way } from "../way.ts";
import { type HiddenLine, hiddenHeaders, type Request, requestLines } from "./request.ts";
import { statusExpression } from "./status.ts";

/** The request with perl-base, which is part of every Debian and Ubuntu; `undefined` for TLS and passwords. */
export function perlWay(request: Request, limit: Limit): Way | undefined {
  if (request.scheme === "https" || request.login !== undefined) return undefined;
  const status = statusExpression(request.status).slice(1, -1);
  const script = [
    socketScript(request, limit),
    `syswrite S,join("\\r\\n",${[...requestLines(request).map(text), ...hiddenHeaders(request).map(hiddenLine)].join(",")},"","")`,
    // Interim answers (100 Continue, 103 Early Hints) and their headers come before the one that counts.
    "while(($_=<S>)=~m{^HTTP/1.\\d 1}){1 while<S>=~/\\S/}",
    `m{^HTTP/1.\\d ${status}}||die $_||"no answer\\n"`,
    ...(request.contains === undefined
      ? []
      : // Up to the first empty line there are headers, in which nothing is looked for.
        // Perl's own reaction to a signal waits for the end of the reading, which may never come: the kernel's does not.
        [
          '$SIG{ALRM}="DEFAULT"',
          "local $/",
          "$_=<S>",
          `s/.*?^\\r\\n//ms&&index($_,${text(request.contains)})>=0||die "the body does not contain it\\n"`,
        ]),
  ].join(";");
  return exec("perl", ["perl", "-MSocket=:all", "-e", script], { rare: true });
}

function hiddenLine({ name, prefix, value }: HiddenLine): string {
  const secret = "file" in value ? `do{local(@ARGV,$/)=(${text(value.file)});$_=<>;s/\\n+\\z//;$_}` : `$ENV{${value.variable}}`;
  return `${text(`${name}: ${prefix}`)}.${secret}`;
}
