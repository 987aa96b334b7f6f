import { quote } from "../quote.ts";
import { exec, type Limit, type Way, wholeSeconds } from "../way.ts";
import { ANY, type Conversation } from "./conversation.ts";

/** The conversation with nothing but bash. */
export function bashWay({ host, port, say, expect }: Conversation, limit: Limit): Way {
  const connect = `exec 3<>/dev/tcp/${quote(host)}/${port}`;
  if (expect === undefined) return exec("bash", ["bash", "-c", connect]);
  const lines = [
    `${connect} || exit 1`,
    ...(say === undefined ? [] : [`printf ${format(say)} >&3`]),
    ...answered(expect, wholeSeconds(limit)),
  ];
  return exec("bash", ["bash", "-c", lines.join("; ")]);
}

function answered(expect: string, wait: string): readonly string[] {
  // bash drops zero bytes, but ends a "line" at one: any byte at all ends this read.
  if (expect === ANY) return [`IFS= read -r -d '' -n 1 -t ${wait} <&3 || { echo "no answer within ${wait} s"; exit 1; }`];
  return [
    "LC_ALL=C",
    `IFS= read -r -N ${expect.length} -t ${wait} answer <&3`,
    `[[ $answer == ${literal(expect)} ]] || { echo "\${answer:-no answer within ${wait} s}"; exit 1; }`,
  ];
}

/** Bytes as the format of printf. */
export function format(bytes: string): string {
  return quote([...bytes].map(octal).join(""));
}

function octal(byte: string): string {
  if (byte === "\r") return "\\r";
  if (byte === "\n") return "\\n";
  if (byte === "%") return "%%";
  if (byte === "\\") return "\\\\";
  return byte >= " " && byte <= "~" ? byte : `\\${byte.charCodeAt(0).toString(8).padStart(3, "0")}`;
}

function literal(text: string): string {
  return /^[ -~]+$/.test(text) ? quote(text) : `$'${[...text].map(octal).join("")}'`;
}
