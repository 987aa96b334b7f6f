import {
  type AnyService,
  checkStack,
  config,
  env,
  interpolate,
  model,
  network,
  type ServiceSpec,
  type Stack,
  StackError,
  secret,
  service,
  stack,
  volume,
} from "stackwright";
import { describe, expect, it } from "vitest";
import { serviceSchema } from "../../../src/model/schema/service.ts";
import { isStack } from "../../../src/model/stack.ts";

// `npx tsc` judges each `@ts-expect-error`; running the case shows that the check refuses it too.

const a = (spec: ServiceSpec) => service("a", { image: "x", ...spec });
const llm = model("llm", { model: "ai/smollm2" });
const second = model("second", { model: "ai/qwen", contextSize: 4096, runtimeFlags: ["--x"] });
const data = volume("data");
const net = network("net");
const password = secret("password", { environment: "PASSWORD" });
const credentials = config("credentials", { file: "./spec.json" });

const refused: readonly (readonly [path: string, make: () => AnyService | Stack])[] = [
  [
    "a.capAd",
    // @ts-expect-error misspelt: capAdd
    () => a({ capAd: ["ALL"] }),
  ],
  [
    "a.memoryLimit",
    // @ts-expect-error misspelt: memLimit
    () => a({ memoryLimit: "64m" }),
  ],
  [
    "a.mem_limit",
    // @ts-expect-error snake_case
    () => a({ mem_limit: "64m" }),
  ],
  [
    "a.blkioConfig.wieght",
    // @ts-expect-error misspelt: weight
    () => a({ blkioConfig: { wieght: 10 } }),
  ],
  [
    "a.blkioConfig.deviceReadBps.0.rates",
    // @ts-expect-error misspelt: rate
    () => a({ blkioConfig: { deviceReadBps: [{ path: "/dev/sda", rate: "1m", rates: 1 }] } }),
  ],
  [
    "a.blkioConfig.x-note",
    // @ts-expect-error no extensions here
    () => a({ blkioConfig: { "x-note": 1 } }),
  ],
  [
    "a.blkioConfig.weight",
    // @ts-expect-error Compose does not interpolate here
    () => a({ blkioConfig: { weight: env("W") } }),
  ],
  [
    "a.build.cacheForm",
    // @ts-expect-error misspelt: cacheFrom
    () => a({ build: { context: ".", cacheForm: [] } }),
  ],
  [
    "a.build.ulimits.nofile.sofft",
    // @ts-expect-error misspelt: soft
    () => a({ build: { ulimits: { nofile: { soft: 1, hard: 2, sofft: 3 } } } }),
  ],
  [
    "a.build.noCache",
    // @ts-expect-error neither true nor false
    () => a({ build: { noCache: "yes" } }),
  ],
  [
    "a.build.secrets.0",
    // @ts-expect-error a secret is used by its handle
    () => a({ build: { secrets: ["npm"] } }),
  ],
  [
    "a.cgroup",
    // @ts-expect-error not a control group
    () => a({ cgroup: "public" }),
  ],
  [
    "a.cpus",
    // @ts-expect-error not a number
    () => a({ cpus: "half" }),
  ],
  [
    "a.cpuPercent",
    // @ts-expect-error not a number
    () => a({ cpuPercent: true }),
  ],
  [
    "a.credentialSpec.fil",
    // @ts-expect-error misspelt: file
    () => a({ credentialSpec: { fil: "spec.json" } }),
  ],
  [
    "a.deploy.mode",
    // @ts-expect-error not a mode
    () => a({ deploy: { mode: "replicate" } }),
  ],
  [
    "a.deploy.updateConfig.parallelizm",
    // @ts-expect-error misspelt: parallelism
    () => a({ deploy: { updateConfig: { parallelizm: 1 } } }),
  ],
  [
    "a.deploy.rollbackConfig.failureAction",
    // @ts-expect-error only updates are rolled back
    () => a({ deploy: { rollbackConfig: { failureAction: "rollback" } } }),
  ],
  [
    "a.deploy.updateConfig.order",
    // @ts-expect-error not an order
    () => a({ deploy: { updateConfig: { order: "first" } } }),
  ],
  [
    "a.deploy.resources.limit",
    // @ts-expect-error misspelt: limits
    () => a({ deploy: { resources: { limit: {} } } }),
  ],
  [
    "a.deploy.resources.limits.memori",
    // @ts-expect-error misspelt: memory
    () => a({ deploy: { resources: { limits: { memori: "64m" } } } }),
  ],
  [
    "a.deploy.resources.limits.memory",
    // @ts-expect-error not a number of bytes
    () => a({ deploy: { resources: { limits: { memory: "64 megabytes" } } } }),
  ],
  [
    "a.deploy.resources.reservations.devices.0.capability",
    // @ts-expect-error misspelt: capabilities
    () => a({ deploy: { resources: { reservations: { devices: [{ capabilities: ["gpu"], capability: "gpu" }] } } } }),
  ],
  [
    "a.deploy.resources.reservations.devices.0.capabilities",
    // @ts-expect-error capabilities are required
    () => a({ deploy: { resources: { reservations: { devices: [{ count: 1 }] } } } }),
  ],
  [
    "a.deploy.resources.reservations.genericResources.0.discreteResourceSpec.values",
    // @ts-expect-error misspelt: value
    () => a({ deploy: { resources: { reservations: { genericResources: [{ discreteResourceSpec: { values: 1 } }] } } } }),
  ],
  [
    "a.deploy.restartPolicy.condition",
    // @ts-expect-error not a condition
    () => a({ deploy: { restartPolicy: { condition: "always" } } }),
  ],
  [
    "a.deploy.restartPolicy.window",
    // @ts-expect-error not a duration
    () => a({ deploy: { restartPolicy: { window: 5 } } }),
  ],
  [
    "a.deploy.placement.preferences.0.spred",
    // @ts-expect-error misspelt: spread
    () => a({ deploy: { placement: { preferences: [{ spred: "zone" }] } } }),
  ],
  [
    "a.develop.watch.0.ignored",
    // @ts-expect-error misspelt: ignore
    () => a({ develop: { watch: [{ path: ".", action: "rebuild", ignored: "*" }] } }),
  ],
  [
    "a.develop.watch.0.action",
    // @ts-expect-error not an action
    () => a({ develop: { watch: [{ path: ".", action: "synchronise" }] } }),
  ],
  [
    "a.develop.watch.0.exec.comand",
    // @ts-expect-error misspelt: command
    () => a({ develop: { watch: [{ path: ".", action: "sync", exec: { command: "x", comand: "y" } }] } }),
  ],
  [
    "a.devices.0.permission",
    // @ts-expect-error misspelt: permissions
    () => a({ devices: [{ source: "/dev/a", target: "/dev/b", permission: "r" }] }),
  ],
  [
    "a.devices.0",
    // @ts-expect-error not a device
    () => a({ devices: ["ttyUSB0"] }),
  ],
  [
    "a.gpus",
    // @ts-expect-error only "all"
    () => a({ gpus: "some" }),
  ],
  [
    "a.gpus.0.counts",
    // @ts-expect-error misspelt: count
    () => a({ gpus: [{ counts: 1 }] }),
  ],
  [
    "a.healthcheck.test",
    // @ts-expect-error the first word is CMD, CMD-SHELL or NONE
    () => service("a", { image: "x", healthcheck: { test: ["curl", "localhost"] } }),
  ],
  [
    "a.ipc",
    // @ts-expect-error not a mode of shared memory
    () => a({ ipc: "shared" }),
  ],
  [
    "a.logging.option",
    // @ts-expect-error misspelt: options
    () => a({ logging: { option: {} } }),
  ],
  [
    "a.memLimit",
    // @ts-expect-error not a number of bytes
    () => a({ memLimit: "64 MiBs" }),
  ],
  [
    "a.memswapLimit",
    // @ts-expect-error not a number of bytes
    () => a({ memswapLimit: "unlimited" }),
  ],
  [
    "a.models.0",
    // @ts-expect-error a model is used by its handle
    () => a({ models: ["llm"] }),
  ],
  [
    "a.models.0.endpointVariable",
    // @ts-expect-error misspelt: endpointVar
    () => a({ models: [llm.with({ endpointVariable: "URL" })] }),
  ],
  [
    "m.contextSize",
    // @ts-expect-error not a number
    () => a({ models: [model("m", { model: "ai/x", contextSize: "4k" })] }),
  ],
  [
    "m.model",
    // @ts-expect-error a model is required
    () => a({ models: [model("m", {})] }),
  ],
  [
    "a.oomScoreAdj",
    // @ts-expect-error not a number
    () => a({ oomScoreAdj: "low" }),
  ],
  [
    "a.pid",
    // @ts-expect-error not a mode of process numbers
    () => a({ pid: "hosts" }),
  ],
  [
    "a.postStart.0.command",
    // @ts-expect-error a command is required
    () => a({ postStart: [{ user: "root" }] }),
  ],
  [
    "a.preStart.0.perReplicas",
    // @ts-expect-error misspelt: perReplica
    () => a({ preStart: [{ command: "x", perReplicas: true }] }),
  ],
  [
    "a.preStop.0.environment",
    // @ts-expect-error a map is expected
    () => a({ preStop: [{ command: "x", environment: ["A=1"] }] }),
  ],
  [
    "a.provider.option",
    // @ts-expect-error misspelt: options
    () => service("a", { provider: { type: "aws", option: {} } }),
  ],
  [
    "a.pullPolicy",
    // @ts-expect-error not a pull policy
    () => a({ pullPolicy: "sometimes" }),
  ],
  [
    "a.scale",
    // @ts-expect-error not a number
    () => a({ scale: "2" }),
  ],
  [
    "a.sysctls",
    // @ts-expect-error a map is expected
    () => a({ sysctls: ["net.core.somaxconn=1024"] }),
  ],
  [
    "a.ulimits.nofile.hrad",
    // @ts-expect-error misspelt: hard
    () => a({ ulimits: { nofile: { soft: 1, hard: 2, hrad: 3 } } }),
  ],
  [
    "a.useApiSocket",
    // @ts-expect-error Compose does not interpolate here
    () => a({ useApiSocket: env("SOCKET") }),
  ],
  [
    "a.uts",
    // @ts-expect-error only "host"
    () => a({ uts: "private" }),
  ],
  [
    "a.volumes.0.type",
    // @ts-expect-error not a type of mount
    () => a({ volumes: [{ type: "folder", target: "/a" }] }),
  ],
  [
    "a.volumes.0.target",
    // @ts-expect-error a relative path
    () => a({ volumes: [{ type: "tmpfs", target: "tmp" }] }),
  ],
  [
    "a.volumes.0.tmpfs.sizes",
    // @ts-expect-error misspelt: size
    () => a({ volumes: [{ type: "tmpfs", target: "/tmp", tmpfs: { sizes: 1 } }] }),
  ],
  [
    "a.volumes.0.target",
    // @ts-expect-error a relative path
    () => a({ volumes: [data.at("data")] }),
  ],
  [
    "a.volumes.0.image.path",
    // @ts-expect-error misspelt: subpath
    () => a({ volumes: [{ type: "image", source: "x", target: "/x", image: { path: "b" } }] }),
  ],
  [
    "a.volumes.0.readOnly",
    // @ts-expect-error neither true nor false
    () => a({ volumes: [{ type: "bind", source: ".", target: "/a", readOnly: "yes" }] }),
  ],
  [
    "a.volumes.0.source",
    // @ts-expect-error not a path
    () => a({ volumes: [{ type: "bind", source: 5, target: "/a" }, data.at("/b")] }),
  ],
  [
    "a.volumes.0.bind.propagation",
    // @ts-expect-error not a propagation
    () => a({ volumes: [{ type: "bind", source: ".", target: "/a", bind: { propagation: "both" } }] }),
  ],
  [
    "a.volumes.0.volume.nocopy",
    // @ts-expect-error neither true nor false
    () => a({ volumes: [{ type: "volume", target: "/a", volume: { nocopy: 1 } }] }),
  ],
  [
    "a.volumes.1.tmpfs.size",
    // @ts-expect-error not a number of bytes
    () => a({ volumes: ["./a:/a", { type: "tmpfs", target: "/tmp", tmpfs: { size: "64 megs" } }] }),
  ],
  [
    "a.volumes.0",
    // @ts-expect-error a relative path in the container
    () => a({ volumes: ["./a:b"] }),
  ],
  [
    "a.volumes.0",
    // @ts-expect-error a volume is mounted by its handle
    () => a({ volumes: ["data:/b", "./a:/a"] }),
  ],
  [
    "a.ports.0",
    // @ts-expect-error a sign
    () => a({ ports: ["-80:80"] }),
  ],
  [
    "a.ports.0",
    // @ts-expect-error a blank
    () => a({ ports: ["80 :80"] }),
  ],
  [
    "a.ports.0",
    // @ts-expect-error an exponent
    () => a({ ports: ["8e3:80"] }),
  ],
  [
    "a.ports.0",
    // @ts-expect-error a sign in the container
    () => a({ ports: ["80:-80"] }),
  ],
  [
    "a.ports.1",
    // @ts-expect-error a word
    () => a({ ports: ["81:81", "abc:80"] }),
  ],
  [
    "a.ports.0",
    // @ts-expect-error not a protocol
    () => a({ ports: ["80:80/tpc"] }),
  ],
  [
    "a.ports.0.target",
    // @ts-expect-error a port of the container is a number
    () => a({ ports: [{ target: "http" }] }),
  ],
  [
    "a.expose.0",
    // @ts-expect-error a sign
    () => a({ expose: ["-80"] }),
  ],
  [
    "a.stopGracePeriod",
    // @ts-expect-error a sign
    () => a({ stopGracePeriod: "-3m" }),
  ],
  [
    "a.stopGracePeriod",
    // @ts-expect-error a blank in between
    () => a({ stopGracePeriod: "5 s" }),
  ],
  [
    "a.stopGracePeriod",
    // @ts-expect-error a blank before it
    () => a({ stopGracePeriod: " 5s" }),
  ],
  [
    "a.stopGracePeriod",
    // @ts-expect-error an exponent
    () => a({ stopGracePeriod: "1e3s" }),
  ],
  [
    "a.stopGracePeriod",
    // @ts-expect-error a blank between minutes and seconds
    () => a({ stopGracePeriod: "1m 30s" }),
  ],
  [
    "a.healthcheck.interval",
    // @ts-expect-error a blank
    () => a({ healthcheck: { test: "true", interval: "5 s" } }),
  ],
  [
    "a.deploy.restartPolicy.delay",
    // @ts-expect-error a blank
    () => a({ deploy: { restartPolicy: { delay: "5 s" } } }),
  ],
  [
    "a.memLimit",
    // @ts-expect-error a sign
    () => a({ memLimit: "-64m" }),
  ],
  [
    "a.shmSize",
    // @ts-expect-error a blank before it
    () => a({ shmSize: " 64m" }),
  ],
  [
    "a.workingDir",
    // @ts-expect-error a relative path
    () => a({ workingDir: "app" }),
  ],
  [
    "a.networks.0.priority",
    // @ts-expect-error Compose does not interpolate here
    () => a({ networks: [net.with({ priority: env("P") })] }),
  ],
  [
    "include.0.project",
    // @ts-expect-error misspelt: projectDirectory
    () => stack("s", [a({})], { include: [{ path: "./a.yaml", project: "." }] }),
  ],
  [
    "options.network",
    // @ts-expect-error misspelt: networks
    () => stack("s", [a({})], { network: [] }),
  ],
];

const accepted: readonly ServiceSpec[] = [
  { annotations: { a: 1 }, attach: false },
  { blkioConfig: { deviceWriteBps: [{ path: "/dev/sda", rate: "1.5mb" }] } },
  { blkioConfig: { weight: 10, weightDevice: [{ path: "/dev/sda", weight: 1000 }] } },
  { build: interpolate`./${env("WHERE")}` },
  { build: { context: ".", ssh: { default: null, key: env("KEY") } } },
  { build: { context: ".", ssh: ["default", "key=./key"], platforms: "linux/arm64" } },
  { build: { additionalContexts: { base: "docker-image://alpine", src: "../src" }, "x-build": 1 } },
  { build: { secrets: [password, password.at("npm", { mode: 0o400 })] } },
  { capAdd: ["NET_ADMIN"], capDrop: ["ALL"] as const },
  { cgroup: "host", cgroupParent: env("PARENT") },
  { cpus: 0.5, cpuShares: 10, cpuQuota: -1, cpuset: "0-3" },
  { cpus: "1.5" },
  { cpus: env("CPUS"), memLimit: env("MEMORY") },
  { credentialSpec: { config: credentials } },
  { deploy: { mode: "global", endpointMode: "dnsrr", labels: { a: true } } },
  { deploy: { resources: { limits: { cpus: 0.5, memory: "1.5g", pids: -1 } } } },
  { deploy: { resources: { reservations: { devices: [{ capabilities: ["gpu"], count: "all" }] } } } },
  { deploy: { updateConfig: { delay: "1m30s", maxFailureRatio: 0.1, failureAction: "rollback" } } },
  { deploy: { restartPolicy: { condition: "any", maxAttempts: env("N") }, "x-deploy": null } },
  { deploy: { placement: { constraints: ["node.role==worker"], preferences: [{ spread: "node.labels.zone" }] } } },
  { develop: { watch: [{ path: ".", action: "rebuild", ignore: ["a", "b"] }] } },
  { develop: { watch: [{ path: ".", action: "sync+exec", target: "/a", exec: { command: ["x"] } }] } },
  { devices: ["/dev/a", "/dev/a:/dev/b:rwm", "vendor.com/class=name", env("DEVICE")] },
  { dns: "1.1.1.1", dnsSearch: ["a", "b"], dnsOpt: ["use-vc"] },
  { envFile: "./.env" },
  { envFile: ["./.env", { path: "./b.env", format: "raw" }] },
  { expose: [80, "81", "82-83", "84/udp", "85-86/tcp", env("PORT")] },
  { extends: { service: "base", file: "./base.yaml" } },
  { extraHosts: { a: "1.2.3.4", b: ["::1", env("B")] } },
  { gpus: "all" },
  { gpus: [{ count: 2, options: { a: 1 } }] },
  { groupAdd: ["mail", 1000] },
  { hostname: "db.example", domainname: "example", macAddress: "02:42:ac:11:00:03" },
  { ipc: "service:db", pid: "container:x", networkMode: "host", uts: "host", usernsMode: "host" },
  { labelFile: ["./a", "./b"] },
  { logging: { driver: "json-file", options: { "max-size": "10m", "max-file": 3 } } },
  { memLimit: 67108864, memReservation: "32M", memswapLimit: -1, shmSize: "64kb" },
  { models: [llm, second.with({ modelVar: "LLM" })] },
  { oomKillDisable: true, oomScoreAdj: -1000, pidsLimit: -1 },
  { platform: "linux/arm64/v8", pullPolicy: "every_12h", pullRefreshAfter: "1h" },
  { postStart: [{ command: "x" }], preStop: [{ command: ["x"], user: 0 }] },
  { preStart: [{ command: "x", image: "alpine", perReplica: true, workingDir: "/a" }] },
  { privileged: env("PRIVILEGED"), readOnly: true, securityOpt: ["no-new-privileges:true"] },
  { provider: { type: "database", options: { a: 1, b: ["x", true] } } },
  { stopSignal: "SIGINT", stdinOpen: true, tty: true, useApiSocket: true },
  { storageOpt: { size: "1G" }, sysctls: { "net.core.somaxconn": 1024 } },
  { tmpfs: ["/run", "/tmp:size=64m"] },
  { ulimits: { nproc: -1, nofile: { soft: 1024, hard: env("HARD") } } },
  {
    volumes: ["/anonymous", { type: "volume", target: "/a" }, { type: "bind", source: ".", target: "/b", bind: { propagation: "rslave" } }],
  },
  {
    volumes: [
      { type: "image", source: "alpine", target: "/c" },
      { type: "npipe", source: "a", target: "\\\\.\\pipe\\a" },
    ],
  },
  { volumes: [{ type: "tmpfs", target: env("TARGET"), tmpfs: { size: 1024, mode: 0o700 } }, data.at(interpolate`/${env("A")}`)] },
  { volumesFrom: ["db:ro", "container:x"], workingDir: "/app" },
  { workingDir: "C:\\app", "x-team": ["a", { b: null }] },
  { healthcheck: { test: ["CMD-SHELL", env("TEST")], "x-check": 1 } },
  { healthcheck: { test: ["NONE"] } },
];

describe("neither compiles nor passes the check", () => {
  it.each(refused)("%s", (path, make) => {
    const made = make();
    try {
      checkStack(isStack(made) ? made : stack("types", [made]));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(StackError);
      expect((error as StackError).issues.map((issue) => issue.path)).toEqual([path]);
    }
  });

  it("is tried often enough", () => {
    expect(refused.length).toBeGreaterThanOrEqual(40);
    expect(accepted.length).toBeGreaterThanOrEqual(40);
  });
});

describe("compiles and is accepted", () => {
  it.each(accepted.map((spec) => [Object.keys(spec).join(", "), spec] as const))("%s", (_, spec) => {
    expect(serviceSchema.safeParse(spec).error?.issues ?? []).toEqual([]);
  });
});
