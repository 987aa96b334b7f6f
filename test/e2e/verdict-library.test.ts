import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createJiti } from "jiti";
import { afterAll, describe, expect, test, vi } from "vitest";
import { engineProxy } from "../../bench/engine-proxy.ts";
import { env, type LaunchEvent, type LaunchFailure, launch, probe, StackError, secret, service, stack, volume } from "../../src/index.ts";
import { engineAnswers, leftoversOf } from "./verdict-engine.ts";

const BOX = { image: "busybox:1.37", init: true, stopGracePeriod: "1s" } as const;
const QUICK = { interval: "300ms", retries: 3, startPeriod: "10s", startInterval: "200ms" } as const;

describe.skipIf(!engineAnswers())("launch", () => {
  afterAll(() => expect(leftoversOf("verdict-lib")).toEqual([]));

  test("the example of docs/library.md runs", async () => {
    const document = readFileSync(new URL("../../docs/library.md", import.meta.url), "utf8");
    const example = /```ts\n([\s\S]*?)```/.exec(document)?.[1] ?? "";
    expect(example).toContain("launch(shop");
    const folder = mkdtempSync(join(tmpdir(), "verdict-example-"));
    const file = join(folder, "example.mts");
    writeFileSync(file, example);
    try {
      const entry = fileURLToPath(new URL("../../src/index.ts", import.meta.url));
      await createJiti(import.meta.url, { alias: { stackwright: entry } }).import(file);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("a stack that does not become ready is an error that names the culprit, and nothing of it is left", async () => {
    const data = volume("data");
    const db = service("db", {
      ...BOX,
      command: ["sleep", "1000"],
      volumes: [data.at("/data")],
      healthcheck: probe.shell("exit 1", { ...QUICK, startPeriod: "1s" }),
    });
    const api = service("api", { ...BOX, command: ["sleep", "1000"], dependsOn: [db.healthy()] });
    const error = await launch(stack("verdict-lib-broken", [api])).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(StackError);
    const { code, issues, cause } = error as StackError;
    expect(code).toBe("not-ready");
    expect(issues[0]?.path).toBe("db");
    expect(issues[0]?.source).toMatch(/verdict-library\.test\.ts:\d+:\d+$/);
    expect(cause as LaunchFailure).toMatchObject({ verdict: "failed", victims: [{ service: "api", culprit: "db" }] });
    expect(leftoversOf("verdict-lib-broken")).toEqual([]);
  });

  test("an engine that gives no answer for a while is told of", async () => {
    const folder = mkdtempSync(join(tmpdir(), "verdict-engine-"));
    let isThere = true;
    const proxy = await engineProxy(() => isThere, { socket: join(folder, "engine.sock") });
    vi.stubEnv("DOCKER_HOST", proxy.host);
    const told: boolean[] = [];
    const enough = new AbortController();
    try {
      const web = service("web", {
        ...BOX,
        command: ["sleep", "1000"],
        healthcheck: probe.shell("exit 1", { ...QUICK, startPeriod: "80s" }),
      });
      const launched = launch(stack("verdict-lib-silence", [web]), {
        timeout: "60s",
        onEvent: ({ state }) => {
          if (state === "starting") isThere = false;
        },
        onEngine: ({ answers }) => {
          told.push(answers);
          isThere = true;
          if (answers) enough.abort(new Error("both were told"));
        },
        signal: enough.signal,
      });
      await expect(launched).rejects.toThrow("both were told");
      expect(told).toEqual([false, true]);
    } finally {
      vi.unstubAllEnvs();
      await proxy.close();
      rmSync(folder, { recursive: true });
    }
  });

  test("what a launch did not start stays where it fails", async () => {
    const name = "verdict-lib-second";
    const web = service("web", { ...BOX, command: ["sleep", "1000"] });
    const first = await launch(stack(name, [web]), { name });
    try {
      const bad = service("bad", { ...BOX, command: ["sh", "-c", "exit 3"] });
      await expect(launch(stack(name, [web, bad]), { name })).rejects.toMatchObject({ code: "not-ready" });
      expect(await first.status()).toMatchObject([{ service: "web", ready: true }]);
      expect(leftoversOf(name).filter((each) => each.includes("bad"))).toEqual([]);
    } finally {
      await first.down();
    }
  });

  test("what watches a launch ends when it is taken down", async () => {
    const web = service("web", { ...BOX, command: ["sleep", "1000"] });
    const launched = await launch(stack("verdict-lib-watched", [web]));
    const seen: LaunchEvent[] = [];
    const watching = (async () => {
      for await (const event of launched.events()) {
        seen.push(event);
        if (seen.length === 1) void launched.down();
      }
    })();
    await watching;
    expect(seen[0]).toMatchObject({ service: "web", state: "running" });
    expect(await launched.events()[Symbol.asyncIterator]().next()).toMatchObject({ done: true });
    await launched.down();
  });

  test("what a command printed arrives to the byte, and a udp port is no web address", async () => {
    const dns = service("dns", { ...BOX, command: ["sleep", "1000"], ports: ["53", "53/udp", "54/udp"] });
    await using launched = await launch(stack("verdict-lib-bytes", [dns]));
    expect(await launched.exec("dns", ["sh", "-c", "printf 'a\\n\\n'; printf b >&2"])).toEqual({
      exitCode: 0,
      stdout: "a\n\n",
      stderr: "b",
    });
    expect(launched.endpoint("dns", 53).url).toMatch(/^http:/);
    expect(launched.endpoint("dns", 54).url).toMatch(/^udp:/);
  });

  test("an abort ends the launch with its reason, and nothing of it is left", async () => {
    const controller = new AbortController();
    const slow = service("web", {
      ...BOX,
      command: ["sleep", "1000"],
      healthcheck: probe.shell("exit 1", { ...QUICK, startPeriod: "60s" }),
    });
    const launching = launch(stack("verdict-lib-aborted", [slow]), {
      signal: controller.signal,
      onEvent: ({ state }) => {
        if (state === "starting") controller.abort(new Error("enough"));
      },
    });
    await expect(launching).rejects.toThrow("enough");
    expect(leftoversOf("verdict-lib-aborted")).toEqual([]);
  });

  test("events tell what happens to a running stack", async () => {
    const web = service("web", {
      ...BOX,
      command: ["sleep", "1000"],
      healthcheck: probe.shell("test ! -e /broken", { ...QUICK, retries: 1 }),
    });
    await using running = await launch(stack("verdict-lib-events", [web]));
    const seen: LaunchEvent["state"][] = [];
    for await (const { state } of running.events()) {
      seen.push(state);
      if (state === "healthy") await running.exec("web", ["touch", "/broken"]);
      if (state === "unhealthy") break;
    }
    expect(seen).toEqual(["healthy", "unhealthy"]);
  });

  test("secrets from the environment arrive in the container, and no log or error shows them", async () => {
    process.env["VERDICT_LIB_PASSWORD"] = "correct horse battery";
    process.env["VERDICT_LIB_TOKEN"] = "tok-98765";
    const password = secret("password", { environment: "VERDICT_LIB_PASSWORD" });
    const web = service("web", {
      ...BOX,
      secrets: [password],
      environment: { TOKEN: env("VERDICT_LIB_TOKEN", { secret: true }) },
      command: ["sh", "-c", `echo "it is $(cat ${password.path}) and $TOKEN"; sleep 1000`],
      healthcheck: probe.shell(`grep -q horse ${password.path}`, QUICK),
    });
    await using running = await launch(stack("verdict-lib-secrets", [web]));
    expect((await running.logs("web")).trim()).toBe("it is [secret] and [secret]");
  });

  test("a port that is not published has no endpoint", async () => {
    const web = service("web", { ...BOX, command: ["sleep", "1000"], ports: ["80"] });
    await using running = await launch(stack("verdict-lib-ports", [web]));
    expect(running.endpoint("web", 80).port).toBeGreaterThan(0);
    expect(() => running.endpoint("web", 81)).toThrow(/port 81 of web is not published \(published: 80\)/);
    expect(() => running.endpoint("webb", 80)).toThrow(/did you mean "web"/);
  });
});
