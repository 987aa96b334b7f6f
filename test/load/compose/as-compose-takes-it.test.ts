import { join } from "node:path";
import { expect, test } from "vitest";
import { checkStack } from "../../../src/check/check-stack.ts";
import { StackError } from "../../../src/errors.ts";
import { readCompose } from "../../../src/load/compose/read-compose.ts";
import { composeConfig, isComposeThere } from "../../corpus/referee.ts";
import { folderWith } from "./folder.ts";

/** Attributes of a service that are an empty text, or another value which one of the two might refuse alone. */
const ATTRIBUTES = [
  ...["platform", "hostname", "domainname", "mac_address", "stop_signal", "restart", "ipc", "pid", "uts", "working_dir"].map(
    (name) => `${name}: ""`,
  ),
  ...["image", "stop_grace_period", "pull_policy", "container_name", "mem_limit", "env_file", "label_file", "build", "ports"].map(
    (name) => `${name}: ""`,
  ),
  'volumes: [{type: volume, source: "", target: /a}]',
  'volumes: [{type: bind, source: "", target: /a}]',
  'volumes: [{type: bind, source: ./a, target: /a, bind: {propagation: ""}}]',
  'ports: [{target: 80, published: "", protocol: ""}]',
  'deploy: {endpoint_mode: "", update_config: {failure_action: ""}}',
  'develop: {watch: [{action: rebuild, path: ""}]}',
  "deploy: {resources: {limits: {memory: 1000}}}",
  'deploy: {resources: {limits: {memory: "1000"}}}',
  "deploy: {resources: {limits: {memory: 1m}}}",
  "mem_limit: -1",
  "depends_on: {b: }",
  "networks: {default: }",
  "networks: [default, default]",
  "depends_on: [b, b]",
  "depends_on: {b: {condition: ''}}",
];

test.skipIf(!isComposeThere()).each(ATTRIBUTES)("%s", async (attribute) => {
  const image = attribute.startsWith("image") ? "" : "    image: x\n";
  const folder = folderWith({ "compose.yaml": `name: n\nservices:\n  a:\n${image}    ${attribute}\n  b: {image: x}\n` });
  const file = join(folder, "compose.yaml");
  const isRefused = "error" in (await composeConfig({ files: [file], envFiles: [], allProfiles: true }, true));
  expect(accepts(file)).toBe(!isRefused);
});

test.skipIf(!isComposeThere())("an included file whose variables are to come from nowhere", async () => {
  const folder = folderWith({
    "compose.yaml": "name: n\ninclude: [{path: sub/b.yaml, env_file: /dev/null}]\n",
    "sub/b.yaml": "services: {a: {image: 'x:${TAG:-none}'}}\n",
    "sub/.env": "TAG=other\n",
  });
  const file = join(folder, "compose.yaml");
  expect(await composeConfig({ files: [file], envFiles: [], allProfiles: true }, true)).toMatchObject({
    services: { a: { image: "x:none" } },
  });
  expect(readCompose(file, { environment: {} }).written?.parts.flatMap(({ envFiles }) => envFiles)).toContain("/dev/null");
});

function accepts(file: string): boolean {
  try {
    checkStack(readCompose(file, { environment: {} }));
    return true;
  } catch (error) {
    if (error instanceof StackError) return false;
    throw error;
  }
}
