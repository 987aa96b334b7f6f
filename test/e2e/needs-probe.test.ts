import { execa } from "execa";
import { type Need, needs, probe, type StartAfterOptions, startAfter } from "stackwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWithEngine } from "./engine.ts";
import { type ProbedContainer, type RunOptions, runContainer, withImage } from "./probed-container.ts";

const NETWORK = "needs-probe";

// A process that waits for a server of another container, by a probe of the catalogue: in the states that a port which is open hides.

describeWithEngine("a process that starts after a server", () => {
  beforeAll(async () => void (await execa("docker", ["network", "create", NETWORK])));
  afterAll(async () => void (await execa("docker", ["network", "rm", NETWORK])));

  const serve = (image: string, options: RunOptions = {}): Promise<ProbedContainer> =>
    runContainer(image, { ...options, joins: { network: NETWORK, alias: "server" } });

  const wait = async (image: string, need: Need, options: StartAfterOptions, variables: readonly string[] = []) => {
    const env = variables.flatMap((variable) => ["--env", variable]);
    const command = startAfter([need], ["echo", "started"], options);
    const { exitCode, all = "" } = await execa("docker", ["run", "--rm", "--network", NETWORK, ...env, image, ...command], {
      reject: false,
      all: true,
      timeout: 120_000,
    });
    return { exitCode, output: all };
  };

  const ONCE: StartAfterOptions = { retries: 0, timeout: "3s" };
  const OFTEN: StartAfterOptions = { within: "90s", interval: "250ms" };

  withImage("postgres", (image) => {
    const env = { POSTGRES_PASSWORD: "s3 cret$", POSTGRES_USER: "app", POSTGRES_DB: "shop" };
    const shop = needs.probe("server", probe.postgres({ user: "app", database: "shop", password: { variable: "DB_PASSWORD" } }));

    it("must wait while init scripts run, and be let in with the password of its own environment alone", async () => {
      await using db = await serve(image, { env, initScript: "sleep 3" });
      await db.until("pg_isready --quiet");
      const { exitCode, output } = await wait(image, shop, OFTEN, ["DB_PASSWORD=s3 cret$"]);
      expect([exitCode, output.split("\n").at(-1)]).toEqual([0, "started"]);
      expect(output).toMatch(/^postgres at server: try 1: failed \(exit code 2\): .*refused.*\n/);
      expect(output).not.toContain("s3 cret");
      const denied = await wait(image, shop, ONCE, ["DB_PASSWORD=wrong"]);
      expect(denied.exitCode).toBe(2);
      expect(denied.output).toContain("password authentication failed");
      expect((await wait(image, needs.probe("server", probe.postgres()), ONCE)).exitCode).toBe(0);
    });
  });

  withImage("redis", (image) => {
    it("must not take a server that asks for a password, or that hangs, for one that answers", async () => {
      await using server = await serve(image, { command: ["redis-server", "--requirepass", "s3cret"] });
      const right = needs.probe("server", probe.redis({ password: { variable: "REDIS_PASSWORD" } }));
      expect((await wait(image, right, OFTEN, ["REDIS_PASSWORD=s3cret"])).exitCode).toBe(0);
      expect((await wait(image, needs.probe("server", probe.redis()), ONCE)).exitCode).toBe(1);
      await server.hang();
      const { exitCode, output } = await wait(image, right, ONCE, ["REDIS_PASSWORD=s3cret"]);
      expect(exitCode).toBe(124);
      expect(output).toContain("no answer within 3 s");
    });
  });

  withImage("memcached", (image) => {
    it.each([
      ["bash", "debian:bookworm-slim"],
      ["nc", "busybox:1.37"],
    ])("must ask in the server's own words by what the image has: %s", async (_, from) => {
      await using server = await serve(image);
      const need = needs.probe("server", probe.memcached());
      const { exitCode, output } = await wait(from, need, OFTEN);
      expect([exitCode, output.split("\n").at(-1)]).toEqual([0, "started"]);
      await server.hang();
      expect((await wait(from, need, ONCE)).exitCode).not.toBe(0);
    });

    it("must ask by perl's own name service where nothing else is there", async () => {
      await using _ = await serve(image);
      const need = needs.probe("server", probe.tcp({ port: 11_211, via: "perl" }));
      expect((await wait("debian:bookworm-slim", need, OFTEN)).exitCode).toBe(0);
      const wrong = needs.probe("nobody", probe.tcp({ port: 11_211, via: "perl" }));
      expect((await wait("debian:bookworm-slim", wrong, ONCE)).output).toMatch(/failed \(exit code \d+\): \S/);
    });
  });

  withImage("nginx", (image) => {
    it("must not start after a page that is not there", async () => {
      await using _ = await serve(image);
      const page = (path: `/${string}`): Need => needs.probe("server", probe.nginx({ path }));
      expect(
        (await wait("busybox:1.37", page("/"), OFTEN, ["http_proxy=http://127.0.0.1:9", "ALL_PROXY=http://127.0.0.1:9"])).exitCode,
      ).toBe(0);
      const { exitCode, output } = await wait("busybox:1.37", page("/absent"), ONCE);
      expect([exitCode, output.includes("404")]).toEqual([1, true]);
    });
  });
});
