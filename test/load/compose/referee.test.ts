import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkStack } from "../../../src/check/check-stack.ts";
import { emitStack } from "../../../src/emit/emit-stack.ts";
import { readCompose } from "../../../src/load/compose/read-compose.ts";
import { composeConfig, firstDifference, isComposeThere } from "../../corpus/referee.ts";
import { folderWith } from "./folder.ts";

const BASE = `name: edge
include:
  - path: [inc/i.yaml, inc/o.yaml]
    project_directory: sub
services:
  web: &w
    image: x
    ports: ["80:80", "\${P:-81}:81"]
    environment: {A: 1, B: null, C: "\${X:-1}"}
    depends_on: [db]
    volumes: [./v:/v, data:/d]
    labels: {a: 1}
    extra_hosts: {h: 1.2.3.4}
    networks: [n]
    build: {context: ./b, args: {Q: 010}, additional_contexts: {k: ./k, r: docker-image://x}}
    healthcheck: {test: [CMD, a], interval: 10s}
    logging: {driver: json-file, options: {max-size: 1m}}
    ulimits: {nofile: 10, nproc: {soft: 1, hard: 2}}
    command: echo $$HOME
    secrets: [s]
  db:
    extends: {file: sub/base.yaml, service: base}
    tty: true
  db2:
    <<: *w
    extends: web
    image: z
networks: {n: {ipam: {config: [{subnet: 10.0.0.0/24, gateway: 10.0.0.1}]}}}
volumes: {data: {driver: local, driver_opts: {type: none, o: bind, device: ./dev}}}
secrets: {s: {file: ./s.txt}}
configs: {c: {content: "a $$b \${X:-d}"}}
x-top: {a: "\${X:-q}"}
`;

const OVER = `services:
  web:
    ports: !override ["90:90"]
    environment: [A=2, D]
    depends_on: {db: {condition: service_healthy}}
    volumes: [./w:/v:ro]
    labels: [b=2]
    networks: {n: {aliases: [q]}}
    build: {args: [R=1]}
    healthcheck: !reset null
    logging: {driver: syslog}
    ulimits: {nproc: 5}
    extra_hosts: ["j=::1"]
    configs: [{source: c, target: /c, mode: "0440"}]
    command: [a, "b c"]
networks: {n: {ipam: {config: [{subnet: 10.0.0.0/24, ip_range: 10.0.0.128/25}, {subnet: 10.1.0.0/24}]}}}
`;

const OTHERS = {
  ".env": "X=xx\n",
  "b/.keep": "",
  "inc/deep.yaml": 'services: {deep: {image: d, volumes: ["./dv:/dv"], cap_add: [A]}}\n',
  "inc/i.yaml": 'services: {inc: {build: {dockerfile: D}, env_file: e.env, image: "i:${TAG}"}}\n',
  "inc/o.yaml": 'services: {inc: {volumes: ["./iv:/iv"]}}\n',
  "k/.keep": "",
  "s.txt": "",
  "sub/.env": "TAG=9\n",
  "sub/base.yaml":
    'services:\n  base:\n    image: y\n    env_file: [e.env, {path: no.env, required: false}]\n    volumes: ["../v:/q", "~/z:/z"]\n    build: ./bb\n    develop: {watch: [{action: sync, path: ., target: /t, ignore: x}]}\n    label_file: l.txt\n    extends: {service: deep, file: ../inc/deep.yaml}\n',
  "sub/e.env": "E=1\n",
  "sub/l.txt": "l=1\n",
};

describe.skipIf(!isComposeThere())("Docker Compose reads what was emitted as it reads the original", () => {
  test.each([[["base.yaml"]], [["base.yaml", "over.yaml"]]])("%j", async (names) => {
    const folder = folderWith({ ...OTHERS, "base.yaml": BASE, "over.yaml": OVER });
    const files = names.map((name) => join(folder, name));
    const outputFolder = join(folder, "generated/edge");
    const checked = checkStack(readCompose(files, { environment: {} }));
    for (const { path, text } of emitStack(checked, { stackFolder: folder, outputFolder, root: folder, source: "base.yaml" })) {
      mkdirSync(dirname(join(outputFolder, path)), { recursive: true });
      writeFileSync(join(outputFolder, path), text);
    }
    for (const interpolate of [true, false]) {
      const original = await composeConfig({ files, envFiles: [], allProfiles: true }, interpolate);
      const copy = { files: [join(outputFolder, "compose.yaml")], envFiles: [join(folder, ".env")], allProfiles: true };
      expect(original).not.toHaveProperty("error");
      expect(firstDifference(original, await composeConfig(copy, interpolate))).toBeUndefined();
    }
  });
});
