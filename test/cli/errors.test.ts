import { existsSync } from "node:fs";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { copyOfProject, fixtureProject } from "../fixture-projects.ts";
import { CLI, runCli, stackTraceIn, startCli } from "../run-cli.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const NO_ENGINE = { DOCKER_HOST: "unix:///nonexistent.sock" };

describe("a wrong command line exits 2, says what is wrong and shows no stack trace", () => {
  it.each([
    ["an unknown command", ["lanuch"], "lanuch"],
    ["an unknown option", ["list", "--colour"], "--colour"],
    ["no command", [], "Usage"],
    ["a command without its stack", ["up"], "stack"],
    ["an unknown stack", ["up", "three"], "one, zwei"],
    ["a path that is not there", ["plan", "./stacks/three"], "./stacks/three"],
    ["a timeout that is none", ["up", "one", "--timeout", "soon"], "soon"],
    ["a timeout without an end", ["up", "one", "--timeout", "0s"], "0s"],
    ["a negative timeout", ["up", "one", "--timeout=-5"], "-5"],
    ["an empty timeout", ["wait", "one", "--timeout", ""], "timeout"],
    ["an unknown way to pull", ["up", "one", "--pull", "sometimes"], "sometimes"],
    ["an unknown service", ["wait", "one", "wep"], 'did you mean "web"'],
    ["a folder that is not there", ["list", "--cwd", "/nonexistent/folder"], "/nonexistent/folder"],
  ])("%s", async (_, args, expected) => {
    const { exitCode, stderr, all } = await runCli(args, { cwd: fixtureProject("simple"), env: NO_ENGINE });
    expect(all).toContain(expected);
    expect(stackTraceIn(all)).toEqual([]);
    expect(stderr).not.toBe("");
    expect(exitCode).toBe(2);
  });
});

describe("a stack's module that can't be loaded exits 2, is named and shows no stack trace", () => {
  it.each(["no-default", "wrong-default", "throws", "syntax-error", "missing-import", "refused", "circular"])("%s", async (name) => {
    const { exitCode, stdout, stderr } = await runCli(["plan", `stacks/${name}`], { cwd: fixtureProject("broken"), env: NO_ENGINE });
    expect(stderr).toContain(`stacks/${name}/`);
    expect(stackTraceIn(stderr)).toEqual([]);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });
});

describe("a function of the DSL that is given what it does not accept exits 2 with the place of what is wrong", () => {
  it.each([
    ["probe.http({ prot: 80 })", '2:35  probe.http.prot  is not an option; did you mean "port"?'],
    ["from('x').copy('a', 'b', { form: 1 })", '2:49  from().copy.form  is not an option; did you mean "from"?'],
    ["startAfter([needs.tcp('db', 5432)], [], { retrys: 3 })", '2:64  startAfter.retrys  is not an option; did you mean "retries"?'],
    ["image('x', { has: 'curl' })", '2:35  image.has  "curl" is not a list of programs'],
    ["needs.tcp({ hst: 'db' })", "2:22  needs.tcp.host  this object is not an address or a host name"],
  ])("%s", async (call, message) => {
    const cwd = temporaryFolder();
    const module = `import { from, image, needs, probe, stack, startAfter } from "stackwright";\nexport const wrong = ${call};\nexport default stack("shop", []);\n`;
    await writeTree(cwd, { "package.json": '{ "type": "module" }', "stacks/shop/stack.mjs": module });
    const { exitCode, stderr } = await runCli(["generate", "shop"], { cwd });
    expect(stderr).toContain(`stacks/shop/stack.mjs:${message}`);
    expect(stackTraceIn(stderr)).toEqual([]);
    expect(exitCode).toBe(2);
  });
});

describe("a stack's module that would end the command before it is done exits 2 and says so", () => {
  const upWith = async (module: string) => {
    const cwd = temporaryFolder();
    await writeTree(cwd, { "package.json": '{ "type": "module" }', "stacks/shop/stack.ts": module });
    return runCli(["up", "shop"], { cwd, env: NO_ENGINE });
  };

  it.each([
    ["ends the process", "process.exit(0);", "the module calls process.exit(0), which would end the command (throw an error instead)"],
    [
      "ends the process a moment later",
      "setTimeout(() => process.exit(), 1); await new Promise(() => {});",
      "the module calls process.exit(), which would end the command (throw an error instead)",
    ],
    [
      "throws a moment later",
      'setTimeout(() => { throw new Error("too late"); }, 1); await new Promise(() => {});',
      "the module can't be loaded: too late",
    ],
    ["awaits for ever", "await new Promise(() => {});", "the module awaits, at its top level, what never happens"],
  ])("%s", async (_, module, message) => {
    const { exitCode, stdout, stderr } = await upWith(module);
    // At the line's text, or without a place in the module.
    expect(stderr).toMatch(/^error {2}stacks\/shop\/stack\.ts(:1:([1-9]|[1-5]\d))? {2}/);
    expect(stderr).toContain(message);
    expect(stderr.split("\n")).toHaveLength(1);
    expect(stdout).toBe("");
    expect(exitCode).toBe(2);
  });
});

describe("a stack's module that awaits what takes its time", () => {
  it("is named while it does, and not ended", async () => {
    const cwd = temporaryFolder();
    const slow = "setInterval(() => {}, 1000); await new Promise(() => {});";
    await writeTree(cwd, { "package.json": '{ "type": "module" }', "stacks/shop/stack.ts": slow });
    const running = startCli(["generate"], { cwd, env: NO_ENGINE });
    for await (const line of running.iterable({ from: "stderr" })) {
      expect(line).toBe("still loading stacks/shop/stack.ts: what is awaited there at the top level has not happened yet");
      running.kill("SIGINT");
    }
    expect((await running).signal).toBe("SIGINT");
  });
});

describe("an unknown stack", () => {
  it.each([
    ["is looked for among the folders", "folder", 'there is no stack "folder"; did you mean "shop", the stack of stacks/folder/stack.ts?'],
    ["is looked for among near names", "shpo", 'there is no stack "shpo"; did you mean "shop"?'],
    ["is near to nothing", "warehouse", 'there is no stack "warehouse" (found: shop;'],
  ])("%s", async (_, name, message) => {
    const cwd = temporaryFolder();
    const module = 'import { service, stack } from "stackwright"; export default stack("shop", [service("a", { image: "x" })]);';
    await writeTree(cwd, { "package.json": '{ "type": "module" }', "stacks/folder/stack.ts": module });
    const { exitCode, stderr } = await runCli(["down", name], { cwd, env: NO_ENGINE });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

describe("output that can't be written", () => {
  const shell = (command: string) => execa("bash", ["-o", "pipefail", "-c", command], { cwd: fixtureProject("simple"), reject: false });
  const list = `"${process.execPath}" "${CLI}" list`;

  it("is no error where its reader has gone", async () => {
    const { exitCode, stderr } = await shell(`${list} | true`);
    expect([exitCode, stderr]).toEqual([0, ""]);
  });

  it("changes no exit code where its reader has gone", async () => {
    const { exitCode } = await shell(`"${process.execPath}" "${CLI}" plan nowhere --json 2>&1 | true`);
    expect(exitCode).toBe(2);
  });

  it.runIf(existsSync("/dev/full"))("exits 2 with one line where the disk is full", async () => {
    const { exitCode, stderr } = await shell(`${list} > /dev/full`);
    expect(stderr).toMatch(/^error {2}the output can't be written: ENOSPC[^\n]*$/);
    expect(exitCode).toBe(2);
  });
});

describe("without an engine", () => {
  it.each([["up"], ["wait"], ["status"], ["down"]])("%s exits 6 and says where to look, without a stack trace", async (command) => {
    const { exitCode, stdout, stderr } = await runCli([command, "one"], { cwd: copyOfProject("simple"), env: NO_ENGINE });
    expect(exitCode).toBe(6);
    expect(stderr).toContain("DOCKER_HOST");
    expect(stackTraceIn(stderr)).toEqual([]);
    expect(stdout).toBe("");
  });

  it.each([["up"], ["wait"], ["status"], ["down"]])("%s exits 6 where there is no docker command either", async (command) => {
    const env = { DOCKER_HOST: "ssh://me@nonexistent.invalid", PATH: "/nonexistent" };
    const { exitCode, stderr } = await runCli([command, "one"], { cwd: copyOfProject("simple"), env });
    expect(stackTraceIn(stderr)).toEqual([]);
    expect(exitCode).toBe(6);
  });

  it.each([["list"], ["generate"], ["check"]])("%s works", async (command) => {
    const { exitCode } = await runCli([command], { cwd: copyOfProject("simple"), env: NO_ENGINE });
    expect(exitCode).toBe(0);
  });

  it("compose exits 6 where there is no docker command", async () => {
    const { exitCode, stderr } = await runCli(["compose", "one", "--", "ps"], {
      cwd: copyOfProject("simple"),
      env: { PATH: "/nonexistent" },
    });
    expect(stackTraceIn(stderr)).toEqual([]);
    expect(exitCode).toBe(6);
  });
});

describe("with --json an error is one JSON document on stdout as well", () => {
  const failing: [title: string, args: readonly string[], code: string, exitCode: number, says: RegExp][] = [
    ...["generate", "check", "plan", "rehearse", "up", "wait", "explain", "logs", "restart", "status", "down", "compose"].map(
      (command): [string, string[], string, number, RegExp] => [command, [command, "nowhere"], "usage", 2, /there is no stack "nowhere"/],
    ),
    ["exec", ["exec", "nowhere", "web", "true"], "usage", 2, /there is no stack "nowhere"/],
    ["probe", ["probe", "nginx:1", "postgress"], "usage", 2, /did you mean "postgres"/],
    ["list of a broken project", ["list", "--cwd", fixtureProject("broken")], "invalid-stack", 2, /./],
    ["an unknown option", ["up", "one", "--colour"], "usage", 2, /--colour/],
    ["a number of lines that is none", ["logs", "one", "--tail", "-3"], "usage", 2, /"-3" is not a number/],
    ["a time that is none", ["logs", "one", "--since", "yesterday"], "usage", 2, /"yesterday" is not a time/],
    ["a replica that is none", ["exec", "one", "web", "--index", "0", "true"], "usage", 2, /the first replica is 1/],
    ["an unknown command", ["lanuch"], "usage", 2, /lanuch/],
    ["a command without its stack", ["up"], "usage", 2, /stack/],
    ["no engine", ["up", "one"], "no-engine", 6, /Docker/],
  ];
  it.each(failing)("%s", async (_, args, code, exitCode, says) => {
    const result = await runCli([...args, "--json"], { cwd: copyOfProject("simple"), env: NO_ENGINE });
    const error = JSON.parse(result.stdout) as { type: string; code: string; issues: { message: string }[] };
    expect(error).toMatchObject({ type: "error", code });
    expect(error.issues.map(({ message }) => message).join("\n")).toMatch(says);
    expect(result.exitCode).toBe(exitCode);
  });

  it("and not where what follows -- is for another program", async () => {
    const { stdout } = await runCli(["exec", "nowhere", "web", "--", "ls", "--json"], { cwd: copyOfProject("simple"), env: NO_ENGINE });
    expect(stdout).toBe("");
  });
});

describe("required variables", () => {
  const STACK = `import { env, secret, service, stack } from "stackwright";
const token = secret("token", { environment: "SHOP_TOKEN" });
export default stack("shop", [service("api", {
  image: "x",
  environment: { KEY: env("SHOP_KEY"), LEVEL: env("SHOP_LEVEL", { default: "info" }), HINT: env("SHOP_HINT", { optional: true }) },
  secrets: [token],
})]);
`;
  const up = async (env: Record<string, string>, dotEnv?: string) => {
    const cwd = temporaryFolder();
    await writeTree(cwd, { "stacks/shop/stack.ts": STACK, ...(dotEnv === undefined ? {} : { "stacks/shop/.env": dotEnv }) });
    return runCli(["up", "shop"], { cwd, env: { ...NO_ENGINE, ...env } });
  };

  it("that are not set are all named, before an engine is looked for", async () => {
    const { exitCode, stderr } = await up({});
    expect(exitCode).toBe(2);
    expect(stderr).toContain("SHOP_KEY");
    expect(stderr).toContain("SHOP_TOKEN");
    expect(stderr).not.toMatch(/SHOP_LEVEL|SHOP_HINT|Docker Engine/);
  });

  it("that are empty count as not set", async () => {
    const { exitCode, stderr } = await up({ SHOP_KEY: "", SHOP_TOKEN: "t" });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("SHOP_KEY");
    expect(stderr).not.toContain("SHOP_TOKEN");
  });

  it("may come from the shell and from .env beside the stack", async () => {
    expect((await up({ SHOP_KEY: "k" }, "SHOP_TOKEN=t\n")).exitCode).toBe(6);
  });
});

describe("help and version", () => {
  it("exit 0", async () => {
    const help = await runCli(["--help"], { cwd: "/" });
    expect([help.exitCode, help.stderr]).toEqual([0, ""]);
    for (const command of ["list", "generate", "check", "plan", "up", "wait", "status", "down", "compose"]) {
      expect(help.stdout).toContain(`  ${command} `);
    }
    expect((await runCli(["up", "--help"], { cwd: "/" })).exitCode).toBe(0);
    const version = await runCli(["--version"], { cwd: "/" });
    expect([version.exitCode, version.stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+/)]);
  });
});
