import { quote } from "../quote.ts";
import { type Limit, type Way, wholeSeconds } from "../way.ts";
import { format } from "./bash.ts";
import { ANY, type Conversation } from "./conversation.ts";

/**
 * The conversation with netcat: busybox's, which runs a program once it is connected, or another's.
 *
 * @param stopped whether `timeout` ends it: busybox's netcat knows no limit once it is connected. Default: the engine ends it.
 */
export function ncWays(conversation: Conversation, limit: Limit, stopped = false): readonly Way[] {
  const { host, port, expect } = conversation;
  const wait = wholeSeconds(limit);
  if (expect === undefined) {
    return [
      { tool: "nc", needs: ["busybox", "nc"], run: ["nc", "-w", wait, host, String(port), "-e", "true"] },
      { tool: "nc", needs: ["nc"], run: ["nc", "-z", "-w", wait, host, String(port)] },
    ];
  }
  if (!isText(conversation)) return [];
  const needs = ["sh", "nc", ...(stopped ? ["timeout"] : [])];
  return [{ tool: "nc", needs, run: talk(conversation, wait, stopped ? `timeout ${wait} ` : "") }];
}

function talk({ host, port, say = "", bye = "", expect = "" }: Conversation, wait: string, stop: string): string {
  const input = say + bye === "" ? "" : `printf ${format(say + bye)} | `;
  const stdin = input === "" ? " </dev/null" : "";
  const answer = `answer=$(${input}${stop}nc -w ${wait} ${quote(host)} ${port}${stdin})`;
  return `${answer}; case $answer in ${quote(expect)}*) ;; *) echo "\${answer:-no answer}"; exit 1 ;; esac`;
}

// A shell's variable can't hold other bytes.
function isText({ say = "", expect = "" }: Conversation): boolean {
  return expect !== ANY && /^[\r\n -~]*$/.test(say + expect);
}
