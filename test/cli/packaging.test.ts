import { rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptFolder, writeTree } from "../temporary-folder.ts";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
const TSC = join(REPOSITORY, "node_modules/typescript/bin/tsc");

const STACK = `import { probe, service, stack, type Stack } from "stackwright";

const api = service("api", { image: "node:22-slim", healthcheck: probe.http({ port: 8080 }) });
const web = service("web", { image: "busybox:1.37", dependsOn: [api.healthy()] });

const shop: Stack = stack("shop", [web]);
export default shop;
`;

const TSCONFIG = {
  compilerOptions: { module: "nodenext", target: "es2023", strict: true, noEmit: true, skipLibCheck: false, types: [] },
  include: ["stacks"],
};

describe("the packed package, installed into an empty project", () => {
  const project = keptFolder();

  beforeAll(async () => {
    // Without scripts: the build is there, and others are using it.
    const { stdout } = await execa("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", project], { cwd: REPOSITORY });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await writeTree(project, {
      "package.json": '{ "name": "empty", "private": true, "type": "module" }',
      "stacks/shop/stack.ts": STACK,
      "tsconfig.json": JSON.stringify(TSCONFIG),
    });
    await execa("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", `./${filename}`], { cwd: project });
  }, 120_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  const npx = (...args: readonly string[]) => execa("npx", ["--no-install", "stackwright", ...args], { cwd: project, reject: false });

  it("lists the project's stacks", async () => {
    const { exitCode, stdout } = await npx("list", "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual([{ name: "shop", module: join(project, "stacks/shop/stack.ts"), services: ["api", "web"] }]);
  }, 30_000);

  it("generates its Compose file", async () => {
    const { exitCode } = await npx("generate", "shop");
    expect(exitCode).toBe(0);
    expect(await readFile(join(project, "generated/shop/compose.yaml"), "utf8")).toContain("condition: service_healthy");
  }, 30_000);

  it("says the version of the package", async () => {
    const { version } = JSON.parse(await readFile(join(REPOSITORY, "package.json"), "utf8")) as { version: string };
    expect((await npx("--version")).stdout).toBe(version);
  }, 30_000);

  it("has types that fit the stack", async () => {
    const { exitCode, stdout } = await execa(process.execPath, [TSC, "-p", project], { cwd: project, reject: false });
    expect(stdout).toBe("");
    expect(exitCode).toBe(0);
  }, 60_000);

  it("has types that catch a misspelt attribute", async () => {
    await writeTree(project, { "wrong/stack.ts": STACK.replace("dependsOn", "depends_on") });
    await writeTree(project, { "wrong/tsconfig.json": JSON.stringify({ ...TSCONFIG, include: ["."] }) });
    const { exitCode, stdout } = await execa(process.execPath, [TSC, "-p", join(project, "wrong")], { cwd: project, reject: false });
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain("depends_on");
  }, 60_000);

  it("contains nothing but what it needs", async () => {
    const { stdout } = await execa("npm", ["pack", "--ignore-scripts", "--json", "--dry-run"], { cwd: REPOSITORY });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    expect(paths).toContain("dist/start/main.cjs");
    expect(paths).toContain("dist/index.d.ts");
    expect(paths.filter((path) => !/^(dist\/|docs\/|package\.json$|[A-Z]+(\.md)?$)/.test(path))).toEqual([]);
  }, 30_000);
});
