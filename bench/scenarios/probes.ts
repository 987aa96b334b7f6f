import { probe, service } from "../../src/index.ts";
import { checked, FAST, listening, type Scenario, STAY, server } from "./scenario.ts";

const unhealthy = (cause: string) => ({ verdict: "failed", exitCode: 3, culprit: "web", cause, victims: [] }) as const;

/** Health checks that fail, and why. */
export const PROBES: readonly Scenario[] = [
  {
    name: "probe-missing",
    services: () => [
      service("web", {
        image: "busybox:1.37",
        init: true,
        command: ["sleep", "1000"],
        healthcheck: probe.command(["curl", "-f", "http://127.0.0.1/"], FAST),
      }),
    ],
    expect: unhealthy("probe-missing"),
  },
  { name: "probe-missing-in-shell", services: () => [checked("web", STAY, "pg_isready -d shop")], expect: unhealthy("probe-missing") },
  {
    name: "probe-timeout",
    services: () => [checked("web", STAY, "sleep 60", { ...FAST, timeout: "500ms", retries: 2 })],
    expect: unhealthy("probe-timeout"),
  },
  {
    name: "probe-huge-output",
    services: () => [checked("web", STAY, "yes something is wrong | head -c 300000; exit 1")],
    expect: unhealthy("unhealthy"),
  },
  {
    name: "probe-binary-output",
    services: () => [checked("web", STAY, "printf '\\033[2J\\033]0;owned\\007\\377\\376\\000 bad'; exit 1")],
    expect: unhealthy("unhealthy"),
  },
  { name: "wrong-port", services: () => [server("web", listening(3000, "r.end()"), 8080)], expect: unhealthy("wrong-port") },
  {
    name: "wrong-address",
    services: () => [
      server(
        "web",
        `const a=require("os").networkInterfaces().eth0[0].address;require("http").createServer().listen(8080,a,()=>console.log("listening on "+a+":8080"))`,
        8080,
      ),
    ],
    expect: unhealthy("wrong-address"),
  },
  {
    name: "connection-refused",
    services: () => [
      service("web", {
        image: "node:22-slim",
        command: ["node", "-e", "setInterval(()=>0,1000)"],
        healthcheck: probe.http({ port: 8080, via: "node", interval: "300ms", startPeriod: "0s", retries: 70, timeout: "2s" }),
      }),
    ],
    composeTimeout: 90,
    expect: unhealthy("connection-refused"),
  },
  {
    name: "http-status-500",
    services: () => [server("web", listening(80, 'r.statusCode=500;r.end("no database")'), 80)],
    expect: unhealthy("http-status"),
  },
  {
    name: "http-status-404",
    services: () => [server("web", listening(80, "r.statusCode=q.url==='/'?200:404;r.end()"), 80, "/health")],
    expect: unhealthy("http-status"),
  },
  {
    name: "authentication-refused",
    services: () => [server("web", listening(80, "r.statusCode=401;r.end()"), 80)],
    expect: unhealthy("authentication-refused"),
  },
];
