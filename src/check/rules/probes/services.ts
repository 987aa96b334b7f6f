import type { CheckedService } from "../../../model/checked-stack.ts";
import { issueAt } from "../../draft.ts";
import { imageName, usualText } from "../../images.ts";
import { atService, eachService } from "../../judging.ts";
import { imageOfService } from "../../probes/image-contents.ts";
import { type Finding, rule, type Severity } from "../../rule.ts";
import { dockerfileOf, type FileText, type Subject } from "../../subject.ts";
import { probed } from "./example.ts";

export const NO_HEALTHCHECK = rule({
  name: "no-healthcheck",
  severity: "warning",
  summary: "A service that others use has no health check.",
  why: "It counts as ready as soon as its process runs: what depends on it starts too early, and nobody sees when it hangs.",
  fix: "Give it one, or switch it off in words: `healthcheck: {disable: true}`.",
  bad: 'services:\n  web:\n    image: nginx:1.29\n    ports: ["8080:80"]\n',
  good: probed("nginx:1.29", '["CMD", "curl", "-fsS", "http://127.0.0.1/"]', '    ports: ["8080:80"]\n'),
  sources: ["https://github.com/hadolint/hadolint/wiki/DL3057", "https://polaris.docs.fairwinds.com/checks/reliability/"],
  judge: eachService((service, subject) => {
    if (service.kind === "task" || isChecked(service, subject) || isAwaitedHealthy(service, subject) || runsOnce(service)) return [];
    const users = [...subject.services.values()].filter(({ model }) => model.dependsOn?.has(service.name)).map(({ name }) => name);
    const isUsed = users.length > 0 || (service.model.ports ?? []).length > 0;
    // What nobody calls is missed by nobody: to tell of it would only be noise.
    if (!isUsed) return [];
    // An image of which nobody knows may bring a health check of its own.
    const severity: Severity = bringsNone(service, subject) ? "warning" : "info";
    const who = users.length > 0 ? `, and ${users.slice(0, 3).join(", ")} ${users.length === 1 ? "depends" : "depend"} on it` : "";
    return [atService(service, "", `has no health check${who}`, { severity })];
  }),
});

function isChecked(service: CheckedService, subject: Subject): boolean {
  const { model, probe, dockerfile } = service;
  if (model.healthcheck !== undefined || probe !== undefined || dockerfile?.healthcheck !== undefined || model.provider !== undefined)
    return true;
  const image = imageOfService(service, subject);
  const inherits = image.config?.healthcheck !== undefined && image.config.healthcheck.type === "CMD";
  return inherits || (image.facts?.ownHealthcheck !== undefined && image.config?.healthcheck === undefined) || image.base === "none";
}

function bringsNone(service: CheckedService, subject: Subject): boolean {
  const image = imageOfService(service, subject);
  const isKnown = image.facts?.noHealthcheck !== undefined && image.facts.noHealthcheck !== "low";
  return image.isBuilt ? dockerfileOf(service, subject) !== undefined && (isKnown || image.repository === "scratch") : isKnown;
}

// That has a rule of its own.
function isAwaitedHealthy({ name }: CheckedService, { services }: Subject): boolean {
  return [...services.values()].some(({ model }) => model.dependsOn?.get(name)?.condition === "service_healthy");
}

function runsOnce({ model, name }: CheckedService): boolean {
  const line = [model.entrypoint ?? [], model.command ?? []]
    .flat()
    .map((word) => (typeof word === "string" ? word : ""))
    .join(" ");
  const isOneShot = /\b(migrate|migration|seed|init|createbuckets|setup|bootstrap)\b/i.test(`${name} ${line.slice(0, 500)}`);
  return (
    isOneShot &&
    (model.ports ?? []).length === 0 &&
    (model.restart === undefined || model.restart === "no" || String(model.restart).startsWith("on-failure"))
  );
}

export const INHERITED_HEALTHCHECK_WRONG = rule({
  name: "inherited-healthcheck-wrong",
  severity: "warning",
  summary: "A service runs something else than its image is made for, and inherits the image's health check.",
  why: "A worker is asked for a web page that it does not serve: it is unhealthy for ever, and what waits for it never starts.",
  fix: "Give it a health check of its own, or `healthcheck: {disable: true}`.",
  bad: 'services:\n  mail:\n    image: axllent/mailpit:v1.27\n    entrypoint: ["/mailpit", "ingest"]\n',
  good: "services:\n  mail:\n    image: axllent/mailpit:v1.27\n",
  sources: ["localstack/localstack#13883", "localstack/localstack#13899", "TriliumNext/Trilium#3582"],
  judge: eachService((service, subject) => {
    const { model, probe } = service;
    if (model.healthcheck !== undefined || probe !== undefined || service.kind === "task") return [];
    const attribute = model.entrypoint !== undefined ? "entrypoint" : "command";
    if (model[attribute] === undefined) return [];
    const { ownHealthcheck } = (model.build === undefined ? imageOfService(service, subject).facts : undefined) ?? {};
    const isOwn = ownHealthcheck !== undefined && ownHealthcheck.confidence !== "low" && attribute === "entrypoint";
    const twin = isOwn ? undefined : twinOf(service, subject);
    if (!isOwn && twin === undefined) return [];
    const whose = twin === undefined ? `${imageName(service)}'s` : `the Dockerfile's, which "${twin.name}" is probed with, too`;
    return [
      atService(service, attribute, `runs another command under a health check that is ${whose}`, {
        hint: "give it a health check of its own",
      }),
    ];
  }),
});

/** Another service of the same Dockerfile with a health check, which runs what the image is made for. */
function twinOf(service: CheckedService, subject: Subject): CheckedService | undefined {
  const dockerfile = dockerfileOf(service, subject);
  if (imageOfService(service, subject).config?.healthcheck?.type !== "CMD") return undefined;
  const twins = dockerfile?.builds.map((build) => build.service).filter((other) => other.name !== service.name) ?? [];
  return twins.find(({ model }) => model.command === undefined && model.entrypoint === undefined && model.healthcheck === undefined);
}

export const MODEL_OR_DATA_NOT_READY = rule({
  name: "model-or-data-not-ready",
  severity: "info",
  summary: "Services wait until Ollama is healthy, and nothing in the stack pulls a model.",
  why: "Ollama is healthy with an empty volume: the first request fails, or waits for gigabytes.",
  fix: "Add a task that pulls the model, and wait for it to complete.",
  bad: `${probed("ollama/ollama:0.12.0", '["CMD", "ollama", "list"]')}  web:
    image: nginx:1.29
    depends_on:
      app: {condition: service_healthy}
`,
  good: `${probed("ollama/ollama:0.12.0", '["CMD", "ollama", "list"]')}  pull:
    image: ollama/ollama:0.12.0
    environment: {OLLAMA_HOST: "app:11434"}
    command: ["pull", "llama3.2"]
    depends_on:
      app: {condition: service_healthy}
`,
  sources: ["daniel3303/Equibles#722"],
  judge: eachService((service, subject) => {
    if (imageOfService(service, subject).repository !== "ollama/ollama" || !isAwaitedHealthy(service, subject)) return [];
    const pulls = [...subject.services.values()].some(({ model }) =>
      /\bpull\b/.test(JSON.stringify([model.command ?? [], model.entrypoint ?? []])),
    );
    return pulls ? [] : [atService(service, "healthcheck", "is healthy without a model, and nothing here pulls one")];
  }),
});

export const HARD_CODED_BRIDGE_ADDRESS = rule({
  name: "hard-coded-bridge-address",
  severity: "warning",
  summary: "An address of Docker's default bridge is written down: 172.17.0.1.",
  why: "It is the host's address on one machine: on another, in Docker Desktop, rootless or with another address pool it is none, or somebody else's. What is reached that way must be published on the host as well.",
  fix: 'Name the service; or the host by `extra_hosts: ["host.docker.internal:host-gateway"]`.',
  bad: `services:
  web:
    image: nginx:1.29
    environment: {UPSTREAM: "http://172.17.0.1:5001"}
`,
  good: `services:
  web:
    image: nginx:1.29
    environment: {UPSTREAM: "http://app:5000"}
  app:
    image: acme/app:1
`,
  sources: [
    "https://docs.docker.com/engine/network/drivers/bridge/",
    "https://docs.docker.com/reference/compose-file/services/#extra_hosts",
  ],
  judge: (subject) => [
    ...[...subject.services.values()].flatMap(bridgeInService),
    ...bridgeInConfigs(subject),
    ...subject.givenFiles.flatMap(bridgeInFile),
  ],
});

// The first address of the default bridge, and of the ones that follow it in Docker's own pool.
const BRIDGE = /(?<![\d.])172\.(?:1[789]|2\d|3[01])\.0\.1(?![\d.])/;

function bridgeInService(service: CheckedService): readonly Finding[] {
  const { environment, command, entrypoint, healthcheck, extraHosts } = service.model;
  const texts: readonly (readonly [path: string, value: unknown])[] = [
    ["environment", environment],
    ["command", command],
    ["entrypoint", entrypoint],
    ["extraHosts", extraHosts],
    ["healthcheck.test", healthcheck?.test],
  ];
  return texts.flatMap(([path, value]) => {
    const found = addressIn(value);
    return found === undefined
      ? []
      : [atService(service, path, `${found} is the host's address on some machines only`, { hint: "name the service" })];
  });
}

function bridgeInConfigs({ configs, definitions }: Subject): readonly Finding[] {
  return [...configs].flatMap(([name, config]) => {
    const found = "content" in config ? addressIn(config.content) : undefined;
    return found === undefined
      ? []
      : [
          issueAt(
            definitions.configs.get(name) ?? {},
            `${name}.content`,
            `${found} is the host's address on some machines only`,
            "name the service",
          ),
        ];
  });
}

/** One finding a file, at the first of the addresses. */
function bridgeInFile({ file, text }: FileText): readonly Finding[] {
  const found = BRIDGE.exec(text);
  if (found === null) return [];
  const before = text.slice(0, found.index).split("\n");
  const source = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  return [{ path: "", message: `${found[0]} is the host's address on some machines only`, source, hint: "name the service" }];
}

function addressIn(value: unknown): string | undefined {
  if (typeof value === "string") return BRIDGE.exec(value)?.[0];
  if (value instanceof Map) return [...value.values()].map(addressIn).find((each) => each !== undefined);
  if (typeof value !== "object" || value === null) return undefined;
  const text = usualText(value as never);
  return typeof text === "string"
    ? BRIDGE.exec(text)?.[0]
    : Object.values(value)
        .map(addressIn)
        .find((each) => each !== undefined);
}

export const EXTERNAL_NAME_DEPRECATED = rule({
  name: "external-name-deprecated",
  severity: "warning",
  summary: "The name of something external is written below `external`.",
  why: "The specification has deprecated it: Compose still warns, other readers of the file no longer take it.",
  fix: "Write `external: true`, and `name` beside it.",
  bad: `services:
  web:
    image: nginx:1.29
    networks: [front]
networks:
  front:
    external:
      name: nat
`,
  good: `services:
  web:
    image: nginx:1.29
    networks: [front]
networks:
  front:
    external: true
    name: nat
`,
  sources: [
    "https://docs.docker.com/reference/compose-file/networks/#external",
    "https://github.com/compose-spec/compose-spec/blob/main/06-networks.md",
  ],
  judge: (subject) =>
    (["networks", "volumes", "secrets", "configs"] as const).flatMap((section) =>
      namedBelowExternal(subject, section).map((name) =>
        issueAt(
          subject.definitions[section].get(name) ?? {},
          `${name}.external`,
          "the name stands below external, which is deprecated",
          "write external: true, and name beside it",
        ),
      ),
    ),
});

function namedBelowExternal({ stack }: Subject, section: string): readonly string[] {
  const documents = stack.written?.parts.map(({ document }) => document.get(section)) ?? [];
  return documents.flatMap((entries) =>
    entries instanceof Map
      ? [...entries].flatMap(([name, entry]) => (entry instanceof Map && entry.get("external") instanceof Map ? [String(name)] : []))
      : [],
  );
}
