import { javascript as js } from "../quote.ts";
import { exec, type Limit, type Way } from "../way.ts";
import { hiddenHeaders, type Request, writtenHeaders } from "./request.ts";
import { isDefaultStatus, statusExpression } from "./status.ts";

/**
 * The request with Node's own client.
 * No global fetch: it appeared in Node 18, takes longer to load and hides the reason of a failure in `cause`.
 */
export function nodeWay(request: Request, limit: Limit): Way {
  const { scheme, host, port, path, method, status, contains, login } = request;
  const options = [
    `host:${js(host)},port:${port},path:${js(path)},agent:false`,
    ...(method === "GET" ? [] : [`method:${js(method)}`]),
    ...headersOf(request),
    ...(scheme === "https" ? ["rejectUnauthorized:false"] : []),
    ...(login === undefined ? [] : [`auth:${js(`${login.user}:`)}+${secret(login.password)}`]),
  ].join(",");
  const healthy = isDefaultStatus(status) ? "r.statusCode<400" : `/${statusExpression(status)}/.test(r.statusCode)`;
  const found = contains === undefined ? "" : `b.includes(${js(contains)})?done(r):`;
  const script = [
    "const fail=m=>{console.log(m);process.exit(1)};",
    `const done=r=>{console.log("HTTP "+r.statusCode);process.exit(0)};`,
    `require(${js(scheme)}).request({${options}},r=>{const ok=${healthy};${contains === undefined ? "if(ok)return done(r);" : ""}`,
    `let b="";r.setEncoding("utf8").on("data",d=>b+=d).on("end",()=>${found === "" ? "" : `ok&&${found}`}fail("HTTP "+r.statusCode+" "+r.statusMessage+" "+b.slice(0,300)))`,
    `}).on("error",e=>fail(e.message||e.code)).end();`,
    `setTimeout(()=>fail("no answer within ${limit} s"),${limit * 1000})`,
  ].join("");
  return exec("node", ["node", "-e", script], { rare: true });
}

function headersOf(request: Request): readonly string[] {
  const written = Object.entries(writtenHeaders(request)).map(([name, value]) => `${js(name)}:${js(value)}`);
  const hidden = hiddenHeaders(request).map(({ name, prefix, value }) => `${js(name)}:${js(prefix)}+${secret(value)}`);
  const all = [...written, ...hidden];
  return all.length === 0 ? [] : [`headers:{${all.join(",")}}`];
}

function secret(credential: NonNullable<Request["login"]>["password"]): string {
  return "file" in credential
    ? `require("fs").readFileSync(${js(credential.file)},"utf8").trimEnd()`
    : `process.env[${js(credential.variable)}]`;
}
