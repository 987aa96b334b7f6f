import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const WRONG = "services:\n  web:\n    build: .\n    healthcheck:\n      test: curl http://127.0.0.1/ # why\n";
const RIGHT = WRONG.replace("curl", "curl -f");
const DOCKERFILE = "FROM nginx:1.29\nHEALTHCHECK CMD one\nHEALTHCHECK CMD curl http://127.0.0.1/\n";
const MENDED = "FROM nginx:1.29\nHEALTHCHECK CMD curl -f http://127.0.0.1/\n";

async function project(): Promise<{ cwd: string; read: (name: string) => string }> {
  const cwd = temporaryFolder();
  await writeTree(cwd, { "compose.yaml": WRONG, Dockerfile: DOCKERFILE });
  return { cwd, read: (name) => readFileSync(join(cwd, name), "utf8") };
}

describe("check --fix", () => {
  it("mends the Compose file and the Dockerfiles of its services, says what, and finds less", async () => {
    const { cwd, read } = await project();
    const strict = ["check", "compose.yaml", "--quiet", "--max-warnings", "0"];
    expect((await runCli(strict, { cwd })).exitCode).toBe(1);
    const { stdout, exitCode } = await runCli([...strict, "--fix"], { cwd });
    expect(stdout).toMatch(/^fixed {2}compose\.yaml:5:7 {2}web\.healthcheck\.test {2}gives curl -f/m);
    expect(stdout).toMatch(/^fixed {2}Dockerfile:2:1 .* multiple-healthcheck$/m);
    expect([read("compose.yaml"), read("Dockerfile"), exitCode]).toEqual([RIGHT, MENDED, 0]);
    const again = await runCli(["check", "compose.yaml", "--quiet", "--fix"], { cwd });
    expect([read("compose.yaml"), read("Dockerfile"), again.stdout.includes("fixed")]).toEqual([RIGHT, MENDED, false]);
  });

  it("only shows it with --fix-dry-run", async () => {
    const { cwd, read } = await project();
    const { stdout, exitCode } = await runCli(["check", "Dockerfile", "--quiet", "--fix-dry-run"], { cwd });
    expect(stdout).toContain("would fix  Dockerfile:2:1");
    expect(stdout).toContain(
      "    - HEALTHCHECK CMD one\n    - HEALTHCHECK CMD curl http://127.0.0.1/\n    + HEALTHCHECK CMD curl -f http://127.0.0.1/\n",
    );
    expect([read("compose.yaml"), read("Dockerfile"), exitCode]).toEqual([WRONG, DOCKERFILE, 0]);
  });

  it("says what is left, and why", async () => {
    const { cwd } = await project();
    await writeTree(cwd, { "compose.yaml": WRONG.replace("    build: .", '    image: "nginx"') });
    const { stdout } = await runCli(["check", "compose.yaml", "--fix"], { cwd });
    expect(stdout).toMatch(/^left {2}compose\.yaml {2}\d+ findings?, nothing mends it without a doubt: .*image-unpinned/m);
    expect((await runCli(["check", "compose.yaml"], { cwd })).stdout).not.toMatch(/^left/m);
  });

  it("shows no secret that stands beside what it mends", async () => {
    const { cwd } = await project();
    const text = `services:
  web:
    build: .
    environment:
      DB_PASSWORD: hunter22
    healthcheck:
      test: curl http://127.0.0.1/
`;
    await writeTree(cwd, { "compose.yaml": text });
    const { stdout } = await runCli(["check", "compose.yaml", "--fix-dry-run"], { cwd });
    expect(stdout).toContain("+       test: curl -f http://127.0.0.1/");
    expect(stdout).toContain("(not shown: a secret stands here)");
    expect(stdout).not.toContain("hunter22");
  });

  it("keeps the mode of a file, follows a link, and leaves nothing beside it", async () => {
    const { cwd, read } = await project();
    chmodSync(join(cwd, "compose.yaml"), 0o640);
    symlinkSync("compose.yaml", join(cwd, "linked.yaml"));
    await runCli(["check", "linked.yaml", "--fix"], { cwd });
    expect(read("compose.yaml")).toBe(RIGHT);
    expect(statSync(join(cwd, "compose.yaml")).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(cwd, "linked.yaml")).isSymbolicLink()).toBe(true);
    expect(readdirSync(cwd).toSorted()).toEqual(["Dockerfile", "compose.yaml", "linked.yaml"]);
  });

  it("tells JSON what is left, and beside it what was mended", async () => {
    const { cwd } = await project();
    const { stdout, stderr } = await runCli(["check", "Dockerfile", "--fix", "--json"], { cwd });
    const [{ issues }] = JSON.parse(stdout) as [{ issues: { rule: string }[] }];
    expect(issues.map(({ rule }) => rule)).not.toContain("curl-without-fail");
    expect(stderr).toContain("gives curl -f");
  });

  it("never writes a module in TypeScript", async () => {
    const { cwd, read } = await project();
    const text = `import { service, stack } from "stackwright";\nexport default stack("s", [service("a", { image: "nginx:1.29", healthcheck: { test: ["CMD", "curl", "http://127.0.0.1/"] } })]);\n`;
    await writeTree(cwd, { "stack.ts": text });
    const { stdout } = await runCli(["check", "stack.ts", "--fix"], { cwd });
    expect(stdout).toMatch(
      /^left {2}stack\.ts {2}1 finding, --fix edits Compose files and Dockerfiles, and no modules: curl-without-fail/m,
    );
    expect(read("stack.ts")).toBe(text);
    const asJson = await runCli(["check", "stack.ts", "--fix", "--json"], { cwd });
    expect(asJson.stderr).toContain("left  stack.ts");
    expect(() => JSON.parse(asJson.stdout)).not.toThrow();
  });
});
