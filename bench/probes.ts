// What a probe costs and how late it sees that a server is ready, beside the check that people write by hand.
// Prints the table of docs/probes.md. Run: npx jiti bench/probes.ts [NAME...]   (needs the images of test/e2e/probes.test.ts)
// npx jiti bench/probes.ts many=100 prints the table of containers that start together.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Duration, seconds } from "../src/model/duration.ts";
import type { Timing } from "../src/model/schema/healthcheck.ts";
import { type AnyProbe, probe } from "../src/probe/catalog.ts";
import { renderProbe } from "../src/probe/render.ts";
import { engine, type Inspection } from "./engine-api.ts";

interface Case {
  readonly name: string;
  readonly image: string;
  /** The image whose place the stand-in takes. */
  readonly as: string;
  readonly port: number;
  /**
   * A page that is answered with 200 once requests are served, where connections are accepted before that: etcd takes them
   * while it still elects itself, up to a second. Default: ready is who accepts a connection.
   */
  readonly readyPage?: string;
  readonly probe: AnyProbe;
  /** The check as it stands in most projects, every 5 s. */
  readonly usual: string;
  readonly run: readonly string[];
  readonly env?: readonly string[];
}

interface Check extends Timing {
  readonly test: readonly string[];
}

const RUNS = 10;
const USUAL: Timing = { interval: "5s", timeout: "5s", retries: 5 };
const PYTHON = "import http.server as h\nh.ThreadingHTTPServer(('',8000),h.SimpleHTTPRequestHandler).serve_forever()";
const NODE = "require('http').createServer((q,r)=>r.end('ok')).listen(8000)";

const CASES: readonly Case[] = [
  {
    name: "postgres",
    image: "probes-postgres",
    as: "postgres:17",
    port: 5432,
    probe: probe.postgres(),
    usual: "pg_isready -U postgres",
    run: ["docker-entrypoint.sh", "postgres"],
    env: ["POSTGRES_PASSWORD=p"],
  },
  {
    name: "postgres, query",
    image: "probes-postgres",
    as: "postgres:17",
    port: 5432,
    probe: probe.postgres({ query: true }),
    usual: "psql -U postgres -c 'SELECT 1'",
    run: ["docker-entrypoint.sh", "postgres"],
    env: ["POSTGRES_PASSWORD=p"],
  },
  {
    name: "postgres, password",
    image: "probes-postgres",
    as: "postgres:17",
    port: 5432,
    probe: probe.postgres({ password: { variable: "POSTGRES_PASSWORD" } }),
    usual: "psql -U postgres -c 'SELECT 1'",
    run: ["docker-entrypoint.sh", "postgres"],
    env: ["POSTGRES_PASSWORD=p"],
  },
  {
    name: "mariadb, query",
    image: "probes-mariadb",
    as: "mariadb:11",
    port: 3306,
    probe: probe.mariadb({ via: "mariadb" }),
    usual: "mariadb-admin ping",
    run: ["docker-entrypoint.sh", "mariadbd"],
    env: ["MARIADB_ROOT_PASSWORD=p"],
  },
  {
    name: "redis",
    image: "probes-redis",
    as: "redis:7",
    port: 6379,
    probe: probe.redis(),
    usual: "redis-cli ping",
    run: ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no", "--save", ""],
  },
  {
    name: "nginx (curl)",
    image: "probes-nginx",
    as: "nginx:1.29",
    port: 80,
    probe: probe.nginx(),
    usual: "curl -f http://localhost/",
    run: ["nginx", "-g", "daemon off;"],
  },
  {
    name: "httpd (bash)",
    image: "probes-httpd",
    as: "httpd:2.4",
    port: 80,
    probe: probe.httpd(),
    usual: "curl -f http://localhost/",
    run: ["httpd-foreground"],
  },
  {
    name: "memcached (bash)",
    image: "probes-memcached",
    as: "memcached:1.6",
    port: 11211,
    probe: probe.memcached(),
    usual: "bash -c '</dev/tcp/127.0.0.1/11211'",
    run: ["memcached", "-u", "memcache"],
  },
  {
    name: "rabbitmq (bash)",
    image: "probes-rabbitmq",
    as: "rabbitmq:4",
    port: 5672,
    probe: probe.rabbitmq(),
    usual: "rabbitmq-diagnostics -q ping",
    run: ["rabbitmq-server"],
  },
  {
    name: "nats (bash)",
    image: "probes-nats",
    as: "debian:12-slim",
    port: 4222,
    probe: probe.nats(),
    usual: "bash -c '</dev/tcp/127.0.0.1/4222'",
    run: ["nats-server", "--addr", "0.0.0.0"],
  },
  {
    name: "etcd",
    image: "probes-etcd",
    as: "quay.io/coreos/etcd:v3.6",
    port: 2379,
    readyPage: "/health",
    probe: probe.etcd(),
    usual: "etcdctl endpoint health",
    run: [
      "etcd",
      "--data-dir",
      "/tmp/etcd",
      "--listen-client-urls",
      "http://0.0.0.0:2379",
      "--advertise-client-urls",
      "http://127.0.0.1:2379",
    ],
  },
  {
    name: "valkey",
    image: "probes-valkey",
    as: "valkey/valkey:8",
    port: 6379,
    probe: probe.valkey(),
    usual: "valkey-cli ping",
    run: ["valkey-server", "--protected-mode", "no", "--save", ""],
  },
  {
    name: "mysql",
    image: "probes-mysql",
    as: "mysql:9",
    port: 3306,
    probe: probe.mysql(),
    usual: "mysqladmin ping -h localhost",
    run: ["docker-entrypoint.sh", "mysqld", "--bind-address=0.0.0.0"],
    env: ["MYSQL_ROOT_PASSWORD=p"],
  },
  {
    name: "caddy (wget)",
    image: "probes-caddy",
    as: "caddy:2",
    port: 80,
    probe: probe.caddy({ port: 80 }),
    usual: "wget -q --spider http://localhost:2019/config/",
    run: ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"],
  },
  {
    name: "phpFpm (bash)",
    image: "probes-php-fpm",
    as: "php:8-fpm",
    port: 9000,
    probe: probe.phpFpm(),
    usual: "php-fpm -t",
    run: ["php-fpm", "--nodaemonize", "--fpm-config", "/etc/php/php-fpm.conf"],
  },
  {
    name: "clickhouse (wget)",
    image: "probes-clickhouse",
    as: "clickhouse/clickhouse-server:25",
    port: 8123,
    probe: probe.clickhouse(),
    usual: "wget -q --spider http://localhost:8123/ping",
    run: ["clickhouse-server", "--config-file=/etc/clickhouse-server/config.xml", "--", "--listen_host=0.0.0.0"],
  },
  {
    name: "zookeeper (bash)",
    image: "probes-zookeeper",
    as: "zookeeper:3.9",
    port: 2181,
    probe: probe.zookeeper(),
    usual: "bash -c '</dev/tcp/127.0.0.1/2181'",
    run: ["/usr/share/zookeeper/bin/zkServer.sh", "start-foreground"],
  },
  {
    name: "consul (curl)",
    image: "probes-consul",
    as: "hashicorp/consul:1",
    port: 8500,
    readyPage: "/v1/catalog/nodes?consistent",
    probe: probe.consul(),
    usual: "consul members",
    run: ["consul", "agent", "-dev", "-client", "0.0.0.0"],
  },
  {
    name: "grpc (node)",
    image: "probes-grpc",
    as: "node:22-slim",
    port: 50051,
    probe: probe.grpc({ port: 50051, service: "shop.Ready" }),
    usual: `node -e "require('net').connect(50051).on('connect',()=>process.exit(0)).on('error',()=>process.exit(1))"`,
    run: ["node", "server.js"],
  },
  {
    name: "http in python (bash)",
    image: "probes-python",
    as: "python:3.13-slim",
    port: 8000,
    probe: probe.http({ port: 8000 }),
    usual: `python3 -c "import urllib.request as u; u.urlopen('http://localhost:8000/')"`,
    run: ["python3", "-c", PYTHON],
  },
  {
    name: "http in node (bash)",
    image: "node:22-slim",
    as: "node:22-slim",
    port: 8000,
    probe: probe.http({ port: 8000 }),
    usual: `node -e "fetch('http://localhost:8000/').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"`,
    run: ["node", "-e", NODE],
  },
  {
    name: "http via node",
    image: "node:22-slim",
    as: "node:22-slim",
    port: 8000,
    probe: probe.http({ port: 8000, via: "node" }),
    usual: `node -e "fetch('http://localhost:8000/').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"`,
    run: ["node", "-e", NODE],
  },
  {
    name: "http in busybox (wget)",
    image: "busybox:1.37",
    as: "busybox:1.37",
    port: 80,
    probe: probe.http({ port: 80 }),
    usual: "wget -q --spider http://localhost/",
    run: ["sh", "-c", "echo ok >/tmp/index.html; exec httpd -f -p 80 -h /tmp"],
  },
];

const [, together] = /^many=(\d+)$/.exec(process.argv[2] ?? "") ?? [];
await (together === undefined ? rows(process.argv.slice(2)) : manyRows(Number(together)));

async function rows(wanted: readonly string[]): Promise<void> {
  console.log("| probe | CPU a look | lag, median | lag, worst | usual check | CPU a look | lag, median | lag, worst |");
  console.log("|---|---|---|---|---|---|---|---|");
  for (const each of CASES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) console.log(await row(each));
}

/** Containers that start together, each ready 10 s after its start. */
async function manyRows(count: number): Promise<void> {
  const asked = probe.http({ port: 80 });
  const plain = (renderProbe(asked, "busybox:1.37").healthcheck ?? {}) as Check;
  const waiting = (renderProbe(asked, { name: "busybox:1.37", waits: true }).healthcheck ?? {}) as Check;
  console.log(`| ${count} containers | lag, median | lag, worst | CPU of the machine until all were healthy |`);
  console.log("|---|---|---|---|");
  for (const [name, check] of [
    ["started every 500 ms", plain],
    ["started every 2 s", { ...plain, startInterval: "2s" } as Check],
    ["as it is generated: it waits inside", waiting],
  ] as const) {
    const { lags, busy } = await many(count, check);
    console.log(`| ${name} | ${lags[Math.floor(count / 2)]?.toFixed(2)} s | ${lags.at(-1)?.toFixed(2)} s | ${busy.toFixed(0)} s |`);
  }
}

async function many(count: number, check: Check): Promise<{ readonly lags: readonly number[]; readonly busy: number }> {
  const run = ["sh", "-c", "mkdir /www && echo ok >/www/index.html && exec httpd -f -h /www"];
  const server: Case = { name: "many", image: "busybox:1.37", as: "busybox:1.37", port: 80, probe: probe.none(), usual: "", run };
  const ids: string[] = [];
  const before = busySeconds();
  let left = count;
  const startSome = async (): Promise<void> => {
    while (left-- > 0) ids.push(await start(server, check, 10));
  };
  try {
    await Promise.all([1, 2, 3, 4].map(startSome));
    const lags = await Promise.all(ids.map(lagAfterTen));
    return { lags: lags.toSorted((a, b) => a - b), busy: busySeconds() - before };
  } finally {
    for (const id of ids) await remove(id);
  }
}

async function lagAfterTen(id: string): Promise<number> {
  for (;;) {
    const { State } = await engine<{ State: Inspection["State"] & { StartedAt: string } }>("GET", `/containers/${id}/json`);
    const passed = State.Health?.Log?.find(({ ExitCode }) => ExitCode === 0);
    if (passed !== undefined) return (Date.parse(passed.End) - Date.parse(State.StartedAt)) / 1000 - 10;
    await pause(2000);
  }
}

/** Seconds of CPU that the machine has spent on anything. */
function busySeconds(): number {
  const [line = ""] = readFileSync("/proc/stat", "utf8").split("\n");
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/ +/).map(Number);
  return (user + nice + system + irq + softirq) / 100;
}

async function row(each: Case): Promise<string> {
  const ours = (renderProbe(each.probe, { name: each.as, waits: true }).healthcheck ?? {}) as Check;
  const theirs: Check = { test: ["CMD-SHELL", each.usual], ...USUAL };
  const cells: string[] = [each.name];
  for (const [index, check] of [ours, theirs].entries()) {
    if (index === 1) cells.push(`\`${each.usual.replaceAll("|", "\\|")}\``);
    cells.push(await cpuOf(each, check), ...(await lagOf(each, check)));
  }
  return `| ${cells.join(" | ")} |`;
}

/** Milliseconds of CPU that a look takes in the container, without the engine's own; "fails" where it never passes. */
async function cpuOf(each: Case, { test }: Check): Promise<string> {
  const id = await start(each, undefined, 0);
  try {
    await readyAt(id, each);
    await pause(3000);
    const words = test[0] === "CMD" ? test.slice(1) : ["/bin/sh", "-c", ...test.slice(1)];
    const idle = await cpuDuring(id, () => pause(2000));
    let failed = false;
    const begin = performance.now();
    const used = await cpuDuring(id, async () => {
      for (let look = 0; look < RUNS; look++) failed = (await exec(id, words)) !== 0 || failed;
    });
    const background = (idle / 2000) * (performance.now() - begin);
    return failed ? "fails" : `${Math.round((used - background) / RUNS)} ms`;
  } finally {
    await remove(id);
  }
}

/** Seconds from really ready to healthy. */
async function lagOf(each: Case, check: Check): Promise<readonly string[]> {
  const lags: number[] = [];
  // Checks that mostly wait don't get in each other's way.
  const together = check.interval === USUAL.interval ? RUNS / 2 : 1;
  for (let run = 0; run < RUNS; run += together) {
    const batch = Array.from({ length: together }, (_, index) => lagOnce(each, check, (run + index) / RUNS));
    lags.push(...(await Promise.all(batch)));
  }
  lags.sort((a, b) => a - b);
  const median = ((lags[RUNS / 2 - 1] ?? 0) + (lags[RUNS / 2] ?? 0)) / 2;
  return Number.isFinite(median) ? [`${median.toFixed(2)} s`, `${(lags.at(-1) ?? 0).toFixed(2)} s`] : ["never", "never"];
}

// The server starts at another moment between two looks each time.
async function lagOnce(each: Case, check: Check, delay: number): Promise<number> {
  const id = await start(each, check, delay);
  try {
    const ready = await readyAt(id, each);
    for (let tries = 0; tries < 300; tries++) {
      const { State } = await engine<Inspection>("GET", `/containers/${id}/json`);
      const log = State.Health?.Log ?? [];
      const passed = log.find(({ ExitCode }) => ExitCode === 0);
      if (passed !== undefined) return (Date.parse(passed.End) - ready) / 1000;
      if (log.length >= 3 && Date.now() - ready > 16_000) return Number.POSITIVE_INFINITY;
      await pause(100);
    }
    return Number.POSITIVE_INFINITY;
  } finally {
    await remove(id);
  }
}

async function start({ image, run, env = [] }: Case, check: Check | undefined, delay: number): Promise<string> {
  const nanoseconds = (value: unknown): number => (value === undefined ? 0 : seconds(value as Duration) * 1e9);
  const { Id } = await engine<{ Id: string }>("POST", `/containers/create?name=probes-bench-${randomUUID()}`, {
    Image: image,
    Entrypoint: ["sh", "-c", `sleep ${delay}; exec "$@"`, "sh"],
    Cmd: run,
    Env: env,
    Labels: { "stackwright-probes": "bench" },
    Healthcheck:
      check === undefined
        ? { Test: ["NONE"] }
        : {
            Test: check.test,
            Interval: nanoseconds(check.interval),
            Timeout: nanoseconds(check.timeout),
            Retries: check.retries,
            StartPeriod: nanoseconds(check.startPeriod),
            StartInterval: nanoseconds(check.startInterval),
          },
  });
  await engine("POST", `/containers/${Id}/start`);
  return Id;
}

/** The moment at which the server serves somebody from outside. */
async function readyAt(id: string, { port, readyPage }: Case): Promise<number> {
  const { NetworkSettings } = await engine<Inspection>("GET", `/containers/${id}/json`);
  const host = NetworkSettings.IPAddress;
  for (let tries = 0; tries < 6000; tries++) {
    if (await (readyPage === undefined ? accepts(host, port) : isServed(`http://${host}:${port}${readyPage}`))) return Date.now();
    await pause(10);
  }
  throw new Error(`nothing listens on ${port}`);
}

async function isServed(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(100) })).ok;
  } catch {
    return false;
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1000 }, () => resolve(true));
    socket.on("error", () => resolve(false)).on("timeout", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

async function exec(id: string, words: readonly string[]): Promise<number> {
  const { Id } = await engine<{ Id: string }>("POST", `/containers/${id}/exec`, { Cmd: words });
  await engine("POST", `/exec/${Id}/start`, { Detach: true });
  for (;;) {
    const { Running, ExitCode } = await engine<{ Running: boolean; ExitCode: number }>("GET", `/exec/${Id}/json`);
    if (!Running) return ExitCode;
    await pause(20);
  }
}

async function cpuDuring(id: string, action: () => Promise<unknown>): Promise<number> {
  const before = await cpuOfContainer(id);
  await action();
  return (await cpuOfContainer(id)) - before;
}

async function cpuOfContainer(id: string): Promise<number> {
  const stats = await engine<{ cpu_stats: { cpu_usage: { total_usage: number } } }>(
    "GET",
    `/containers/${id}/stats?stream=false&one-shot=true`,
  );
  return stats.cpu_stats.cpu_usage.total_usage / 1e6;
}

async function remove(id: string): Promise<void> {
  await engine("DELETE", `/containers/${id}?force=true&v=true`);
}
