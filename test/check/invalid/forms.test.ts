import { config, env, model, network, type StackOptions, service, stack, volume } from "stackwright";
import { describe } from "vitest";
import { a, refuses } from "./issues.ts";

describe("attributes and their forms", () => {
  refuses([
    ["a near name", () => a({ imgae: "y" }), 'a.imgae  is not an attribute; did you mean "image"?'],
    ["snake_case", () => a({ stop_grace_period: "5s" }), 'a.stop_grace_period  is not an attribute; did you mean "stopGracePeriod"?'],
    [
      "a near name far below",
      () => a({ deploy: { resources: { limits: { memori: "1g" } } } }),
      'a.deploy.resources.limits.memori  is not an attribute; did you mean "memory"?',
    ],
    [
      "a name that is near nothing",
      () => a({ logging: { colour: "red" } }),
      "a.logging.colour  is not an attribute (accepted: driver, options)",
    ],
    [
      "an extension where Compose refuses it",
      () => a({ blkioConfig: { weightDevice: [{ path: "/dev/sda", weight: 10, "x-a": 1 }] } }),
      "a.blkioConfig.weightDevice.0.x-a  is not an attribute (accepted: path, weight)",
    ],
    [
      "an attribute that is no object",
      () => a({ deploy: "replicated" }),
      'a.deploy  "replicated" is not an object of attributes (write { mode: ... })',
    ],
    ["a list where a map belongs", () => a({ environment: ["A=1"] }), 'a.environment  ["A=1"] is not a map (write { KEY: ... })'],
    ["a map where a list belongs", () => a({ capAdd: { ALL: true } }), 'a.capAdd  {"ALL":true} is not a list (write [...])'],
    [
      "a duration with a word",
      () => a({ stopGracePeriod: "5 sec" }),
      'a.stopGracePeriod  "5 sec" is not a duration (write "5s", "1m30s" or "500ms")',
    ],
    [
      "a duration without a unit",
      () => a({ deploy: { updateConfig: { delay: 10 } } }),
      'a.deploy.updateConfig.delay  10 is not a duration (write "5s", "1m30s" or "500ms")',
    ],
    [
      "a byte size with a word",
      () => a({ memLimit: "64 megs" }),
      'a.memLimit  "64 megs" is not a number of bytes (write "64m", "1.5g" or a whole number of bytes, or -1 for no limit)',
    ],
    ["half a byte", () => a({ shmSize: 0.5 }), 'a.shmSize  0.5 is not a number of bytes (write "64m", "1.5g" or a whole number of bytes)'],
    [
      "the unit of another system",
      () => a({ memLimit: "64Mi" }),
      'a.memLimit  "64Mi" is not a number of bytes (write "64m", "1.5g" or a whole number of bytes, or -1 for no limit)',
    ],
    [
      "a negative limit",
      () => a({ memswapLimit: -2 }),
      'a.memswapLimit  -2 is not a number of bytes (write "64m", "1.5g" or a whole number of bytes, or -1 for no limit)',
    ],
    ["a number as a text", () => a({ scale: "2" }), 'a.scale  "2" is not a whole number from 0'],
    ["a number out of bounds", () => a({ oomScoreAdj: 2000 }), "a.oomScoreAdj  2000 is not a whole number from -1000 to 1000"],
    ["a percentage above 100", () => a({ cpuPercent: 101 }), "a.cpuPercent  101 is not a whole number from 0 to 100"],
    ["a negative number of processors", () => a({ cpus: -1 }), "a.cpus  -1 is not a number from 0"],
    ["a flag as a word", () => a({ init: "yes" }), 'a.init  "yes" is not true or false'],
    [
      "a word that is not of the set",
      () => a({ deploy: { mode: "swarm" } }),
      'a.deploy.mode  "swarm" is not accepted here (write "replicated", "global", "replicated-job", "global-job")',
    ],
    [
      "a word that is near one of the set",
      () => a({ deploy: { updateConfig: { order: "start_frist" } } }),
      'a.deploy.updateConfig.order  "start_frist" is not accepted here; did you mean "start-first"? (write "start-first", "stop-first")',
    ],
    ["a number of more digits than JSON has", () => a({ "x-a": 1n }), "a.x-a  is not a value that JSON can say"],
    ["what contains itself", () => a({ "x-a": endless() }), "a.x-a  is not a value that JSON can say"],
    [
      "such values where others belong",
      () => a({ init: 1n, scale: endless() }),
      "a.init  1 is not true or false",
      "a.scale  [object Object] is not a whole number from 0",
    ],
    [
      "a restart policy that is near another",
      () => a({ restart: "unless-stoped" }),
      'a.restart  "unless-stoped" is not a restart policy; did you mean "unless-stopped"? (write "no", "always", "unless-stopped", "on-failure" or "on-failure:3")',
    ],
    [
      "a pull policy that is near another",
      () => a({ pullPolicy: "alway" }),
      'a.pullPolicy  "alway" is not a pull policy; did you mean "always"? (write "always", "never", "missing", "build", "daily", "weekly" or "every_12h")',
    ],
    [
      "a mode of shared memory that is near another",
      () => a({ ipc: "sharable" }),
      'a.ipc  "sharable" is not a mode of shared memory; did you mean "shareable"? (write "host", "private", "shareable", "none", "service:NAME" or "container:NAME")',
    ],
    [
      "a control group that is near another",
      () => a({ cgroup: "hsot" }),
      'a.cgroup  "hsot" is not accepted here; did you mean "host"? (write "host", "private")',
    ],
    [
      "a protocol that is near another",
      () => a({ ports: [{ target: 80, protocol: "tpc" }] }),
      'a.ports.0.protocol  "tpc" is not accepted here; did you mean "tcp"? (write "tcp", "udp", "sctp")',
    ],
    [
      "a type of mount that is near another",
      () => a({ volumes: [{ type: "bnd", source: "./a", target: "/a" }] }),
      'a.volumes.0.type  "bnd" is not a type of mount; did you mean "bind"? (write "bind", "volume", "tmpfs", "image", "npipe" or "cluster")',
    ],
    ["one of two limits", () => a({ ulimits: { nofile: { soft: 1 } } }), "a.ulimits.nofile.hard  is required: a whole number from -1"],
    ["a list that is missing", () => a({ gpus: [{ deviceIds: "0" }] }), 'a.gpus.0.deviceIds  "0" is not a list (write [...])'],
    ["a file of variables without a name", () => a({ envFile: "" }), 'a.envFile  "" is not a path (write "./file")'],
    [
      "a name that is near none of very many",
      () => a({ zzzzzzzz: 1 }),
      "a.zzzzzzzz  is not an attribute (accepted: annotations, attach, blkioConfig, build, capAdd, capDrop, cgroup, cgroupParent, command, configs, containerName, cpuCount, cpuPercent, cpuPeriod, cpuQuota, cpuRtPeriod, cpuRtRuntime, cpuShares, cpus, cpuset and 73 more)",
    ],
    [
      "a restart policy",
      () => a({ restart: "sometimes" }),
      'a.restart  "sometimes" is not a restart policy (write "no", "always", "unless-stopped", "on-failure" or "on-failure:3")',
    ],
    [
      "restart: no without quotes, as YAML would read it",
      () => a({ restart: false }),
      'a.restart  false is not a restart policy (write "no", "always", "unless-stopped", "on-failure" or "on-failure:3")',
    ],
    [
      "a pull policy",
      () => a({ pullPolicy: "hourly" }),
      'a.pullPolicy  "hourly" is not a pull policy (write "always", "never", "missing", "build", "daily", "weekly" or "every_12h")',
    ],
    ["a signal", () => a({ stopSignal: "sigint" }), 'a.stopSignal  "sigint" is not a signal (write "SIGINT")'],
    [
      "a platform",
      () => a({ platform: "linux amd64" }),
      'a.platform  "linux amd64" is not a platform (write "linux/amd64" or "linux/arm64/v8")',
    ],
    [
      "a MAC address",
      () => a({ macAddress: "02:42:ac:11:00" }),
      'a.macAddress  "02:42:ac:11:00" is not a MAC address (write "02:42:ac:11:00:03")',
    ],
    [
      "a host name with an underscore",
      () => a({ hostname: "my_host" }),
      'a.hostname  "my_host" is not a host name (write letters, digits, "-" and ".", e.g. "db.example")',
    ],
    [
      "a relative working directory",
      () => a({ workingDir: "app" }),
      'a.workingDir  "app" is not an absolute path of the container (write "/data")',
    ],
    [
      "a relative mount",
      () => a({ volumes: [volume("v").at("data" as "/data")] }),
      'a.volumes.0.target  "data" is not an absolute path of the container (write "/data")',
    ],
    [
      "a device",
      () => a({ devices: ["ttyUSB0"] }),
      'a.devices.0  "ttyUSB0" is not a device (write "/dev/ttyUSB0", "/dev/sda:/dev/xvda:rwm" or "vendor.com/class=name")',
    ],
    [
      "a device without a target in the long form",
      () => a({ devices: [{ source: "/dev/a" }] }),
      "a.devices.0.target  is required: a string",
    ],
    ["a hook without a command", () => a({ preStop: [{ user: "root" }] }), "a.preStop.0.command  is required: a string"],
    [
      "a mode of shared memory",
      () => a({ ipc: "shared" }),
      'a.ipc  "shared" is not a mode of shared memory (write "host", "private", "shareable", "none", "service:NAME" or "container:NAME")',
    ],
    [
      "an image in upper case",
      () => a({ image: "Postgres:17" }),
      'a.image  "Postgres:17" is not an image: repositories are in lower case (write "postgres:17")',
    ],
    ["an image with a space", () => a({ image: "postgres 17" }), 'a.image  "postgres 17" is not an image (write "postgres:17")'],
    [
      "an image without a tag after the colon",
      () => a({ image: "postgres:" }),
      'a.image  "postgres:" is not an image (write "postgres:17")',
    ],
    [
      "an image with a short digest",
      () => a({ image: "postgres@sha256:abc" }),
      'a.image  "postgres@sha256:abc" is not an image (write "postgres:17")',
    ],
    ["an empty image", () => a({ image: "" }), 'a.image  "" is not an image (write "postgres:17")'],
    [
      "a key that Compose would swallow",
      () => a({ ulimits: { "x-a": 1 } }),
      'a.ulimits.x-a  "x-a" is not the name of a limit (write small letters, e.g. "nofile")',
    ],
    [
      "a key that Compose would swallow in a network",
      () => a({ networks: [network("n", { driverOpts: { "x-mtu": 1 } })] }),
      'n.driverOpts.x-mtu  begins with "x-": Compose takes it out, as an extension',
    ],
    [
      "a key of two lines",
      () => a({ logging: { options: { "max\nsize": 1 } } }),
      'a.logging.options  "max\\nsize" can\'t be a key (write one line, not an empty one)',
    ],
    [
      "a key with an equals sign beside one that needs a list",
      () => a({ labels: { "a=b": 1, "x-c": 2 } }),
      'a.labels.a=b  contains "=" and can\'t stand beside "x-c", which needs a list of KEY=VALUE',
    ],
    ["a group twice", () => a({ groupAdd: ["audio", "audio"] }), 'a.groupAdd.1  "audio" stands twice in the list'],
    [
      "a mode that is no whole number",
      () => a({ configs: [config("c", { content: "c" }).at("/c", { mode: 0.5 })] }),
      "a.configs.0.mode  0.5 is not a file mode (write 0o440)",
    ],
    [
      "a host with a colon",
      () => a({ extraHosts: { "db:1": "10.0.0.1" } }),
      'a.extraHosts.db:1  "db:1" is not the name of a host (write "db.example")',
    ],
    [
      "a host's name where its address belongs",
      () => a({ extraHosts: { db: "db.example" } }),
      'a.extraHosts.db  "db.example" is not an address (write "10.0.0.1", "::1" or "host-gateway")',
    ],
    [
      "a share above 1",
      () => a({ deploy: { updateConfig: { maxFailureRatio: 5 } } }),
      "a.deploy.updateConfig.maxFailureRatio  5 is not a number from 0 to 1",
    ],
    [
      "a key of SSH without a path",
      () => a({ build: { context: ".", ssh: { github: null } } }),
      'a.build.ssh.github  "github" is not a key of SSH (write "default" or "ID=PATH")',
    ],
    [
      "a variable where Compose takes none",
      () => a({ build: { context: ".", ulimits: { nofile: env("FILES") } } }),
      "a.build.ulimits.nofile  a variable is not a whole number from -1 (Compose does not interpolate here)",
    ],
    [
      "an option of the stack",
      () => stack("s", [a({})], { networ: [] } as StackOptions),
      'options.networ  is not an attribute; did you mean "networks"?',
    ],
    [
      "a model's size as a text",
      () => a({ models: [model("m", { model: "ai/x", contextSize: "4k" } as never)] }),
      'm.contextSize  "4k" is not a whole number from 1',
    ],
    [
      "a file of variables in an unknown format",
      () => a({ envFile: [{ path: ".env", format: "toml" }] }),
      'a.envFile.0.format  "toml" is not accepted here (write "raw")',
    ],
    [
      "several at once, in the order of the attributes and then the unknown ones",
      () => a({ restrt: "no", init: 1, capAdd: "ALL" }),
      'a.capAdd  "ALL" is not a list (write [...])',
      "a.init  1 is not true or false",
      'a.restrt  is not an attribute; did you mean "restart"?',
    ],
    [
      "several services at once, dependencies first",
      () => [service("b", { image: "" }), a({ image: " " })],
      'b.image  "" is not an image (write "postgres:17")',
      'a.image  " " is not an image (write "postgres:17")',
    ],
  ]);
});

/** An object that contains itself. */
function endless(): object {
  const value: { self?: unknown } = {};
  value.self = value;
  return value;
}
