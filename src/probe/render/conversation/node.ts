import { exec, type Limit, type Way } from "../way.ts";
import { ANY, type Conversation } from "./conversation.ts";

/** The conversation with Node. */
export function nodeWay({ host, port, say, expect }: Conversation, limit: Limit): Way {
  const connected = expect === undefined ? "()=>process.exit(0)" : say === undefined ? "()=>{}" : `()=>s.write(${js(say)},"latin1")`;
  const script = [
    "const fail=m=>{console.log(m);process.exit(1)};",
    `const s=require("net").connect(${port},${js(host)},${connected}).on("error",e=>fail(e.message||e.code));`,
    ...(expect === undefined ? [] : [judged(expect)]),
    `setTimeout(()=>fail("no answer within ${limit} s"),${limit * 1000})`,
  ].join("");
  return exec("node", ["node", "-e", script], { rare: true });
}

function judged(expect: string): string {
  if (expect === ANY) return `s.on("data",()=>process.exit(0)).on("end",()=>fail("no answer"));`;
  return [
    `let a="";s.on("data",d=>{a+=d.toString("latin1");if(a.length>=${expect.length})a.startsWith(${js(expect)})?process.exit(0):fail(a)})`,
    `.on("end",()=>fail(a||"no answer"));`,
  ].join("");
}

function js(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u007f-\u00ff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`);
}
