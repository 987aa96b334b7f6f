import { exec, type Limit, type Way } from "../way.ts";
import { ANY, type Conversation } from "./conversation.ts";

/** The conversation with Python; -I keeps the application's modules out. */
export function pythonWay({ host, port, say, expect }: Conversation, limit: Limit): Way {
  const lines = [
    "import socket,sys",
    `s=socket.create_connection((${JSON.stringify(host)},${port}),${limit})`,
    ...(say === undefined ? [] : [`s.sendall(${bytes(say)})`]),
    ...(expect === undefined ? [] : [`a=s.recv(${expect === ANY ? 1 : expect.length},socket.MSG_WAITALL)`, judged(expect)]),
  ];
  return exec("python3", ["python3", "-I", "-c", lines.join(";")], { rare: true });
}

function judged(expect: string): string {
  return expect === ANY ? 'a or sys.exit("no answer")' : `a==${bytes(expect)} or sys.exit(repr(a))`;
}

function bytes(text: string): string {
  const escaped = [...text].map((byte) => (/[\w .:{]/.test(byte) ? byte : `\\x${byte.charCodeAt(0).toString(16).padStart(2, "0")}`));
  return `b"${escaped.join("")}"`;
}
