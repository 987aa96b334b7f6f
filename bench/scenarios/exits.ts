import { service, volume } from "../../src/index.ts";
import { box, checked, FAST, job, PATIENT, READY, readyAfter, type Scenario, STAY } from "./scenario.ts";

const slow = readyAfter(4);
const sibling = () => checked("sibling", slow.script, slow.check, PATIENT);
const exited = (cause: string, culprit = "web", victims: readonly string[] = []) =>
  ({ verdict: "failed", exitCode: 4, culprit, cause, victims }) as const;

/** Services and tasks that end. */
export const EXITS: readonly Scenario[] = [
  {
    name: "dies-at-2s-without-check",
    services: () => [box("web", "sleep 2; echo giving up; exit 3"), sibling()],
    expect: exited("exited"),
  },
  { name: "ended", services: () => [box("web", "echo all done"), sibling()], expect: exited("ended") },
  {
    name: "one-of-three-replicas-bad",
    services: () => {
      const shared = volume("shared");
      return [box("web", `mkdir /shared/lock && exit 7; ${STAY}`, { deploy: { replicas: 3 }, volumes: [shared.at("/shared")] })];
    },
    expect: exited("exited"),
  },
  { name: "crash-loop", services: () => [box("web", "echo no luck; exit 3", { restart: "on-failure" })], expect: exited("crash-loop") },
  { name: "crash-loop-always", services: () => [box("web", "echo done", { restart: "always" })], expect: exited("crash-loop") },
  {
    name: "crash-loop-with-check",
    services: () => [checked("web", "sleep 0.2; exit 3", "true", FAST, { restart: "always" })],
    timeout: 6,
    expect: exited("crash-loop"),
  },
  {
    name: "crash-loop-healthy-in-between",
    services: () => [
      checked("web", "sleep 1.5; exit 3", "true", FAST, { restart: "always" }),
      checked("slow", "sleep 4; touch /ready; sleep 1000", "test -e /ready", FAST),
    ],
    timeout: 12,
    expect: exited("crash-loop"),
  },
  { name: "task-nobody-waits-for", services: () => [job("migrate", "echo migrated"), box("app", STAY)], expect: READY },
  {
    name: "task-exits-3",
    services: () => {
      const migrate = job("migrate", "echo relation exists already >&2; exit 3");
      return [box("app", STAY, { dependsOn: [migrate.completed()] })];
    },
    expect: exited("exited", "migrate", ["app"]),
  },
  {
    name: "task-retries-and-succeeds",
    services: () => {
      const migrate = job("migrate", "echo x >> /n; [ $(wc -l < /n) -gt 2 ]", { restart: "on-failure:5" });
      return [box("app", STAY, { dependsOn: [migrate.completed()] })];
    },
    expect: READY,
  },
  {
    name: "task-uses-up-its-restarts",
    services: () => {
      const migrate = job("migrate", "echo no; exit 5", { restart: "on-failure:2" });
      return [box("app", STAY, { dependsOn: [migrate.completed()] })];
    },
    expect: exited("exited", "migrate", ["app"]),
  },
  {
    name: "task-restarts-for-ever",
    services: () => {
      const migrate = job("migrate", "echo no; exit 5", { restart: "on-failure" });
      return [box("app", STAY, { dependsOn: [migrate.completed()] })];
    },
    timeout: 4,
    expect: exited("exited", "migrate", ["app"]),
  },
  {
    name: "out-of-memory",
    services: () => [box("web", "sleep 0.2; tail /dev/zero & wait $!; exit $?")],
    patch: {
      services: { web: { mem_limit: "16m", memswap_limit: "16m", init: false, command: ["sh", "-c", "sleep 0.2; exec tail /dev/zero"] } },
    },
    expect: exited("out-of-memory"),
  },
  { name: "segfault", services: () => [box("web", "kill -SEGV $$")], expect: exited("segfault") },
  { name: "aborted", services: () => [box("web", "kill -ABRT $$")], expect: exited("aborted") },
  { name: "exit-127", services: () => [box("web", "nosuchprogram --serve")], expect: exited("command-not-found") },
  { name: "exit-126", services: () => [box("web", "/etc/passwd")], expect: exited("not-executable") },
  { name: "name-not-found", services: () => [box("web", "wget -q http://database/ || exit 1")], expect: exited("name-not-found") },
  {
    name: "dependency-refused",
    services: () => {
      const db = box("db", STAY);
      return [
        service("web", {
          image: "node:22-slim",
          command: ["node", "-e", 'require("net").connect(5432,"db")'],
          dependsOn: [db.started()],
        }),
      ];
    },
    expect: exited("dependency-refused"),
  },
  {
    name: "read-only-file-system",
    services: () => [box("web", "echo x > /state || exit 1")],
    patch: { services: { web: { read_only: true } } },
    expect: exited("read-only-file-system"),
  },
  {
    name: "no-space",
    services: () => [box("web", "dd if=/dev/zero of=/data/x bs=1k count=500")],
    patch: { services: { web: { tmpfs: ["/data:size=64k"] } } },
    expect: exited("no-space"),
  },
  {
    name: "permission-denied",
    services: () => [box("web", "echo x > /etc/state || exit 1", { user: "1000" })],
    expect: exited("permission-denied"),
  },
  {
    name: "file-missing",
    services: () => [service("web", { image: "node:22-slim", command: ["node", "/app/server.js"] })],
    expect: exited("file-missing"),
  },
  {
    name: "address-in-use",
    services: () => [
      service("web", {
        image: "node:22-slim",
        command: ["node", "-e", 'const h=require("http");h.createServer().listen(80,()=>h.createServer().listen(80))'],
      }),
    ],
    expect: exited("address-in-use"),
  },
];
