import { config, env, interpolate, model, network, type Stack, secret, service, stack, task, volume } from "stackwright";

const backend = network("backend", {
  name: "shop-backend",
  driver: "bridge",
  driverOpts: { "com.docker.network.bridge.name": "br0", mtu: 1450 },
  ipam: {
    driver: "default",
    config: [{ subnet: "10.5.0.0/16", ipRange: "10.5.1.0/24", gateway: "10.5.0.1", auxAddresses: { router: "10.5.0.2" }, "x-pool": 1 }],
    options: { foo: "bar" },
  },
  internal: true,
  attachable: true,
  enableIpv4: true,
  enableIpv6: false,
  labels: { tier: "back" },
  "x-network": true,
});
const outside = network("outside", { external: true });
const data = volume("data", {
  name: "shop-data",
  driver: "local",
  driverOpts: { type: "nfs", o: "addr=10.0.0.1" },
  labels: { keep: true },
});
const taken = volume("taken", { external: true });
const password = secret("password", { environment: "PASSWORD", labels: { kind: "secret" } });
const vault = secret("vault", {
  name: "vault-key",
  file: "./vault.txt",
  driver: "vault",
  driverOpts: { path: "a" },
  templateDriver: "golang",
});
const given = secret("given", { external: true });
const nginx = config("nginx", { name: "nginx-config", content: "listen 80;", labels: { kind: "config" }, templateDriver: "golang" });
const motd = config("motd", { file: "./motd.txt" });
const fromEnvironment = config("from-environment", { environment: "MOTD" });
const credentials = config("credentials", { external: true });
const llm = model("llm", { name: "small", model: "ai/smollm2", contextSize: 4096, runtimeFlags: ["--verbose"], "x-model": 1 });

const base = service("base", { image: "busybox:1.37" });
const seed = task("seed", { image: "busybox:1.37", extends: "base", restart: "on-failure:3" });
const cloud = service("cloud", { provider: { type: "database", options: { kind: "mysql", sizes: [1, "2"], fast: true } } });

const built = service("built", {
  image: "shop/built:1",
  build: {
    context: ".",
    dockerfile: "Dockerfile",
    args: { VERSION: 1, INHERITED: null },
    ssh: ["default"],
    labels: { built: true },
    cacheFrom: ["type=local,src=cache"],
    cacheTo: ["type=local,dest=cache"],
    noCache: true,
    noCacheFilter: ["base", "test"],
    provenance: "mode=max",
    sbom: true,
    additionalContexts: { assets: "./assets", base: "docker-image://busybox:1.37", other: "service:inline" },
    network: "host",
    pull: false,
    target: "run",
    shmSize: "128m",
    extraHosts: { registry: "10.0.0.9" },
    isolation: "default",
    privileged: false,
    entitlements: ["network.host"],
    secrets: [password, given.at("given", { uid: 1, gid: 1, mode: 0o400 })],
    tags: ["shop/built:latest"],
    ulimits: { nofile: 1024, nproc: { soft: 10, hard: 20 } },
    platforms: ["linux/amd64"],
  },
});
const inline = service("inline", { build: { dockerfileInline: "FROM busybox:1.37\n" }, extends: { service: "base" } });
const foreign = service("foreign", { extends: { service: "base", file: "./other.yaml" } });

const app = service("app", {
  annotations: { "com.example": "a" },
  attach: false,
  blkioConfig: {
    deviceReadBps: [{ path: "/dev/sda", rate: "12mb" }],
    deviceReadIops: [{ path: "/dev/sda", rate: 120 }],
    deviceWriteBps: [{ path: "/dev/sda", rate: 1024 }],
    deviceWriteIops: [{ path: "/dev/sda", rate: 30 }],
    weight: 300,
    weightDevice: [{ path: "/dev/sda", weight: 400 }],
  },
  capAdd: ["NET_ADMIN"],
  capDrop: ["ALL"],
  cgroup: "private",
  cgroupParent: "m-executor",
  command: ["serve", "--price", "$5"],
  configs: [nginx.at("/etc/nginx.conf", { uid: "101", gid: 101, mode: 0o440 }), motd, fromEnvironment],
  containerName: "shop-app",
  cpuCount: 2,
  cpuPercent: 50,
  cpuPeriod: 100000,
  cpuQuota: 50000,
  cpuRtPeriod: 400000,
  cpuRtRuntime: 95000,
  cpuShares: 73,
  cpus: 0.5,
  cpuset: "0-1",
  credentialSpec: { config: credentials, file: "spec.json", registry: "spec" },
  dependsOn: [base.started({ restart: true, required: false }), seed.completed()],
  deploy: {
    mode: "replicated",
    endpointMode: "vip",
    replicas: 1,
    labels: { deployed: 1 },
    rollbackConfig: { parallelism: 1, delay: "1s", failureAction: "pause", monitor: "5s", maxFailureRatio: 0.2, order: "stop-first" },
    updateConfig: { parallelism: 2, delay: "2s", failureAction: "rollback", monitor: "6s", maxFailureRatio: "0.3", order: "start-first" },
    resources: {
      limits: { cpus: 0.5, memory: "64m", pids: 100 },
      reservations: {
        cpus: "0.25",
        memory: "32m",
        genericResources: [{ discreteResourceSpec: { kind: "gpu", value: 2 } }],
        devices: [
          { capabilities: ["gpu"], count: 1, driver: "nvidia", options: { virtualization: false } },
          { capabilities: ["tpu"], deviceIds: ["0"] },
        ],
      },
    },
    restartPolicy: { condition: "on-failure", delay: "5s", maxAttempts: 3, window: "2m" },
    placement: { constraints: ["node.role==manager"], preferences: [{ spread: "node.labels.zone" }], maxReplicasPerNode: 1 },
    "x-deploy": { note: "$HOME" },
  },
  develop: {
    watch: [
      {
        path: "./src",
        action: "sync+exec",
        target: "/src",
        ignore: ["node_modules/"],
        include: "*.ts",
        exec: { command: "reload", user: "root", privileged: false, workingDir: "/src", environment: { A: 1 } },
        initialSync: true,
      },
    ],
  },
  deviceCgroupRules: ["c 1:3 mr"],
  devices: ["/dev/ttyUSB0:/dev/ttyUSB1:rw", { source: "/dev/null", target: "/dev/zero", permissions: "r" }, "vendor.com/class=name"],
  dns: "8.8.8.8",
  dnsOpt: ["use-vc"],
  dnsSearch: ["example.com"],
  domainname: "example.com",
  entrypoint: ["/bin/app", "-v"],
  envFile: ["./a.env", { path: "./b.env", required: false, format: "raw" }],
  environment: { PASSWORD_FILE: password.path, NOTHING: null, DEBUG: true },
  expose: [3000, "8000-8010/udp"],
  externalLinks: ["redis", "database:db"],
  extraHosts: { somehost: "162.242.195.82", both: ["::1", "127.0.0.1"], me: "host-gateway" },
  gpus: [{ driver: "nvidia", count: 1, capabilities: ["compute"], options: { a: 1 } }, { deviceIds: ["1"] }],
  groupAdd: ["mail", 1000],
  healthcheck: {
    test: ["CMD", "true"],
    interval: "1m30s",
    timeout: "10s",
    retries: 3,
    startPeriod: "40s",
    startInterval: "5s",
    disable: false,
  },
  hostname: "app.local",
  image: "ghcr.io/shop/app:1.0",
  init: true,
  ipc: "shareable",
  isolation: "default",
  labelFile: "./labels",
  labels: { "x-label": "1", price: "$5" },
  links: ["base:alias"],
  logging: { driver: "json-file", options: { "max-size": "10m", "max-file": 3 } },
  macAddress: "02:42:ac:11:00:03",
  memLimit: "64m",
  memReservation: "32m",
  memSwappiness: 10,
  memswapLimit: -1,
  models: [llm.with({ endpointVar: "LLM_URL", modelVar: "LLM_NAME" })],
  networks: [
    backend.with({
      aliases: ["app.backend"],
      interfaceName: "eth7",
      ipv4Address: "10.5.0.7",
      ipv6Address: "2001:db8::7",
      linkLocalIps: ["169.254.1.7"],
      macAddress: "02:42:ac:11:00:07",
      driverOpts: { a: 1 },
      priority: 100,
      gwPriority: -1,
    }),
    outside,
  ],
  oomKillDisable: true,
  oomScoreAdj: -500,
  pid: "host",
  pidsLimit: 100,
  platform: "linux/amd64",
  ports: [
    { name: "web", mode: "host", hostIp: "127.0.0.1", target: 80, published: 8080, protocol: "tcp", appProtocol: "http" },
    "9000-9002:9000-9002",
  ],
  postStart: [{ command: ["touch", "/started"], user: "root", privileged: true, workingDir: "/", environment: { A: "b" } }],
  preStop: [{ command: "flush", user: "root", privileged: true, workingDir: "/", environment: { A: "b" } }],
  privileged: false,
  profiles: ["full"],
  pullPolicy: "refresh",
  pullRefreshAfter: "24h",
  readOnly: true,
  restart: "unless-stopped",
  runtime: "runc",
  scale: 1,
  secrets: [password, vault.at("key", { uid: 0, gid: "0", mode: 0o400 })],
  securityOpt: ["no-new-privileges:true"],
  shmSize: "1g",
  stdinOpen: true,
  stopGracePeriod: "1m",
  stopSignal: "SIGUSR1",
  storageOpt: { size: "1G" },
  sysctls: { "net.core.somaxconn": 1024 },
  tmpfs: ["/run", "/tmp:size=64m,mode=1777"],
  tty: true,
  ulimits: { nproc: 65535, nofile: { soft: 20000, hard: -1 } },
  useApiSocket: false,
  user: "1000:1000",
  usernsMode: "host",
  uts: "host",
  volumes: [
    "./data:/srv:ro",
    "/anonymous",
    {
      type: "bind",
      source: "./up",
      target: "/up",
      readOnly: true,
      consistency: "cached",
      bind: { propagation: "rshared", createHostPath: false, recursive: "disabled", selinux: "z" },
    },
    { type: "volume", target: "/unnamed" },
    { type: "tmpfs", target: "/mem", tmpfs: { size: "64m", mode: 0o1777 } },
    { type: "image", source: "busybox:1.37", target: "/image", image: { subpath: "bin" } },
    { type: "npipe", source: "\\\\.\\pipe\\docker", target: "\\\\.\\pipe\\docker" },
    { type: "cluster", source: "shared", target: "/cluster" },
    data.at("/data", { readOnly: false, volume: { labels: { a: "b" }, nocopy: true, subpath: "sub" } }),
    taken.at("/taken"),
  ],
  volumesFrom: ["base:ro", "container:other"],
  workingDir: "/srv",
  "x-app": { nested: [1, "two", null] },
});

const hooked = service("hooked", {
  image: "busybox:1.37",
  preStart: [{ command: ["chown", "1000", "/data"], image: "busybox:1.37", user: "root", perReplica: false, environment: { A: null } }],
});

const sharing = service("sharing", { image: "busybox:1.37", networkMode: "service:base", gpus: "all", dependsOn: [base.started()] });

/** A stack that uses every attribute that the specification knows. */
export const everything: Stack = stack("everything", [app, built, inline, foreign, cloud, sharing, hooked], {
  include: ["./other.yaml", { path: ["./a.yaml", "./b.yaml"], envFile: "./include.env", projectDirectory: "./included" }],
  "x-stack": { owner: "$ME" },
});

/** The same without what the referee must find on a disk, and without what is newer than it. */
export const refereed: Stack = stack(
  "everything",
  [
    service("app", { ...app.spec, labelFile: [], envFile: [], links: ["base:alias"] }),
    service("built", { ...built.spec, build: { ...(built.spec.build as object), noCacheFilter: undefined } as never }),
    inline,
    cloud,
    sharing,
  ],
  { "x-stack": { owner: "$ME" } },
);

/** Variables wherever the referee replaces them. */
export const variable: Stack = stack("variable", [
  service("a", {
    image: interpolate`busybox:${env("TEXT")}`,
    annotations: { a: env("TEXT") },
    attach: env("FLAG"),
    blkioConfig: { deviceReadBps: [{ path: env("TEXT"), rate: env("NUMBER") }] },
    build: { context: env("PATH_"), noCache: env("FLAG"), privileged: env("FLAG"), pull: env("FLAG"), shmSize: env("SIZE") },
    capAdd: [env("TEXT")],
    cpuCount: env("NUMBER"),
    cpuPercent: env("NUMBER"),
    cpuPeriod: env("NUMBER"),
    cpuQuota: env("NUMBER"),
    cpuRtPeriod: env("NUMBER"),
    cpuRtRuntime: env("NUMBER"),
    cpuShares: env("NUMBER"),
    cpus: env("NUMBER"),
    deploy: {
      replicas: env("NUMBER"),
      updateConfig: { parallelism: env("NUMBER"), delay: env("DURATION"), maxFailureRatio: env("NUMBER") },
      rollbackConfig: { parallelism: env("NUMBER"), monitor: env("DURATION"), maxFailureRatio: env("NUMBER") },
      resources: {
        limits: { cpus: env("NUMBER"), memory: env("SIZE"), pids: env("NUMBER") },
        reservations: {
          memory: env("SIZE"),
          genericResources: [{ discreteResourceSpec: { kind: env("TEXT"), value: env("NUMBER") } }],
          devices: [{ capabilities: ["gpu"], count: env("NUMBER") }],
        },
      },
      restartPolicy: { maxAttempts: env("NUMBER"), window: env("DURATION") },
      placement: { maxReplicasPerNode: env("NUMBER") },
    },
    dns: env("TEXT"),
    gpus: [{ count: env("NUMBER") }],
    healthcheck: { test: ["CMD", env("TEXT")], retries: env("NUMBER"), interval: env("DURATION"), disable: env("FLAG") },
    init: env("FLAG"),
    memLimit: env("SIZE"),
    memReservation: env("SIZE"),
    memSwappiness: env("NUMBER"),
    memswapLimit: env("SIZE"),
    oomKillDisable: env("FLAG"),
    oomScoreAdj: env("NUMBER"),
    pidsLimit: env("NUMBER"),
    ports: [{ target: env("NUMBER"), published: env("NUMBER") }],
    postStart: [{ command: env("TEXT"), privileged: env("FLAG") }],
    privileged: env("FLAG"),
    readOnly: env("FLAG"),
    scale: env("NUMBER"),
    shmSize: env("SIZE"),
    stdinOpen: env("FLAG"),
    stopGracePeriod: env("DURATION"),
    tmpfs: interpolate`/tmp${env("PATH_")}`,
    tty: env("FLAG"),
    ulimits: { nofile: { soft: env("NUMBER"), hard: env("NUMBER") }, nproc: env("NUMBER") },
    volumes: [
      { type: "bind", source: env("PATH_"), target: env("PATH_"), readOnly: env("FLAG"), bind: { createHostPath: env("FLAG") } },
      volume("v", { external: env("FLAG") }).at("/v", { volume: { nocopy: env("FLAG") } }),
      { type: "tmpfs", target: "/mem", tmpfs: { size: env("SIZE") } },
    ],
    networks: [network("n", { internal: env("FLAG"), attachable: env("FLAG"), enableIpv6: env("FLAG") })],
    secrets: [secret("s", { external: env("FLAG") })],
    workingDir: env("PATH_"),
  }),
]);

/** Values for the variables of `variable`. */
export const VALUES = { TEXT: "text", FLAG: "true", NUMBER: "3", DURATION: "7s", SIZE: "64m", PATH_: "/path" } as const;
