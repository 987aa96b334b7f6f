import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, lutimesSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { join } from "node:path";
import { probe } from "stackwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import type { Tool } from "../../src/probe/catalogue/tool.ts";
import { renderProbe } from "../../src/probe/render.ts";
import { temporaryFolder } from "../temporary-folder.ts";

// The rendered commands run for real, on this machine, against servers of the test.

const isThere = (tool: string): boolean => spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0;
const HTTP_TOOLS = (["curl", "wget", "bash", "perl", "python3", "node"] as const).filter(isThere);
const TCP_TOOLS = (["bash", "perl", "python3", "node"] as const).filter(isThere);

/** Runs the command of a probe as Docker would; everything that it says, and its exit code. */
async function look(probed: AnyProbe, env: Record<string, string> = {}): Promise<{ healthy: boolean; output: string; seconds: number }> {
  const { healthcheck, problem } = renderProbe(probed, undefined);
  if (problem !== undefined) throw new Error(problem.message);
  const [form, ...rest] = (healthcheck?.test ?? []) as string[];
  const words = form === "CMD" ? rest : ["sh", "-c", rest[0] ?? ""];
  const begin = performance.now();
  const child = spawn(words[0] ?? "", words.slice(1), { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], cwd: "/" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { healthy: code === 0, output, seconds: (performance.now() - begin) / 1000 };
}

/** What other processes can read of those that run. */
function commandLines(): readonly string[] {
  return readdirSync("/proc").flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) ? [readFileSync(`/proc/${pid}/cmdline`, "utf8")] : [];
    } catch {
      return []; // It has ended.
    }
  });
}

// What some shell, configuration file or format takes for its own.
const USER = 'u"\\';
const PASSWORD = `p w$d'"\\n\\"*%s{}\`#`;
const NAME = `a b$HOME"\\}\`'*`;
const LOGIN = `${USER}:${PASSWORD}`;

const answer: RequestListener = (request, response) => {
  const url = request.url ?? "/";
  if (url === "/hang") return;
  if (url === "/trickle") {
    const drop = setInterval(() => response.write("."), 100);
    response.on("close", () => clearInterval(drop));
    return;
  }
  if (url === "/slow-body") {
    response.write("begin");
    return;
  }
  const status = Number(/^\/(\d{3})/.exec(url)?.[1] ?? 200);
  if (url === "/method") response.end(request.method === "POST" ? "posted" : request.method);
  else if (url.startsWith("/path")) response.writeHead(url === "/path/../[1-2]{a,b}" ? 200 : 404).end();
  else if (url === "/text-in-header") response.writeHead(200, { "x-state": "it's up" }).end("down");
  else if (url === "/in-pieces") {
    response.write("it");
    setTimeout(() => response.end("'s up"), 50);
  } else if (url === "/header") response.writeHead(request.headers["x-test"] === "it's $HOME" ? 200 : 400).end();
  else if (url === "/bearer")
    response
      .writeHead(request.headers.authorization === `Bearer ${PASSWORD}` && request.headers["x-key"] === PASSWORD ? 200 : 401)
      .end("in");
  else if (url === "/login")
    response.writeHead(request.headers.authorization === `Basic ${Buffer.from(LOGIN).toString("base64")}` ? 200 : 401).end();
  else if (status === 302) response.writeHead(302, { location: "http://192.0.2.1/" }).end();
  else response.writeHead(status).end(`{"state": "it's up"}`);
};

const servers: (Server | TcpServer)[] = [];

async function listen<S extends Server | TcpServer>(server: S, host = "127.0.0.1"): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return (server.address() as AddressInfo).port;
}

let port: number;
beforeAll(async () => {
  port = await listen(createServer(answer));
});
afterAll(() => {
  for (const server of servers) {
    server.close();
    if ("closeAllConnections" in server) server.closeAllConnections();
  }
});

describe.concurrent.each(HTTP_TOOLS)("an HTTP request with %s", (via: Tool) => {
  const http = (path: `/${string}`, more: object = {}): AnyProbe => probe.http({ port, path, via, timeout: "2s", ...more });

  it.each([200, 204])("is healthy on %i", async (status) => {
    expect(await look(http(`/${status}`))).toMatchObject({ healthy: true });
  });

  it.each([400, 401, 404, 500, 503])("is red on %i", async (status) => {
    expect(await look(http(`/${status}`))).toMatchObject({ healthy: false });
  });

  it.skipIf(via === "wget")("does not follow a redirect", async () => {
    expect(await look(http("/302"))).toMatchObject({ healthy: true });
  });

  // Nobody stops it but itself.
  it("is red in its own time when nothing is answered", async () => {
    expect(await look(http("/hang"))).toMatchObject({ healthy: false });
  });

  // These two know no limit for the whole of their work: `timeout` ends them, or cat.
  it.skipIf((via === "wget" || via === "bash") && (!isThere("timeout") || isThere("busybox")))(
    "is red in its own time when the answer trickles in",
    async () => {
      expect(await look(http("/trickle", { contains: "it's up" }))).toMatchObject({ healthy: false });
    },
  );

  it("is red where nothing listens", async () => {
    expect(await look(probe.http({ port: 1, via }))).toMatchObject({ healthy: false });
  });

  it("goes past proxies", async () => {
    const proxy = "http://127.0.0.1:9";
    const env = { http_proxy: proxy, HTTP_PROXY: proxy, https_proxy: proxy, ALL_PROXY: proxy, all_proxy: proxy, no_proxy: "" };
    expect(await look(http("/200"), env)).toMatchObject({ healthy: true });
  });

  it("judges by a set of statuses", async () => {
    expect(await look(http("/404", { status: [204, "4xx"] }))).toMatchObject({ healthy: true });
    expect(await look(http("/200", { status: [204, "4xx"] }))).toMatchObject({ healthy: false });
    expect(await look(probe.http({ port: 1, via, status: 200 }))).toMatchObject({ healthy: false });
  });

  it("reads the body", async () => {
    expect(await look(http("/", { contains: `"it's up"` }))).toMatchObject({ healthy: true });
    expect(await look(http("/", { contains: "it's down" }))).toMatchObject({ healthy: false });
    expect(await look(http("/500", { contains: "it's up" }))).toMatchObject({ healthy: false });
  });

  it("looks for the text in the body only, whole", async () => {
    expect(await look(http("/text-in-header", { contains: "it's up" }))).toMatchObject({ healthy: false });
    expect(await look(http("/in-pieces", { contains: "it's up" }))).toMatchObject({ healthy: true });
  });

  it("asks for the path as it is written", async () => {
    expect(await look(http("/path/../[1-2]{a,b}"))).toMatchObject({ healthy: true });
  });

  it("sends headers as they are written", async () => {
    expect(await look(http("/header", { headers: { "X-Test": "it's $HOME" } }))).toMatchObject({ healthy: true });
  });

  it.skipIf(via === "wget")("sends another method", async () => {
    expect(await look(http("/method", { method: "POST", contains: "posted" }))).toMatchObject({ healthy: true });
    expect(await look(http("/", { method: "HEAD" }))).toMatchObject({ healthy: true });
  });

  it.skipIf(via === "bash" || via === "perl")("logs in by a password of the environment", async () => {
    const login = { user: USER, password: { variable: "SECRET" } };
    expect(await look(http("/login", { login }), { SECRET: PASSWORD })).toMatchObject({ healthy: true });
    expect(await look(http("/login", { login }), { SECRET: "wrong" })).toMatchObject({ healthy: false });
  });

  it("reads a header from a variable and a file, as they are", async () => {
    const file = join(temporaryFolder(), "it's a $file");
    writeFileSync(file, `${PASSWORD}\n`);
    const headers = { "X-Test": "1", Authorization: { prefix: "Bearer ", variable: "TOKEN" }, "X-Key": { file } };
    expect(await look(http("/bearer", { headers }), { TOKEN: PASSWORD })).toMatchObject({ healthy: true });
    expect(await look(http("/bearer", { headers, contains: "in" }), { TOKEN: PASSWORD })).toMatchObject({ healthy: true });
    expect(await look(http("/bearer", { headers, status: 401 }), { TOKEN: "wrong" })).toMatchObject({ healthy: true });
    expect(await look(http("/bearer", { headers }), { TOKEN: "wrong" })).toMatchObject({ healthy: false });
    expect(await look(http("/bearer", { headers }))).toMatchObject({ healthy: false });
  });

  it.skipIf(via === "wget")("keeps such a header off every command line", async () => {
    const headers = { Authorization: { prefix: "Bearer ", variable: "TOKEN" } };
    const shown = new Set<string>();
    const watched = await listen(
      createServer((request, response) => {
        for (const line of commandLines()) shown.add(line);
        response.writeHead(request.headers.authorization === "Bearer hunter2hunter2" ? 200 : 401).end();
      }),
    );
    expect(await look(probe.http({ port: watched, via, headers }), { TOKEN: "hunter2hunter2" })).toMatchObject({ healthy: true });
    expect([...shown].some((line) => line.includes(via))).toBe(true);
    expect([...shown].filter((line) => line.includes("hunter2hunter2"))).toEqual([]);
  });

  it("knows IPv4 from IPv6", async () => {
    const sixth = await listen(createServer(answer), "::1");
    expect(await look(probe.http({ port: sixth, via }))).toMatchObject({ healthy: false });
    expect(await look(probe.http({ port: sixth, via, host: "::1" }))).toMatchObject({ healthy: true });
  });
});

describe.concurrent.each(TCP_TOOLS)("a connection with %s", (via) => {
  it("is healthy where something listens, red elsewhere", async () => {
    expect(await look(probe.tcp({ port, via }))).toMatchObject({ healthy: true });
    expect(await look(probe.tcp({ port: 1, via }))).toMatchObject({ healthy: false });
  });
});

describe.concurrent("a conversation", () => {
  const greeter = (greeting: string): TcpServer => createTcpServer((socket) => socket.on("error", () => {}).end(greeting, "latin1"));
  const replier = (asked: string, reply: string): TcpServer =>
    createTcpServer((socket) => {
      let received = "";
      socket.on("error", () => {});
      socket.on("data", (data) => {
        received += data.toString("latin1");
        if (received === asked) socket.write(reply, "latin1");
        else if (!asked.startsWith(received)) socket.end();
      });
    });
  const silent = (): TcpServer => createTcpServer((socket) => socket.on("error", () => {}));

  it.each<[string, (options: { port: number; timeout: "2s" }) => AnyProbe, TcpServer, TcpServer]>([
    ["NATS", probe.nats, greeter("INFO {}\r\n"), greeter("-ERR\r\n")],
    ["memcached", probe.memcached, replier("version\r\n", "VERSION 1.6\r\n"), replier("version\r\n", "ERROR 12345\r\n")],
    ["ZooKeeper", probe.zookeeper, replier("srvr\n", "Zookeeper version: 3.9"), replier("srvr\n", "This ZooKeeper instance is not")],
    ["Kafka", probe.kafka, replier("\0\0\0\n\0\x12\0\0\0\0\0\x01\xff\xff", "\0\0\0\x06"), silent()],
    ["Cassandra", probe.cassandra, replier("\x04\0\0\0\x05\0\0\0\0", "\x84\0\0\0\x06"), replier("\x04\0\0\0\x05\0\0\0\0", "\x04\0\0\0\0")],
    ["PHP-FPM", probe.phpFpm, replier("\x01\t\0\0\0\0\0\0", "\x01\x0a\0\0"), silent()],
  ])("with %s proves an answer", async (_, make, right, wrong) => {
    expect(await look(make({ port: await listen(right), timeout: "2s" }))).toMatchObject({ healthy: true });
    expect(await look(make({ port: await listen(wrong), timeout: "2s" }))).toMatchObject({ healthy: false });
  });
});

describe("gRPC", () => {
  const health = (status: number, code = "0"): TcpServer => {
    const server = createHttp2Server();
    server.on("stream", (stream, headers) => {
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () =>
        stream.sendTrailers({ "grpc-status": headers[":path"] === "/grpc.health.v1.Health/Check" ? code : "12" }),
      );
      stream.end(code === "0" ? Buffer.from([0, 0, 0, 0, 2, 8, status]) : undefined);
    });
    return server as unknown as TcpServer;
  };

  it("is healthy when the server says SERVING, and only then", async () => {
    const grpc = async (server: TcpServer) => look(probe.grpc({ port: await listen(server), via: "node", timeout: "2s" }));
    expect(await grpc(health(1))).toMatchObject({ healthy: true });
    expect(await grpc(health(2))).toMatchObject({ healthy: false });
    expect(await grpc(health(0, "5"))).toMatchObject({ healthy: false });
  });
});

describe("a process", () => {
  it("is found by its name, and the probe never finds itself", async () => {
    const child = spawn("sleep", ["30"]);
    expect(await look(probe.process("sleep"))).toMatchObject({ healthy: true });
    child.kill();
    expect(await look(probe.process("no-such-process"))).toMatchObject({ healthy: false });
  });

  // A name of its own, so that no other shell of this machine is found.
  it("is not the probe's own shell, a subshell of it, nor what waits around it", async () => {
    const shell = join(temporaryFolder(), "sw-own-shell");
    copyFileSync("/bin/sh", shell);
    const { healthcheck } = renderProbe(probe.any([probe.process("sw-own-shell"), probe.shell("exit 1")]), undefined);
    const [, script = ""] = (healthcheck?.test ?? []) as string[];
    const around = ["-c", 'said=$("$@" 2>&1); code=$?; printf %s "$said"; exit $code', "sh", shell, "-c"];
    expect(spawnSync(shell, [...around, script], { encoding: "utf8" })).toMatchObject({
      status: 1,
      stdout: "no process is called sw-own-shell",
    });
    const other = spawn(shell, ["-c", "read line"], { stdio: ["pipe", "ignore", "ignore"] });
    await new Promise((resolve) => other.on("spawn", resolve));
    expect(spawnSync(shell, [...around, script]).status).toBe(0);
    other.stdin?.end();
  });
});

describe("a file", () => {
  it("is there, and not too old", async () => {
    expect(await look(probe.file("/proc/self"))).toMatchObject({ healthy: true });
    expect(await look(probe.file("/no/it's $HOME"))).toMatchObject({ healthy: false, output: "there is no /no/it's $HOME\n" });
    expect(await look(probe.file("/no/such/file", { maxAge: "1m" }))).toMatchObject({ healthy: false });
    expect(await look(probe.file("/bin", { maxAge: "1s" }))).toMatchObject({ healthy: false });
    expect(await look(probe.file("/bin", { maxAge: "1000000h" }))).toMatchObject({ healthy: true });
  });

  it("looks at the age of what a link leads to, not of the link", async () => {
    const folder = temporaryFolder();
    const age = (path: string, date: Date) => lutimesSync(path, date, date);
    const [before, now] = [new Date(0), new Date()];
    const [target, link] = [join(folder, "beat"), join(folder, "alive")];
    writeFileSync(target, "");
    symlinkSync("beat", link);
    age(link, before);
    expect(await look(probe.file(link, { maxAge: "1m" }))).toMatchObject({ healthy: true });
    age(link, now);
    age(target, before);
    expect(await look(probe.file(link, { maxAge: "1m" }))).toMatchObject({ healthy: false });
  });
});

describe("several probes", () => {
  const red = probe.shell("exit 1");
  const green = probe.shell("exit 0");
  it.each([
    ["all", [green, green], true],
    ["all", [green, red], false],
    ["any", [red, green], true],
    ["any", [red, red], false],
  ] as const)("%s of them", async (kind, probes, healthy) => {
    expect(await look(probe[kind](probes))).toMatchObject({ healthy });
  });
});

describe("several probes, one of them a script that ends in", () => {
  it.each([
    ["a comment", "exit 0 # done"],
    ["a here-document", "cat <<END\nup\nEND"],
  ])("%s", async (_, script) => {
    expect(await look(probe.all([probe.shell(script), probe.shell("exit 0 # too")]))).toMatchObject({
      healthy: true,
      output: /cat/.test(script) ? "up\n" : "",
    });
  });
});

describe("Consul", () => {
  it.each(["bash", "perl"])("is red with %s until it knows a leader", async (via) => {
    const knows = async (leader: string) => {
      const port = await listen(createServer((_, response) => response.end(JSON.stringify(leader))));
      return look(probe.http({ port, path: "/v1/status/leader", contains: ":", via: via as Tool }));
    };
    expect(await knows("")).toMatchObject({ healthy: false });
    expect(await knows("10.1.10.12:8300")).toMatchObject({ healthy: true });
  });
});

describe("Temporal", () => {
  const look = (client: string) => {
    const [, script] = (renderProbe(probe.temporal(), undefined).healthcheck?.test ?? []) as string[];
    const bin = temporaryFolder();
    writeFileSync(join(bin, "temporal"), `#!/bin/sh\n${client}\n`, { mode: 0o755 });
    return spawnSync("sh", ["-c", script ?? ""], { encoding: "utf8", env: { ...process.env, PATH: `${bin}:${process.env["PATH"]}` } });
  };
  it.skipIf(isThere("busybox"))("is stopped when its client hangs", () => {
    expect(look("sleep 60").status).toBe(124);
  });

  it("is healthy when its client says SERVING and succeeds, and only then", () => {
    expect(look("echo SERVING").status).toBe(0);
    expect(look("echo temporal.api.workflowservice.v1.WorkflowService: SERVING").status).toBe(0);
    expect(look("echo NOT_SERVING").status).toBe(1);
    expect(look("echo SERVING; exit 1").status).toBe(1);
    expect(look("echo 'cluster is not SERVING yet' >&2; exit 1").status).toBe(1);
  });
});

it("a user's name stands for the database's as it is", () => {
  const [, script = ""] = (renderProbe(probe.postgres({ user: NAME }), "postgres:17").healthcheck?.test ?? []) as string[];
  const { stdout } = spawnSync("sh", ["-c", `pg_isready() { printf '[%s]' "$@"; }; ${script.replace("exec ", "")}`], { encoding: "utf8" });
  expect(stdout).toContain(`[-U][${NAME}][-d][${NAME}]`);
});
