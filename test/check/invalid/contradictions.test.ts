import { config, env, network, type ServiceSpec, secret, service, volume } from "stackwright";
import { describe } from "vitest";
import { a, refuses } from "./issues.ts";

const TESTS = '(write ["CMD", "pg_isready"], ["CMD-SHELL", "pg_isready || exit 1"] or ["NONE"])';
const check = (healthcheck: object) => a({ healthcheck });
const ownNetwork = network("n");
const password = secret("password", { file: "./password" });
const bare = (spec: object) => service("a", spec as ServiceSpec);

describe("health checks", () => {
  refuses([
    ["an empty test", () => check({ test: [] }), `a.healthcheck.test  an empty list is not a test ${TESTS}`],
    ["a command without CMD", () => check({ test: ["curl", "localhost"] }), `a.healthcheck.test  a test can't begin with "curl" ${TESTS}`],
    [
      "NONE with others",
      () => check({ test: ["NONE", "x"] }),
      'a.healthcheck.test  "NONE" switches the health check off and stands alone (write ["NONE"])',
    ],
    [
      "CMD-SHELL with several words",
      () => check({ test: ["CMD-SHELL", "curl", "localhost"] }),
      'a.healthcheck.test  "CMD-SHELL" is followed by one text, the script; there are 2',
    ],
    ["CMD alone", () => check({ test: ["CMD"] }), `a.healthcheck.test  "CMD" is followed by a command, and there is none ${TESTS}`],
    [
      "a start interval without a start period",
      () => check({ test: "x", startInterval: "1s" }),
      'a.healthcheck.startInterval  "startInterval" has no effect without "startPeriod", and Compose refuses it at launch',
    ],
    [
      "disabled, with a test",
      () => check({ test: "x", disable: true }),
      'a.healthcheck.disable  "disable" and "test" contradict each other',
    ],
    [
      "an interval below a millisecond",
      () => check({ test: "x", interval: "100us" }),
      'a.healthcheck.interval  "100us" is too short: Docker\'s least is "1ms"',
    ],
    [
      "a timeout below a millisecond",
      () => check({ test: "x", timeout: "0.5ms" }),
      'a.healthcheck.timeout  "0.5ms" is too short: Docker\'s least is "1ms"',
    ],
    ["half a retry", () => check({ test: "x", retries: 1.5 }), "a.healthcheck.retries  1.5 is not a whole number from 0"],
  ]);
});

describe("contradictions", () => {
  refuses([
    ["neither image nor build", () => bare({}), 'a  has neither an image nor a build (write image: "postgres:17" or build: "./folder")'],
    [
      "a network mode and networks",
      () => a({ networkMode: "host", networks: [ownNetwork] }),
      'a.networkMode  "networkMode" and "networks" contradict each other: a service has either the network of "host" or networks of its own',
    ],
    [
      "ports on the host's network",
      () => a({ networkMode: "host", ports: ["80:80"] }),
      'a.ports  ports can\'t be published with networkMode: "host"',
    ],
    [
      "ports on no network",
      () => a({ networkMode: "none", ports: ["80:80"] }),
      'a.ports  ports can\'t be published with networkMode: "none"',
    ],
    [
      "ports on another service's network",
      () => [service("b", { image: "x" }), a({ networkMode: "service:b", ports: ["80:80"] })],
      'a.ports  ports can\'t be published with networkMode: "service:b"',
    ],
    [
      "a container name and replicas",
      () => a({ containerName: "one", deploy: { replicas: 2 } }),
      "a.containerName  2 replicas can't share one container name",
    ],
    [
      "a container name and scale",
      () => a({ containerName: "one", scale: 2 }),
      "a.containerName  2 replicas can't share one container name",
    ],
    [
      "scale and replicas",
      () => a({ scale: 2, deploy: { replicas: 3 } }),
      "a.scale  2 contradicts deploy.replicas, which is 3: Compose accepts one value",
    ],
    [
      "two limits of memory",
      () => a({ memLimit: "64m", deploy: { resources: { limits: { memory: "32m" } } } }),
      "a.memLimit  67108864 contradicts deploy.resources.limits.memory, which is 33554432: Compose accepts one value",
    ],
    [
      "two reservations of memory",
      () => a({ memReservation: 1, deploy: { resources: { reservations: { memory: "2b" } } } }),
      "a.memReservation  1 contradicts deploy.resources.reservations.memory, which is 2: Compose accepts one value",
    ],
    [
      "two limits of processors",
      () => a({ cpus: 0.5, deploy: { resources: { limits: { cpus: "0.6" } } } }),
      "a.cpus  0.5 contradicts deploy.resources.limits.cpus, which is 0.6: Compose accepts one value",
    ],
    [
      "two limits of processes",
      () => a({ pidsLimit: 1, deploy: { resources: { limits: { pids: 2 } } } }),
      "a.pidsLimit  1 contradicts deploy.resources.limits.pids, which is 2: Compose accepts one value",
    ],
    [
      "a limit of memory beside limits without it",
      () => a({ memLimit: "64m", deploy: { resources: { limits: { pids: 5 } } } }),
      "a.memLimit  67108864 contradicts deploy.resources.limits.memory, which is not given: Compose accepts one value",
    ],
    [
      "two Dockerfiles",
      () => a({ build: { dockerfile: "D", dockerfileInline: "FROM x" } }),
      'a.build.dockerfileInline  "dockerfile" and "dockerfileInline" contradict each other: an image is built with one Dockerfile',
    ],
    [
      "a watch that copies nowhere",
      () => a({ develop: { watch: [{ action: "sync", path: "." }] } }),
      'a.develop.watch.0  the action "sync" needs a target, the path in the container that gets the files (write target: "/app")',
    ],
    [
      "a command that Compose would cut off",
      () => a({ command: "migrate && serve", postStart: [{ command: "echo a > /b" }] }),
      'a.command  "migrate && serve" is cut off before "&": Compose splits it into words, and no shell reads it',
      'a.postStart.0.command  "echo a > /b" is cut off before ">": Compose splits it into words, and no shell reads it',
    ],
    [
      "commands that Compose can't split",
      () => a({ command: "echo 'a", entrypoint: "a (b)", preStop: [{ command: "a\\" }] }),
      "a.command  \"echo 'a\" has a ' that is not closed",
      'a.entrypoint  "a (b)" has a ( that only a shell understands',
      'a.preStop.0.command  "a\\\\" ends with a backslash that escapes nothing',
    ],
    [
      "an empty file of a secret",
      () => a({ secrets: [secret("s", { file: "" })] }),
      's  the secret needs exactly one source (write "file" or "environment", or external: true and none)',
    ],
    [
      "a provider with an image",
      () => a({ provider: { type: "db" } }),
      'a.image  "provider" and "image" contradict each other: the provider runs no container of this stack',
    ],
    [
      "a provider with a build and ports",
      () => bare({ provider: { type: "db" }, build: ".", ports: [80] }),
      'a.build  "provider" and "build" contradict each other: the provider runs no container of this stack',
      'a.ports  "provider" and "ports" contradict each other: the provider runs no container of this stack',
    ],
    [
      "devices by number and by id",
      () => a({ gpus: [{ count: 1, deviceIds: ["0"] }] }),
      'a.gpus.0  "count" and "deviceIds" contradict each other (write one of them)',
    ],
    [
      "reserved devices by number and by id",
      () => a({ deploy: { resources: { reservations: { devices: [{ capabilities: ["gpu"], count: 1, deviceIds: ["0"] }] } } } }),
      'a.deploy.resources.reservations.devices.0  "count" and "deviceIds" contradict each other (write one of them)',
    ],
    [
      "an external network with a driver",
      () => a({ networks: [network("n", { external: true, driver: "bridge" })] }),
      'n.driver  "external" and "driver" contradict each other: the network exists already and is not described here',
    ],
    [
      "an external volume with labels",
      () => a({ volumes: [volume("v", { external: true, labels: { a: 1 } }).at("/v")] }),
      'v.labels  "external" and "labels" contradict each other: the volume exists already and is not described here',
    ],
    [
      "an external secret with a file",
      () => a({ secrets: [secret("s", { external: true, file: "./s" })] }),
      's  the secret needs exactly one source (write "file" or "environment", or external: true and none)',
    ],
    [
      "a secret without a source",
      () => a({ secrets: [secret("s", {})] }),
      's  the secret needs exactly one source (write "file" or "environment", or external: true and none)',
    ],
    [
      "a config with two sources",
      () => a({ configs: [config("c", { file: "./c", content: "c" })] }),
      'c  the config needs exactly one source (write "file", "environment" or "content", or external: true and none)',
    ],
  ]);
});

describe("paths of the container that two things take", () => {
  refuses([
    ["two mounts", () => a({ volumes: ["./a:/data", volume("v").at("/data/")] }), 'a.volumes.1  "/data" is taken by volumes.0 already'],
    ["a mount and memory", () => a({ volumes: ["./a:/tmp"], tmpfs: "/tmp:size=64m" }), 'a.tmpfs.0  "/tmp" is taken by volumes.0 already'],
    ["two folders in memory", () => a({ tmpfs: ["/run", "/run"] }), 'a.tmpfs.1  "/run" is taken by tmpfs.0 already'],
    [
      "two secrets",
      () => a({ secrets: [password, secret("other", { file: "./o" }).at("password")] }),
      'a.secrets.1  "/run/secrets/password" is taken by secrets.0 already',
    ],
    [
      "a config and a mount",
      () => a({ volumes: ["./a:/etc/a"], configs: [config("c", { file: "./c" }).at("/etc/a")] }),
      'a.configs.0  "/etc/a" is taken by volumes.0 already',
    ],
  ]);
});

describe("characters that nothing can carry", () => {
  refuses([
    [
      "NUL in the environment",
      () => a({ environment: { A: "a\0b" } }),
      'a.environment.A  "a\\u0000b" contains a NUL character, which no process can be given',
    ],
    ["NUL in a key", () => a({ labels: { "a\0": "b" } }), 'a.labels  "a\\u0000" contains a NUL character, which no process can be given'],
    [
      "NUL in a command",
      () => a({ command: ["a", "\0"] }),
      'a.command.1  "\\u0000" contains a NUL character, which no process can be given',
    ],
    [
      "NUL in a default",
      () => a({ user: env("USER", { default: "\0" }) }),
      'a.user  "\\u0000" contains a NUL character, which no process can be given',
    ],
    [
      "NUL in a config",
      () => a({ configs: [config("c", { content: "\0" })] }),
      'c.content  "\\u0000" contains a NUL character, which no process can be given',
    ],
    [
      "NUL in an extension",
      () => a({ "x-a": { b: ["\0"] } }),
      'a.x-a.b.0  "\\u0000" contains a NUL character, which no process can be given',
    ],
    [
      "half a surrogate pair",
      () => a({ environment: { A: "\ud800" } }),
      'a.environment.A  "\\ud800" contains half of a surrogate pair, which can\'t be written as UTF-8',
    ],
    [
      "an equals sign in the name of a variable",
      () => a({ environment: { "A=B": "c" } }),
      'a.environment  "A=B" is not the name of a variable (it can\'t be empty, contain "=" or end with a space)',
    ],
    [
      "an empty name of a build argument",
      () => a({ build: { args: { "": "c" } } }),
      'a.build.args  "" can\'t be a key (write at least one character)',
    ],
  ]);
});
