import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checkStack, config, emitStack, env, interpolate, readCompose, type Stack, secret, service, stack, volume } from "stackwright";
import { describe, expect, test } from "vitest";
import { firstDifference, isComposeThere } from "../corpus/referee.ts";
import { folderWith } from "../load/compose/folder.ts";
import { LAYOUT } from "./layout.ts";

const pathOr = (folder: string) => env("DATA", { default: folder });

/** A stack with each kind of path that may begin with a variable. */
const SHOP = stack("shop", [
  service("a", {
    image: "x",
    build: { context: pathOr("./ctx"), additionalContexts: { more: pathOr("more") } },
    envFile: [{ path: interpolate`${pathOr("./vars")}.env`, required: false }],
    labelFile: env("LABELS", { default: "./labels" }),
    volumes: [
      { type: "bind", source: pathOr("./data"), target: "/data" },
      { type: "bind", source: interpolate`./sub/${pathOr("a/../b")}/../c`, target: "/c" },
      "./plain:/plain",
      volume("bound", { driverOpts: { type: "none", o: "bind", device: pathOr("./bound") } }).at("/bound"),
    ],
    develop: { watch: [{ action: "rebuild", path: pathOr("./src") }] },
    secrets: [secret("s", { file: pathOr("./s.txt") })],
    configs: [config("c", { file: pathOr("./c.conf") }).at("/c.conf")],
  }),
]);

const COMPOSE = `name: shop
services:
  a:
    image: x
    build: {context: "\${DATA:-./ctx}", additional_contexts: {more: "\${DATA-more}"}}
    env_file: [{path: "\${DATA:-./vars}.env", required: false}]
    label_file: "\${LABELS:-./labels}"
    volumes:
      - "\${DATA:-./data}:/data"
      - {type: bind, source: "\${DATA:-d}", target: /d}
      - "./sub/\${DATA:-a/../b}/../c:/c"
      - named:/named
      - bound:/bound
      - unnamed:/unnamed
      - options:/options
      - maybe:/maybe
    develop: {watch: [{action: rebuild, path: "\${DATA:-./src}"}]}
    secrets: [s]
    configs: [c]
volumes:
  named: {driver: local, driver_opts: {type: none, o: bind, device: named}}
  bound: {driver: local, driver_opts: {type: none, o: bind, device: "\${DATA:-./bound}"}}
  unnamed: {driver_opts: {type: none, o: bind, device: ./unnamed}}
  options: {driver: local, driver_opts: {type: none, o: "bind,ro", device: ./options}}
  maybe: {driver: "\${DRIVER:-local}", driver_opts: {type: none, o: "\${O:-bind}", device: ./maybe}}
secrets: {s: {file: "\${DATA:-./s.txt}"}}
configs: {c: {file: "\${DATA:-./c.conf}"}}
`;

/** No path of these begins with a variable. */
const HIDDEN = [
  'services: {a: {image: x, volumes: ["./sub/${DATA:-a/../b}/../c:/c"]}}\n',
  "services: {a: {image: x, volumes: [v:/v]}}\nvolumes: {v: {driver: local, driver_opts: {o: '${O:-bind}', device: ./v}}}\n",
  "services: {a: {image: x, volumes: [v:/v]}}\nvolumes: {v: {driver_opts: {o: bind, device: ./v}}}\n",
];

describe.skipIf(!isComposeThere())("where a variable says a path, Docker Compose looks from the folder of the source", () => {
  const values = [undefined, "./x", "../x", "x", "/abs/x"];

  test.each(values)("for a stack in TypeScript: DATA=%s", (DATA) => {
    const root = folderWith({ "stacks/shop/labels": "" });
    const [beside, generated] = ["stacks/shop", "generated/shop"].map((folder) => composeFile(SHOP, root, folder)) as [string, string];
    // What Compose makes of a file that lies where the stack does.
    expect(firstDifference(understood(beside, { DATA }), understood(generated, { DATA }))).toBeUndefined();
  });

  test.each(values)("for a Compose file: DATA=%s", (DATA) => {
    const root = folderWith({ "stacks/shop/labels": "", "stacks/shop/compose.yaml": COMPOSE });
    const original = join(root, "stacks/shop/compose.yaml");
    const generated = composeFile(readCompose(original, { environment: {} }), root, "generated/shop");
    expect(firstDifference(understood(original, { DATA }), understood(generated, { DATA }))).toBeUndefined();
  });

  test.each(HIDDEN)("%s", (text) => {
    const root = folderWith({ "stacks/shop/compose.yaml": text });
    const original = join(root, "stacks/shop/compose.yaml");
    const generated = composeFile(readCompose(original, { environment: {} }), root, "generated/shop");
    for (const DATA of values) expect(firstDifference(understood(original, { DATA }), understood(generated, { DATA }))).toBeUndefined();
  });
});

test("what every path says itself needs no file beside compose.yaml", () => {
  const plain = checkStack(stack("shop", [service("a", { image: "x", volumes: ["./a:/a"], envFile: interpolate`./${env("STAGE")}.env` })]));
  expect(emitStack(plain, LAYOUT).map(({ path }) => path)).toEqual(["compose.yaml"]);
});

/** Emits a stack into a folder of a project. */
function composeFile(subject: Stack, root: string, folder: string): string {
  const outputFolder = join(root, folder);
  const layout = { stackFolder: join(root, "stacks/shop"), outputFolder, root, source: "stack.ts" };
  for (const { path, text } of emitStack(checkStack(subject), layout)) {
    mkdirSync(dirname(join(outputFolder, path)), { recursive: true });
    writeFileSync(join(outputFolder, path), text);
  }
  return join(outputFolder, "compose.yaml");
}

function understood(file: string, variables: NodeJS.ProcessEnv): unknown {
  const env = { PATH: process.env["PATH"], HOME: "/home/somebody", ...variables };
  return JSON.parse(
    execFileSync("docker", ["compose", "--file", file, "config", "--format", "json"], { env, encoding: "utf8", stdio: "pipe" }),
  );
}
