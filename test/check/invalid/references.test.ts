import { type Dependency, network, secret, service, stack, task, volume } from "stackwright";
import { describe } from "vitest";
import { a, refuses } from "./issues.ts";

const db = service("db", { image: "x" });
const on = (name: string): Dependency => ({ kind: "dependency", on: name, condition: "service_started", required: true });

describe("names and references", () => {
  refuses([
    [
      "a stack in upper case",
      () => stack("Shop", [a({})]),
      'name  "Shop" can\'t name a stack (write lower-case letters, digits, "_" and "-")',
    ],
    [
      "a service with a space",
      () => service("my app", { image: "x" }),
      'my app  "my app" is not a name (write letters, digits, ".", "_" and "-")',
    ],
    [
      "a network with a slash",
      () => a({ networks: [network("a/b")] }),
      'a/b  "a/b" is not a name (write letters, digits, ".", "_" and "-")',
    ],
    [
      "a network that looks like an extension",
      () => a({ networks: [network("x-net")] }),
      'x-net  "x-net" can\'t name a network: Compose takes what begins with "x-" for an extension',
    ],
    [
      "a container of one letter",
      () => a({ containerName: "a" }),
      'a.containerName  "a" is not the name of a container (write two or more letters, digits, "_", "." and "-", the first a letter or a digit)',
    ],
    [
      "two containers of one name",
      () => [a({ containerName: "one" }), service("b", { image: "x", containerName: "one" })],
      'b.containerName  "one" is the name of the container of "a" already',
    ],
    [
      "the network of a stranger",
      () => [db, a({ networkMode: "service:dbb" })],
      'a.networkMode  there is no service "dbb" in this stack; did you mean "db"?',
    ],
    ["the processes of a stranger", () => a({ pid: "service:other" }), 'a.pid  there is no service "other" in this stack'],
    ["the shared memory of a stranger", () => a({ ipc: "service:other" }), 'a.ipc  there is no service "other" in this stack'],
    ["its own network", () => a({ networkMode: "service:a" }), 'a.networkMode  "a" refers to itself'],
    [
      "a link to a stranger",
      () => [db, a({ links: ["db", "dbs:alias"] })],
      'a.links.1  there is no service "dbs" in this stack; did you mean "db"?',
    ],
    [
      "the volumes of a stranger",
      () => a({ volumesFrom: ["container:any", "other:ro"] }),
      'a.volumesFrom.1  there is no service "other" in this stack',
    ],
    ["based on a stranger", () => a({ extends: "base" }), 'a.extends  there is no service "base" in this stack'],
    [
      "built on a stranger",
      () => a({ build: { additionalContexts: { base: "service:other" } } }),
      'a.build.additionalContexts.base  there is no service "other" in this stack',
    ],
    [
      "built on one that is not built",
      () => [db, a({ image: undefined, build: { additionalContexts: { base: "service:db" } } })],
      'a.build.additionalContexts.base  "db" is not built, and only a built one can be a context (write docker-image://IMAGE)',
    ],
    ["waits for a stranger", () => [db, a({ dependsOn: [on("dbb")] })], 'a.dependsOn.dbb  there is no service "dbb"; did you mean "db"?'],
    ["waits for itself", () => a({ dependsOn: [on("a")] }), "a.dependsOn  waits for itself and never starts"],
    [
      "wait for each other",
      () => [a({ dependsOn: [on("b")] }), service("b", { image: "x", dependsOn: [on("a")] })],
      "a.dependsOn  these wait for each other and never start: a -> b -> a",
    ],
    [
      "wait for each other by what they share",
      () => [a({ networkMode: "service:b" }), service("b", { image: "x", volumesFrom: ["a"] })],
      "a.networkMode  these wait for each other and never start: a -> b -> a",
    ],
    ["a link that names nothing", () => a({ links: [":alias"] }), 'a.links.0  ":alias" is not a link (write "db" or "db:alias")'],
    [
      "two conditions on one service",
      () => a({ dependsOn: [db.started(), { ...on("db"), condition: "service_healthy" }] }),
      'a.dependsOn.1  "db" is awaited as service_started already, and Compose knows one condition a service (service_healthy was asked as well)',
    ],
    [
      "healthy without a health check",
      () => [db, a({ dependsOn: [{ ...on("db"), condition: "service_healthy" }] })],
      'a.dependsOn.db  "db" has no health check and never becomes healthy',
    ],
    [
      "completed, of a service that restarts for ever",
      () => [
        service("db", { image: "x", restart: "always" }),
        a({ dependsOn: [{ ...on("db"), condition: "service_completed_successfully" }] }),
      ],
      'a.dependsOn.db  "db" never completes: restart: "always" starts it again after success',
    ],
    [
      "completed, of a task that its deployment restarts for ever",
      () => a({ dependsOn: [task("t", { image: "x", deploy: { restartPolicy: { condition: "any" } } }).completed()] }),
      'a.dependsOn.t  "t" never completes: deploy.restartPolicy.condition: "any" starts it again after success',
    ],
    [
      "a volume by name",
      () => a({ volumes: ["data:/data"] }),
      'a.volumes.0  "data:/data" is not a mount (write data.at("/path") for a volume, "./folder:/path" or "./folder:/path:ro" for a folder of the host)',
    ],
    [
      "a mount of no type",
      () => a({ volumes: [{ type: "folder", target: "/a" }] }),
      'a.volumes.0.type  "folder" is not a type of mount (write "bind", "volume", "tmpfs", "image", "npipe" or "cluster")',
    ],
    [
      "a volume without a path",
      () => a({ volumes: [volume("v")] }),
      'a.volumes.0  a volume is not a mount (write data.at("/path"), "./folder:/path" or { type: "bind", ... })',
    ],
    [
      "a network by name",
      () => a({ networks: ["back"] }),
      'a.networks.0  "back" is not a network (write network("name") or what its .with() returns)',
    ],
    [
      "a model by name",
      () => a({ models: ["llm"] }),
      'a.models.0  "llm" is not a model (write model("llm", ...) or what its .with() returns)',
    ],
    [
      "a config where a secret belongs",
      () => a({ configs: [secret("s", { file: "s" })] }),
      'a.configs.0  a secret is not a config (write config("name", ...) or what its .at() returns)',
    ],
    [
      "the account of an unknown config",
      () => a({ credentialSpec: { config: "spec" } }),
      'a.credentialSpec.config  there is no config "spec" in this stack',
    ],
  ]);
});
