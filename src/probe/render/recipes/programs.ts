import { type Duration, seconds } from "../../../model/duration.ts";
import type { GrpcProbe, HttpProbe, TcpProbe } from "../../catalogue/network.ts";
import type { CommandProbe, FileProbe, ProcessProbe, ScriptProbe, ShellProbe } from "../../catalogue/program.ts";
import type { Context } from "../context.ts";
import { conversationWays } from "../conversation/ways.ts";
import { httpWays } from "../http/ways.ts";
import { javascript as js, quote } from "../quote.ts";
import { exec, type Way } from "../way.ts";

/** An HTTP request. */
export function requestWays({ type, ...request }: HttpProbe, context: Context): readonly Way[] {
  const host = context.host ?? request.host;
  return httpWays({ ...request, host, path: request.path as `/${string}`, scheme: type }, context);
}

/** A connection. */
export function tcpWays({ host, port }: TcpProbe, context: Context): readonly Way[] {
  return conversationWays({ host: context.host ?? host, port }, context);
}

/** The standard health service. @see https://github.com/grpc/grpc/blob/master/doc/health-checking.md */
export function grpcWays({ port, service, ...probe }: GrpcProbe, { limit, host = probe.host }: Context): readonly Way[] {
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const words = [`-addr=${address}`, `-connect-timeout=${limit}s`, `-rpc-timeout=${limit}s`];
  const named = service === "" ? [] : [`-service=${service}`];
  return [
    exec("grpc_health_probe", ["grpc_health_probe", ...words, ...named]),
    exec("node", ["node", "-e", grpcNode(address, service, limit)]),
  ];
}

/** The user's words. */
export function commandWays({ command }: CommandProbe): readonly Way[] {
  return [{ tool: command[0] ?? "", needs: [], run: command }];
}

/** The user's script. */
export function shellWays({ script }: ShellProbe): readonly Way[] {
  return [{ tool: "sh", needs: ["sh"], run: script }];
}

/** The user's file, by an interpreter, so that it need not be executable. */
export function scriptWays({ file, interpreter, args }: ScriptProbe): readonly Way[] {
  return [exec(interpreter, [interpreter, file, ...args])];
}

/**
 * Looks at names only, so that it never finds its own command line; a zombie does not count, nor does the probe's own shell or
 * what started it, up to the process that the engine put into the container.
 */
export function processWays({ name }: ProcessProbe): readonly Way[] {
  // The kernel keeps 15 characters of a name.
  const pattern = `*${quote(`(${name.slice(0, 15)}) `)}[!ZXx]*`;
  const own = `own=' ' stat=/proc/self/stat; while read -r line <"$stat"; do set -- "\${line%% *}" \${line##*) }; own="$own$1 " stat=/proc/$3/stat; done`;
  const others = `for stat in /proc/[0-9]*/stat; do pid=\${stat%/stat}; case $own in *" \${pid#/proc/} "*) continue ;; esac; read -r line <"$stat" || continue; case $line in ${pattern}) exit 0 ;; esac; done`;
  return [{ tool: "sh", needs: ["sh"], run: `{ ${own}; ${others}; } 2>/dev/null; echo ${quote(`no process is called ${name}`)}; exit 1` }];
}

/** The file is there, and was changed lately. */
export function fileWays({ path, maxAge }: FileProbe): readonly Way[] {
  if (maxAge === undefined) {
    return [{ tool: "test", needs: ["sh"], run: `[ -e ${quote(path)} ] || { echo ${quote(`there is no ${path}`)}; exit 1; }` }];
  }
  const limit = Math.ceil(seconds(maxAge as Duration));
  const age = `age=$(($(date +%s) - $(stat -Lc %Y ${quote(path)}))) && [ "$age" -le ${limit} ]`;
  return [{ tool: "stat", needs: ["sh"], run: `${age} || { echo "changed \${age:-?} s ago"; exit 1; }` }];
}

// One message of a service's name; the answer's message is 08 01 for SERVING.
function grpcNode(address: string, service: string, limit: number): string {
  return [
    "const fail=m=>{console.log(m);process.exit(1)};",
    `const n=Buffer.from(${js(service)}),p=n.length?Buffer.concat([Buffer.from([10,n.length]),n]):n;`,
    `const c=require("http2").connect(${js(`http://${address}`)}).on("error",e=>fail(e.message||e.code));`,
    `const s=c.request({":method":"POST",":path":"/grpc.health.v1.Health/Check","content-type":"application/grpc",te:"trailers"});`,
    `let b=[],t={};s.on("data",d=>b.push(d)).on("response",h=>t=h).on("trailers",h=>t=h).on("error",e=>fail(e.message)).on("end",()=>{`,
    `const a=Buffer.concat(b).toString("hex").slice(10);`,
    `a==="0801"?process.exit(0):fail("status "+(a.slice(2)||"none")+", grpc-status "+t["grpc-status"]+" "+(t["grpc-message"]||""))});`,
    `s.end(Buffer.concat([Buffer.from([0,0,0,0,p.length]),p]));`,
    `setTimeout(()=>fail("no answer within ${limit} s"),${limit * 1000})`,
  ].join("");
}
