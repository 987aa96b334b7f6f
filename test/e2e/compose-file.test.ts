import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { keptFolder, writeTree } from "../temporary-folder.ts";
import { describeWithEngine, docker, inspect, removeAll, resultOf, statesOf } from "./engine.ts";

const COMPOSE = `services:
  web:
    build: ./web
    command: [sh, -c, "touch /tmp/ready; exec sleep 300"]
    stop_grace_period: 1s
    env_file: web.env
    security_opt: ["seccomp=profile.json"]
    environment:
      FROM_DOT_ENV: \${DOT_ENV}
    volumes:
      - ./data:/data:ro
    healthcheck:
      test: [CMD, test, -f, /tmp/ready]
      interval: 1s
    depends_on:
      seed: { condition: service_completed_successfully }
  seed:
    image: busybox:1.37
    command: ["true"]
  debug:
    image: busybox:1.37
    command: [sleep, "300"]
    stop_grace_period: 1s
    profiles: [debug]
`;

const FILES = {
  "app/.env": "DOT_ENV=from .env\n",
  "app/compose.override.yaml": "services:\n  web:\n    labels: { overridden: yes it is }\n",
  "app/data/file.txt": "from the host",
  "app/profile.json": '{ "defaultAction": "SCMP_ACT_ALLOW" }',
  "app/web.env": "FROM_ENV_FILE=from web.env\n",
  "app/web/Dockerfile": "FROM busybox:1.37\nCOPY page.txt /page.txt\n",
  "app/web/page.txt": "from the build context",
};

describeWithEngine("a Compose file of somebody else's", () => {
  it("must be launched as it is, and nothing in its folder be touched but what generate says", async ({ onTestFinished }) => {
    const folder = keptFolder();
    const name = `e2e-file-${Date.now().toString(36)}`;
    onTestFinished(async () => {
      await removeAll(name);
      rmSync(folder, { recursive: true, force: true });
    }, 90_000);
    mkdirSync(join(folder, ".git"));
    await writeTree(folder, { ...FILES, "app/compose.yaml": `name: ${name}\n${COMPOSE}` });
    const run = (...args: string[]) => runCli(args, { cwd: join(folder, "app") });
    const before = textsBelow(folder);

    const up = await run("up", ".", "--profile", "debug", "--json");
    expect([up.exitCode, statesOf(resultOf(up))]).toEqual([0, { seed: "completed", web: "healthy", debug: "running" }]);
    const { Config, HostConfig } = await inspect(`${name}-web-1`);
    expect(HostConfig.SecurityOpt).toEqual(['seccomp={"defaultAction":"SCMP_ACT_ALLOW"}']);
    expect(Config.Env).toEqual(expect.arrayContaining(["FROM_DOT_ENV=from .env", "FROM_ENV_FILE=from web.env"]));
    expect(Config.Labels).toMatchObject({ overridden: "yes it is" });
    expect(await docker("exec", `${name}-web-1`, "cat", "/data/file.txt", "/page.txt")).toBe("from the hostfrom the build context");

    // Everything is generated that up wrote, and generate says what that is.
    const generated = JSON.parse((await run("generate", ".", "--json")).stdout) as { files: { path: string; change: string }[] };
    const after = textsBelow(folder);
    const written = [...after.keys()].filter((path) => after.get(path) !== before.get(path));
    expect(generated.files.map(({ path, change }) => [path, change])).toEqual(written.map((path) => [join(folder, path), "unchanged"]));
    expect([...before.keys()].filter((path) => !after.has(path))).toEqual([]);

    expect((await run("wait", ".", "--profile", "debug", "--json")).exitCode).toBe(0);
    const down = await run("down", ".");
    expect([down.exitCode, down.stdout.split("\n").at(-1)]).toEqual([0, expect.stringMatching(new RegExp(`^${name} is down`))]);
    expect(await docker("ps", "--all", "--quiet", "--filter", `label=com.docker.compose.project=${name}`)).toBe("");
    expect(textsBelow(folder)).toEqual(after);
  });

  it("must be ready though a service ends that nobody waits for, and say so; but not one that publishes a port", async ({
    onTestFinished,
  }) => {
    const folder = keptFolder();
    const name = `e2e-ends-${Date.now().toString(36)}`;
    onTestFinished(async () => {
      await removeAll(name);
      rmSync(folder, { recursive: true, force: true });
    }, 90_000);
    const once = "  once:\n    image: busybox:1.37\n    command: [echo, done]\n";
    await writeTree(folder, {
      "once.yaml": `name: ${name}\nservices:\n${once}`,
      "server.yaml": `name: ${name}\nservices:\n${once}    ports: ["80"]\n`,
    });
    const run = (...args: string[]) => runCli(args, { cwd: folder });

    for (const command of ["up", "wait"]) {
      const { exitCode, stdout } = await run(command, "once.yaml");
      expect([exitCode, stdout]).toEqual([0, expect.stringContaining("once ended with exit code 0, and counts as completed")]);
    }
    expect((await run("status", "once.yaml")).stdout).toContain("completed");
    const up = await run("up", "server.yaml", "--json");
    expect([up.exitCode, resultOf(up).culprits]).toMatchObject([4, [{ service: "once", cause: "ended" }]]);
  });

  it.each([
    ["services: {}", "write one"],
    ["services: { web: { image: busybox:1.37, profiles: [debug] } }", "each has a profile: choose some of debug"],
  ])("must not be launched where no service takes part: %s", async (services, hint) => {
    const folder = keptFolder();
    try {
      await writeTree(folder, { "compose.yaml": `name: e2e-none\n${services}\n` });
      const { exitCode, stderr } = await runCli(["up", "."], { cwd: folder });
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining("e2e-none has no service that takes part")]);
      expect(stderr).toContain(hint);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Every file below a folder, by its path. */
function textsBelow(folder: string): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [file.slice(folder.length + 1), readFileSync(file, "utf8")]),
  );
}
