import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { copyOfProject } from "../fixture-projects.ts";
import { runCli } from "../run-cli.ts";
import { writeTree } from "../temporary-folder.ts";

const WRONG = `import { service, stack } from "stackwright";
const a = service("a", { image: "x", ports: ["8080:80"] });
const b = service("b", { image: "x", ports: ["8080:80"] });
const c = service("c", {});
export default stack("wrong", [a, b, c]);
`;

async function wrongProject(): Promise<string> {
  const cwd = copyOfProject("simple");
  await writeTree(cwd, { "stacks/wrong/stack.ts": WRONG });
  return cwd;
}

describe("check", () => {
  it("exits 0 where nothing is found", async () => {
    const { exitCode, stdout } = await runCli(["check"], { cwd: copyOfProject("simple") });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("one: 1 service");
    expect(stdout).toContain("zwei: 1 service");
  });

  it("exits 1 with every finding, each with its place, and still looks at the other stacks", async () => {
    const { exitCode, stdout } = await runCli(["check"], { cwd: await wrongProject() });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/stacks\/wrong\/stack\.ts:3:\d+ +b\.ports/);
    expect(stdout).toMatch(/stacks\/wrong\/stack\.ts:4:\d+ +c /);
    expect(stdout).toContain("one: 1 service");
  });

  it("looks only at the stack that is named", async () => {
    expect((await runCli(["check", "one"], { cwd: await wrongProject() })).exitCode).toBe(0);
  });

  it("tells its findings in JSON", async () => {
    const { exitCode, stdout } = await runCli(["check", "--json"], { cwd: await wrongProject() });
    expect(exitCode).toBe(1);
    const results = JSON.parse(stdout) as { stack: string; issues: { path: string; severity: string }[] }[];
    expect(
      results.map(({ stack, issues }) => [stack, issues.flatMap(({ path, severity }) => (severity === "error" ? path : [])).sort()]),
    ).toEqual([
      ["one", []],
      ["zwei", []],
      ["wrong", ["b.ports", "c"]],
    ]);
  });

  const COMPOSE = `services:
  db:
    image: acme/db:1
    restart: always
    # A comment, to be kept apart from the next one.
    healthcheck:
      test: x
      retries: 0
`;

  it("fails on warnings only where more are found than allowed", async () => {
    const cwd = copyOfProject("simple");
    await writeTree(cwd, { "compose.yaml": COMPOSE });
    expect((await runCli(["check", "compose.yaml"], { cwd })).exitCode).toBe(0);
    expect((await runCli(["check", "compose.yaml", "--max-warnings", "0"], { cwd })).exitCode).toBe(1);
    expect((await runCli(["check", "compose.yaml", "--quiet"], { cwd })).stdout).not.toContain("zero-timing");
  });

  it("shows the line of the source with a caret, and why it hurts", async () => {
    const cwd = copyOfProject("simple");
    await writeTree(cwd, { "compose.yaml": COMPOSE });
    const { stdout } = await runCli(["check", "compose.yaml"], { cwd });
    expect(stdout).toContain(
      'warning  compose.yaml:8:7  db.healthcheck.retries  "retries" is 0, which Docker takes for its own default, 3  zero-timing',
    );
    expect(stdout).toContain("  8 |       retries: 0\n    |       ^\n");
    expect(stdout).toContain("docs/rules.md#zero-timing");
  });

  it("shows no line in which a secret stands: not for it, not for the next one, not where nobody asks for it", async () => {
    const cwd = copyOfProject("simple");
    const compose = `services:
  db:
    image: mysql
    environment:
      MYSQL_ROOT_PASSWORD: hunter22
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-phunter22"]
    ports: ["3306:3306"]
`;
    await writeTree(cwd, { "compose.yaml": compose });
    const outputs = [await runCli(["check", "compose.yaml"], { cwd })];
    expect(outputs[0]?.stdout).toContain("  7 | (not shown: a secret stands here)\n  8 |     ports:");
    const off = `import { defineConfig } from "stackwright";\nexport default defineConfig({ rules: { "secret-in-environment": "off", "secret-in-probe": "off" } });\n`;
    await writeTree(cwd, { "stackwright.config.ts": off });
    for (const more of [[], ["--quiet"], ["--json"], ["--format", "sarif"], ["--format", "github"], ["--fix-dry-run"]])
      outputs.push(await runCli(["check", "compose.yaml", ...more], { cwd }));
    for (const { all } of outputs) expect(all).not.toContain("hunter22");
  });

  it("obeys stackwright.config.ts of the project", async () => {
    const cwd = copyOfProject("simple");
    const config = (rules: string) => `import { defineConfig } from "stackwright";\nexport default defineConfig({ rules: ${rules} });\n`;
    await writeTree(cwd, { "compose.yaml": COMPOSE, "stackwright.config.ts": config('{ "zero-timing": "off" }') });
    expect((await runCli(["check", "compose.yaml", "--max-warnings", "0"], { cwd })).stdout).not.toContain("zero-timing");
    await writeTree(cwd, { "stackwright.config.ts": config('{ "zero-timming": "off" }') });
    const { exitCode, stderr } = await runCli(["check", "compose.yaml"], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('there is no rule "zero-timming"; did you mean "zero-timing"?');
  });

  it("judges a Dockerfile alone", async () => {
    const cwd = copyOfProject("simple");
    await writeTree(cwd, { "api/Dockerfile": "FROM nginx\nHEALTHCHECK NONE\nHEALTHCHECK CMD true\n" });
    const { exitCode, stdout } = await runCli(["check", "api/Dockerfile"], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("api/Dockerfile:2:1");
    expect(stdout).toContain("multiple-healthcheck");
  });

  it("annotates on GitHub Actions, or where it is asked to", async () => {
    const cwd = copyOfProject("simple");
    await writeTree(cwd, { "compose.yaml": COMPOSE });
    const annotation = /^::warning file=compose\.yaml,line=8,col=7,title=zero-timing::db\.healthcheck\.retries: "retries" is 0/m;
    expect((await runCli(["check", "compose.yaml", "--format", "github"], { cwd })).stdout).toMatch(annotation);
    const told = async (GITHUB_ACTIONS: string) => (await runCli(["check", "compose.yaml"], { cwd, env: { GITHUB_ACTIONS } })).stdout;
    expect(await told("true")).toMatch(annotation);
    expect(await told("1")).toMatch(annotation);
    expect(await told("false")).not.toMatch(annotation);
  });

  it("tells SARIF, with what is allowed as suppressed", async () => {
    const cwd = copyOfProject("simple");
    const allowed = COMPOSE.replace("retries: 0", "retries: 0 # stackwright: allow zero-timing -- the default");
    await writeTree(cwd, { "compose.yaml": allowed });
    const { stdout } = await runCli(["check", "compose.yaml", "--format", "sarif"], { cwd });
    const log = JSON.parse(stdout);
    expect(log).toMatchObject({ version: "2.1.0", runs: [{ tool: { driver: { name: "Stackwright" } } }] });
    const [{ tool, results }] = log.runs;
    const [result] = results.filter(({ ruleId }: { ruleId: string }) => ruleId === "zero-timing");
    expect(tool.driver.rules[result.ruleIndex].id).toBe("zero-timing");
    expect(result).toMatchObject({
      level: "warning",
      message: { text: expect.stringContaining("retries") },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "compose.yaml", uriBaseId: "ROOT" }, region: { startLine: 8, startColumn: 7 } },
          logicalLocations: [{ fullyQualifiedName: "db.healthcheck.retries" }],
        },
      ],
      suppressions: [{ kind: "inSource", justification: "the default" }],
    });
  });

  it("finds what can't be read, at its place, and still looks at the rest", async () => {
    const cwd = copyOfProject("simple");
    await writeTree(cwd, { "a.yaml": "services:\n  a: [\n", "compose.yaml": COMPOSE });
    const { exitCode, stdout } = await runCli(["check", "a.yaml", "compose.yaml"], { cwd });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^error {2}a\.yaml:\d+:\d+ {2}is not YAML: .* {2}invalid-yaml$/m);
    expect(stdout).toContain("zero-timing");
  });
});

describe("check of Dockerfiles that generate would refuse", () => {
  const stackText = `import { inDockerfile, probe, service, stack } from "stackwright";
const page = probe.http({ port: 80 });
export default stack("made", [
  service("empty", { build: "./empty", healthcheck: inDockerfile(page) }),
  service("latin", { build: "./latin", healthcheck: inDockerfile(page) }),
  service("absent", { build: "./absent", healthcheck: inDockerfile(page) }),
  service("target", { build: { context: "./empty", target: "none" }, healthcheck: inDockerfile(page) }),
  service("right", { build: "./right", healthcheck: inDockerfile(page) }),
]);
`;
  const files = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
    "stacks/made/stack.ts": stackText,
    "stacks/made/empty/Dockerfile": "FROM scratch\nCOPY x /x\n",
    "stacks/made/right/Dockerfile": "FROM alpine:3\nCMD httpd -f\n",
    ...more,
  });

  /** Where an attribute of a service stands. */
  const at = (name: string, attribute: string): string => {
    const lines = stackText.split("\n");
    const line = lines.findIndex((each) => each.includes(`service("${name}"`));
    return `stack.ts:${line + 1}:${(lines[line] ?? "").indexOf(`${attribute}:`) + 1}`;
  };

  it("tells them all, each once and at its place", async () => {
    const cwd = copyOfProject("empty");
    await writeTree(cwd, files({}));
    mkdirSync(join(cwd, "stacks/made/latin"));
    writeFileSync(join(cwd, "stacks/made/latin/Dockerfile"), Buffer.from("FROM alpine:3\n# caf\xe9\n", "latin1"));
    const { exitCode, stdout } = await runCli(["check", "--json"], { cwd });
    expect(exitCode).toBe(1);
    const [{ issues }] = JSON.parse(stdout) as [{ issues: { severity: string; rule: string; path: string; source: string }[] }];
    const errors = issues.filter(({ severity }) => severity === "error");
    expect(errors.map(({ rule, path, source }) => `${rule} ${path} ${source.replace(`${cwd}/stacks/made/`, "")}`).toSorted()).toEqual(
      [
        "dockerfile-not-generable  latin/Dockerfile:2:1",
        `dockerfile-not-generable empty.healthcheck ${at("empty", "healthcheck")}`,
        `missing-build-file absent.build.context ${at("absent", "build")}`,
        `unknown-build-target target.build.target ${at("target", "target")}`,
      ].toSorted(),
    );
  });

  it("and generate names those of all services at once, at the same places", async () => {
    const cwd = copyOfProject("empty");
    await writeTree(cwd, files({ "stacks/made/latin/Dockerfile": "FROM alpine:3\n", "stacks/made/absent/Dockerfile": "FROM alpine:3\n" }));
    const { exitCode, stderr } = await runCli(["generate"], { cwd });
    expect(exitCode).toBe(2);
    const places = stderr.split("\n").flatMap((line) => /^error {2}stacks\/made\/(\S+) {2}(\S+)/.exec(line)?.slice(1).join(" ") ?? []);
    expect(places).toEqual([`${at("empty", "healthcheck")} empty.healthcheck`, `${at("target", "healthcheck")} target.healthcheck`]);
  });

  it.each([
    ['.cmd("httpd -f\\nhttpd -v")', "from().cmd.command"],
    ['.run("cat <<EOF")', "from().run.command"],
    ['.copy("<<EOF", "/a")', "from().copy.source"],
    [".healthcheck(page)", "from().healthcheck"],
  ])("and what a described one can't carry is told at its call, by both in the same words: %s", async (call, path) => {
    const cwd = copyOfProject("empty");
    const text = `import { from, probe, service, stack } from "stackwright";
const page = probe.http({ port: 80 });
const checked = from("alpine:3").healthcheck(page);
const dockerfile = checked${call};
export default stack("made", [service("a", { build: { dockerfile } })]);
`;
    await writeTree(cwd, { "stacks/made/stack.ts": text });
    const said = async (command: string): Promise<string | undefined> =>
      /^error {2}stacks.*$/m.exec((await runCli([command], { cwd })).all)?.[0];
    const generated = await said("generate");
    expect(generated).toContain(`error  stacks/made/stack.ts:4:28  ${path}  `);
    expect(await said("check")).toBe(`${generated}  invalid-attribute`);
  });
});
