import { perl } from "../quote.ts";
import { exec, type Limit, type Way, wholeSeconds } from "../way.ts";
import { ANY, type Conversation } from "./conversation.ts";

/** The conversation with perl-base. */
export function perlWay(conversation: Conversation, limit: Limit): Way {
  const { say, expect } = conversation;
  const lines = [
    socketScript(conversation, limit),
    ...(say === undefined ? [] : [`syswrite S,${bytes(say)}`]),
    ...(expect === undefined ? [] : answered(expect)),
  ];
  return exec("perl", ["perl", "-MSocket=:all", "-e", lines.join(";")], { rare: true });
}

/** Opens the socket S, and dies when the time is over. */
export function socketScript({ host, port }: Pick<Conversation, "host" | "port">, limit: Limit): string {
  const [family, pack] = host.includes(":") ? ["AF_INET6", "pack_sockaddr_in6"] : ["AF_INET", "pack_sockaddr_in"];
  const wait = wholeSeconds(limit);
  const alarm = [`$SIG{ALRM}=sub{die "no answer within ${wait} s\\n"}`, `alarm ${wait}`];
  if (!isAddress(host)) return [...alarm, ...namedSocket(perl(host), port)].join(";");
  return [...alarm, `socket(S,${family},SOCK_STREAM,0)`, `connect(S,${pack}(${port},inet_pton(${family},"${host}")))||die "$!\\n"`].join(
    ";",
  );
}

function isAddress(host: string): boolean {
  return host.includes(":") || /^[\d.]+$/.test(host);
}

/** Statements that open the socket S by a name, which may have several addresses, of which the server listens on one; both in Perl's words. */
export function namedSocket(host: string, port: string | number): readonly string[] {
  return [
    `($e,@a)=getaddrinfo(${host},${port},{socktype=>SOCK_STREAM})`,
    '$e&&die "$e\\n"',
    "socket(S,$_->{family},SOCK_STREAM,0)&&connect(S,$_->{addr})&&($c=1)&&last for@a",
    '$c||die "$!\\n"',
  ];
}

function answered(expect: string): readonly string[] {
  if (expect === ANY) return ['sysread(S,$_,1)||die "no answer\\n"'];
  return [`$_="";1 while length($_)<${expect.length}&&sysread(S,$_,${expect.length},length)`, `$_ eq ${bytes(expect)}||die "$_\\n"`];
}

function bytes(text: string): string {
  const escaped = [...text].map((byte) => (/[\w .:{]/.test(byte) ? byte : `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`));
  return `"${escaped.join("")}"`;
}
