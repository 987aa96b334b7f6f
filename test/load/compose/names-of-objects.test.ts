import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkStack, emitStack, network, rehearse, type Stack, service, stack, volume } from "stackwright";
import { describe, expect, test } from "vitest";
import { judge } from "../../../src/check/judge.ts";
import { parseStack } from "../../../src/check/parse-stack.ts";
import { readCompose } from "../../../src/load/compose/read-compose.ts";
import { composeConfig, firstDifference, isComposeThere } from "../../corpus/referee.ts";
import { folderWith } from "./folder.ts";

const NAMES = ["__proto__", "constructor", "toString", "hasOwnProperty", "kind"];
const EACH = `{${NAMES.map((name) => `${name}: "1"`).join(", ")}}`;

/** A Compose file that uses the names which every object of JavaScript knows wherever a name is the user's. */
const COMPOSE = `name: names
services:
  __proto__:
    image: busybox
    build: {context: ., args: ${EACH}, labels: ${EACH}, additional_contexts: {__proto__: ./a, constructor: ./a}}
    command: [constructor, "\${constructor:-a}", "\${__proto__-b}", "\${toString}"]
    healthcheck: {test: [CMD, constructor, toString]}
    environment: ${EACH}
    labels: ${EACH}
    annotations: ${EACH}
    sysctls: ${EACH}
    storage_opt: ${EACH}
    extra_hosts: {__proto__: 1.2.3.4, constructor: 1.2.3.4}
    logging: {driver: json-file, options: ${EACH}}
    networks: {__proto__: {aliases: [x], driver_opts: ${EACH}}, constructor: }
    volumes: ["__proto__:/a", "constructor:/b"]
    secrets: [__proto__, toString]
    configs: [__proto__, {source: constructor, target: /x}]
    depends_on: {constructor: {condition: service_healthy}, toString: {condition: service_started}}
  constructor:
    image: busybox
    environment: [__proto__=a, constructor=b]
    healthcheck: {test: [CMD-SHELL, "constructor && toString | hasOwnProperty"]}
    labels: [__proto__=a, toString=b]
  toString: {image: busybox, depends_on: [hasOwnProperty], deploy: {labels: ${EACH}}, x-a: ${EACH}}
  hasOwnProperty: {image: busybox}
networks:
  __proto__: {driver_opts: ${EACH}, labels: ${EACH}}
  constructor: {ipam: {config: [{subnet: 10.0.0.0/8, aux_addresses: {__proto__: 10.0.0.1}}]}}
volumes: {__proto__: {driver_opts: ${EACH}}, constructor: }
secrets: {__proto__: {file: ./s}, toString: {environment: toString}}
configs: {__proto__: {content: a}, constructor: {file: ./s}}
x-b: ${EACH}
`;

const keys = Object.fromEntries(NAMES.map((name) => [name, "1"]));
const STACK = stack("names", [
  service("__proto__", {
    image: "busybox",
    environment: keys,
    labels: keys,
    sysctls: keys,
    extraHosts: Object.fromEntries(NAMES.map((name) => [name, "1.2.3.4"])),
    networks: [network("__proto__", { driverOpts: keys })],
    volumes: [volume("constructor", { labels: keys }).at("/a")],
  }),
]);

describe("the names that every object of JavaScript knows are names like all others", () => {
  test.skipIf(!isComposeThere())("for Docker Compose, which reads the same", async () => {
    const { original, copy } = projectOf();
    const call = { envFiles: [], allProfiles: true };
    const read = await composeConfig({ ...call, files: [original] }, true);
    expect(read).not.toHaveProperty("error");
    expect(firstDifference(read, await composeConfig({ ...call, files: [copy] }, true))).toBeUndefined();
  });

  test("of a stack in TypeScript as well", () => {
    const { environment, labels, sysctls, extraHosts } = checkStack(STACK).services.get("__proto__")?.model ?? {};
    for (const map of [environment, labels, sysctls, extraHosts]) expect([...(map?.keys() ?? [])]).toEqual(NAMES);
    const { networks, volumes } = checkStack(STACK);
    expect([...(networks.get("__proto__")?.driverOpts?.keys() ?? [])]).toEqual(NAMES);
    expect([...(volumes.get("constructor")?.labels?.keys() ?? [])]).toEqual(NAMES);
  });

  test("for the rules and a rehearsal", () => {
    const { read } = projectOf();
    expect(() => judge(parseStack(read))).not.toThrow();
    expect(rehearse(read, { faults: { ["hasOwnProperty" as string]: "exit:1@0s" } }).culprits).toMatchObject([
      { service: "hasOwnProperty" },
    ]);
  });
});

function projectOf(): { original: string; copy: string; read: Stack } {
  const root = folderWith({ "compose.yaml": COMPOSE, s: "", "a/.keep": "" });
  const [original, outputFolder] = [join(root, "compose.yaml"), join(root, "generated/names")];
  const read = readCompose(original, { environment: {} });
  for (const { path, text } of emitStack(checkStack(read), { stackFolder: root, outputFolder, root, source: "compose.yaml" })) {
    mkdirSync(dirname(join(outputFolder, path)), { recursive: true });
    writeFileSync(join(outputFolder, path), text);
  }
  return { original, copy: join(outputFolder, "compose.yaml"), read };
}
