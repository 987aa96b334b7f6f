import { type Duration, seconds } from "../model/duration.ts";
import { isInterpolation } from "../model/interpolation.ts";
import type { Healthcheck } from "../model/schema/healthcheck.ts";
import { type AnyProbe, DEFAULT_TIMING, type HttpProbe, type TcpProbe, type Tool } from "./catalog.ts";
import { toolsOf } from "./image-tools.ts";

/**
 * The health check that does a probe inside an image.
 * `image` is unknown where the service is built; then the command finds out what the image contains.
 */
export function renderProbe(probe: AnyProbe, image: string | undefined): Healthcheck | undefined {
  if (probe.type === "none") return { disable: true };
  const given = defined(probe.timing);
  if (probe.type === "fromImage") return Object.keys(given).length === 0 ? undefined : (given as Healthcheck);
  const timing = { ...DEFAULT_TIMING, ...given } as Healthcheck;
  // What a variable will say is not known yet.
  const timeout = isInterpolation(timing.timeout) ? DEFAULT_TIMING.timeout : (timing.timeout as Duration);
  return { test: testOf(probe, image, ownTimeout(timeout)), ...timing } as Healthcheck;
}

function testOf(probe: Exclude<AnyProbe, { type: "none" | "fromImage" }>, image: string | undefined, limit: number): string[] {
  switch (probe.type) {
    case "command":
      return ["CMD", ...probe.command];
    case "shell":
      return ["CMD-SHELL", probe.script];
    case "http":
    case "tcp": {
      const tool = probe.via ?? (image === undefined ? undefined : toolsOf(image)?.[0]);
      const commands = probe.type === "http" ? httpCommands(probe, limit) : tcpCommands(probe, limit);
      return tool !== undefined && commands[tool] !== undefined ? ["CMD", ...commands[tool]] : ["CMD-SHELL", firstAvailable(commands)];
    }
  }
}

type Commands = Partial<Record<Tool, readonly string[]>>;

function httpCommands({ port, path }: HttpProbe, limit: number): Commands {
  const url = `http://127.0.0.1:${port}${path}`;
  return {
    curl: ["curl", "-fsS", "--noproxy", "*", "--max-time", String(limit), "-o", "/dev/null", url],
    wget: ["wget", "-q", "-Y", "off", "-T", String(wholeSeconds(limit)), "-O", "/dev/null", url],
    node: ["node", "-e", nodeHttp(url, limit)],
    python3: ["python3", "-c", pythonHttp(url, limit)],
  };
}

function tcpCommands({ port }: TcpProbe, limit: number): Commands {
  return {
    node: ["node", "-e", nodeTcp(port, limit)],
    python3: ["python3", "-c", `import socket; socket.create_connection(("127.0.0.1", ${port}), ${limit}).close()`],
    bash: ["bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${port}`],
    wget: ["sh", "-c", `nc -w ${wholeSeconds(limit)} 127.0.0.1 ${port} </dev/null`],
  };
}

// No global fetch: it appeared in Node 18, takes longer to load and hides the reason of a failure in `cause`.
function nodeHttp(url: string, limit: number): string {
  return [
    `const fail=m=>{console.log(m);process.exit(1)};`,
    `require("http").get(${JSON.stringify(url)},{agent:false},r=>{`,
    `if(r.statusCode<400){console.log("HTTP "+r.statusCode);process.exit(0)}`,
    `let b="";r.on("data",d=>{b=(b+d).slice(0,300)});r.on("end",()=>fail("HTTP "+r.statusCode+" "+r.statusMessage+" "+b))`,
    `}).on("error",e=>fail(e.message||e.code));`,
    `setTimeout(()=>fail("no answer within ${limit} s"),${limit * 1000})`,
  ].join("");
}

function nodeTcp(port: number, limit: number): string {
  return [
    `const fail=m=>{console.log(m);process.exit(1)};`,
    `require("net").connect(${port},"127.0.0.1",()=>process.exit(0)).on("error",e=>fail(e.message||e.code));`,
    `setTimeout(()=>fail("no connection within ${limit} s"),${limit * 1000})`,
  ].join("");
}

function pythonHttp(url: string, limit: number): string {
  return `import urllib.request as u; u.build_opener(u.ProxyHandler({})).open(${JSON.stringify(url)}, timeout=${limit}).read(1)`;
}

/** A script that does the probe with the first tool that it finds. */
function firstAvailable(commands: Commands): string {
  const tools = Object.entries(commands);
  const branches = tools.map(([tool, command]) => `command -v ${tool} >/dev/null 2>&1; then exec ${command.map(quote).join(" ")}`);
  const names = tools.map(([tool]) => tool).join(", ");
  return `if ${branches.join("; elif ")}; else echo "none of ${names} is in this image"; exit 1; fi`;
}

function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

// Below Docker's limit, so that the probe itself can say that it was too slow.
function ownTimeout(timeout: Duration): number {
  const limit = seconds(timeout);
  return Math.round((limit > 2 ? limit - 1 : limit * 0.8) * 1000) / 1000;
}

// Busybox takes whole seconds only, from 1.
function wholeSeconds(limit: number): number {
  return Math.max(1, Math.floor(limit));
}

function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}
