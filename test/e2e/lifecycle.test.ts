import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWithEngine, docker, resultOf, scenario, statesOf, until } from "./engine.ts";

describeWithEngine("a stack that is up", () => {
  it("must say that a volume which has changed stays as it is", async (context) => {
    const stackWith = (label: string): string =>
      `const data = volume("data", { labels: { version: "${label}" } });
       export default stack(NAME, [service("db", { ...stays, volumes: [data.at("/data")] })]);`;
    const shop = await scenario(context, stackWith("1"));
    const first = await shop.run(["up", shop.name, "--quiet"]);
    expect([first.exitCode, first.stderr]).toEqual([0, expect.not.stringContaining("other options or labels")]);
    await shop.rewrite(stackWith("2"));
    const second = await shop.run(["up", shop.name, "--quiet"]);
    expect([second.exitCode, second.stderr]).toEqual([
      0,
      expect.stringContaining(`the volume ${shop.name}_data was made with other options`),
    ]);
    expect(await docker("volume", "inspect", `${shop.name}_data`, "--format", '{{index .Labels "version"}}')).toBe("1");
  });

  it("must not be touched by a second up", async (context) => {
    const shop = await scenario(
      context,
      `const db = service("db", readyAfter(0));
       const seed = task("seed", { ...sh("exit 0"), dependsOn: [db.healthy()] });
       export default stack(NAME, [service("api", { ...stays, dependsOn: [db.healthy(), seed.completed()] })]);`,
    );
    const look = async () =>
      Promise.all(["db", "api"].map(async (name) => shop.inspect(name).then(({ Id, State }) => ({ Id, started: State.StartedAt }))));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const before = await look();
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect(await look()).toEqual(before);
  });

  it("must have only the service replaced that was changed", async (context) => {
    const body = (value: string): string =>
      `export default stack(NAME, [service("same", stays), service("changed", { ...stays, environment: { VALUE: "${value}" } })]);`;
    const shop = await scenario(context, body("old"));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const [same, changed] = [await shop.inspect("same"), await shop.inspect("changed")];
    await shop.rewrite(body("new"));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect((await shop.inspect("same")).State.StartedAt).toBe(same.State.StartedAt);
    const replaced = await shop.inspect("changed");
    expect(replaced.Id).not.toBe(changed.Id);
    expect(replaced.Config.Env).toContain("VALUE=new");
  });

  it("must lose nothing that ran by --cleanup-on-failure, and keep nothing that was started", async (context) => {
    const body = (more: string): string => `export default stack(NAME, [service("ok", stays)${more}]);`;
    const shop = await scenario(context, body(""));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const { Id } = await shop.inspect("ok");
    await shop.rewrite(body(', service("bad", { ...sh("exit 3"), restart: "always" })'));
    const { exitCode, stderr } = await shop.run(["up", shop.name, "--cleanup-on-failure"]);
    expect(exitCode).toBe(4);
    expect(stderr).toContain("taken down: bad;");
    expect(stderr).toContain("was up before this launch and is left as it is: ok");
    expect(await shop.containers()).toEqual([`${shop.name}-ok-1`]);
    expect((await shop.inspect("ok")).Id).toBe(Id);
  });

  it("must lose its new networks by --cleanup-on-failure, but none that was there, and no volume with a name", async (context) => {
    const body = (more: string): string => `
      const [first, second] = [network("first"), network("second")];
      const ok = service("ok", { ...stays, networks: [first], volumes: [volume("old").at("/data")] });
      export default stack(NAME, [ok${more}]);`;
    const shop = await scenario(context, body(""));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    // Nobody is in it.
    const labels = [`com.docker.compose.project=${shop.name}`, "com.docker.compose.network=idle"];
    await docker("network", "create", ...labels.flatMap((label) => ["--label", label]), `${shop.name}_idle`);
    const bad = '{ ...sh("exit 3"), restart: "always", networks: [first, second], volumes: [volume("new").at("/data")] }';
    await shop.rewrite(body(`, service("bad", ${bad})`));
    const { exitCode, stderr } = await shop.run(["up", shop.name, "--cleanup-on-failure"]);
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining("taken down: bad; volumes are kept")]);
    const there = async (what: string): Promise<readonly string[]> =>
      (await docker(what, "ls", "--filter", `label=com.docker.compose.project=${shop.name}`, "--format", "{{.Name}}")).split("\n").sort();
    expect(await there("network")).toEqual([`${shop.name}_first`, `${shop.name}_idle`]);
    expect(await there("volume")).toEqual([`${shop.name}_new`, `${shop.name}_old`]);
  });

  it("must have what was replaced up again, though another service has become unhealthy meanwhile", async (context) => {
    const body = (value: string): string =>
      `const quickly = probe.command(["test", "-f", "/tmp/ready"], { ...quick, retries: 1, startPeriod: "5s" });
       const front = service("front", { ...readyAfter(0), environment: { VALUE: "${value}" } });
       export default stack(NAME, [
         service("sick", { ...readyAfter(0), healthcheck: quickly }),
         service("back", { ...stays, environment: { VALUE: "${value}" }, dependsOn: [front.healthy()] }),
       ]);`;
    const shop = await scenario(context, body("old"));
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    await docker("exec", `${shop.name}-sick-1`, "rm", "/tmp/ready");
    await until(async () => (await shop.inspect("sick")).State.Health?.Status === "unhealthy");
    await shop.rewrite(body("new"));
    const { exitCode, all } = await shop.run(["up", shop.name]);
    expect(all).toContain("✗ sick");
    expect(exitCode).toBe(3);
    for (const service of ["front", "back"]) {
      const { Config, State } = await shop.inspect(service);
      expect([Config.Env.includes("VALUE=new"), State.Status]).toEqual([true, "running"]);
    }
  });

  it("must have only the service replaced whose secret has another value, or whose config another text", async (context) => {
    const body = (text: string): string =>
      `const password = secret("password", { environment: "E2E_PASSWORD" });
       const conf = config("conf", { content: interpolate\`${text} of \${env("E2E_PLACE")}\` });
       export default stack(NAME, [
         service("guarded", { ...stays, secrets: [password] }),
         service("configured", { ...stays, configs: [conf.at("/etc/app.conf")], volumes: [volume("data").at("/data")] }),
         service("plain", stays),
       ]);`;
    const shop = await scenario(context, body("first text"));
    const up = async (env: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      expect((await shop.run(["up", shop.name], env)).exitCode).toBe(0);
      return Promise.all(["guarded", "configured", "plain"].map(async (name) => (await shop.inspect(name)).Id));
    };
    const read = (service: string, path: string) => docker("exec", `${shop.name}-${service}-1`, "cat", path);
    const first = await up({ E2E_PASSWORD: "one-Secret", E2E_PLACE: "here" });
    await docker("exec", `${shop.name}-configured-1`, "sh", "-c", "echo kept > /data/file");
    expect(await up({ E2E_PASSWORD: "one-Secret", E2E_PLACE: "here" })).toEqual(first);

    const second = await up({ E2E_PASSWORD: "other-Secret", E2E_PLACE: "here" });
    expect(second.map((id, index) => id === first[index])).toEqual([false, true, true]);
    expect(await read("guarded", "/run/secrets/password")).toBe("other-Secret");

    const third = await up({ E2E_PASSWORD: "other-Secret", E2E_PLACE: "there" });
    expect(third.map((id, index) => id === second[index])).toEqual([true, false, true]);
    expect(await read("configured", "/etc/app.conf")).toBe("first text of there");

    await shop.rewrite(body("second text"));
    const fourth = await up({ E2E_PASSWORD: "other-Secret", E2E_PLACE: "there" });
    expect(fourth.map((id, index) => id === third[index])).toEqual([true, false, true]);
    expect(await read("configured", "/etc/app.conf")).toBe("second text of there");
    expect(await read("configured", "/data/file")).toBe("kept");
  });

  it("must have only the service replaced whose secret or config is a file that was changed, in whatever way", async (context) => {
    const shop = await scenario(
      context,
      `const conf = config("conf", { file: "./app.conf" });
       const key = secret("key", { file: "./key" });
       export default stack(NAME, [
         service("configured", { ...stays, configs: [conf.at("/etc/app.conf")] }),
         service("guarded", { ...stays, secrets: [key] }),
       ]);`,
      { "app.conf": "first", key: "first", "other.conf": "third" },
    );
    const file = (name: string): string => join(shop.folder, "stacks", shop.name, name);
    const up = async (): Promise<readonly string[]> => {
      expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
      return Promise.all(["configured", "guarded"].map(async (name) => (await shop.inspect(name)).Id));
    };
    const read = (service: string, path: string) => docker("exec", `${shop.name}-${service}-1`, "cat", path);
    const first = await up();
    expect(await up()).toEqual(first);

    await writeFile(file("key"), "second");
    const second = await up();
    expect(second.map((id, index) => id === first[index])).toEqual([true, false]);
    expect(await read("guarded", "/run/secrets/key")).toBe("second");

    // A file that was written before the container was started, and has now taken the place of the one that is mounted.
    await rename(file("other.conf"), file("app.conf"));
    expect(await read("configured", "/etc/app.conf")).toBe("first");
    const third = await up();
    expect(third.map((id, index) => id === second[index])).toEqual([false, true]);
    expect(await read("configured", "/etc/app.conf")).toBe("third");
    expect(await up()).toEqual(third);
  });

  it("must not be replaced because it has changed a file that it was given", async (context) => {
    const shop = await scenario(
      context,
      `const conf = config("conf", { content: "given" });
       const editor = sh("echo own > /etc/app.conf; touch /tmp/ready; exec sleep 300");
       export default stack(NAME, [service("editor", { ...editor, healthcheck: ready, configs: [conf.at("/etc/app.conf")] })]);`,
    );
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const { Id } = await shop.inspect("editor");
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect((await shop.inspect("editor")).Id).toBe(Id);
    expect(await docker("exec", `${shop.name}-editor-1`, "cat", "/etc/app.conf")).toBe("own");
  });

  it("must not be called ready by a launch whose containers another launch with other values has replaced", async (context) => {
    const shop = await scenario(
      context,
      `const values = { VALUE: env("E2E_VALUE") };
       export default stack(NAME, [service("web", { ...readyAfter(3), environment: values }), service("side", { ...stays, environment: values })]);`,
    );
    const first = shop.start(["up", shop.name, "--json", "--cleanup-on-failure"], { env: { E2E_VALUE: "first" } });
    let seen = "";
    first.all?.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
    });
    await until(() => seen.includes('"service":"web","state":"starting"'));
    const second = await shop.run(["up", shop.name, "--json"], { E2E_VALUE: "second" });
    const { exitCode, stdout, stderr } = await first;
    expect(exitCode, stdout).toBe(4);
    const { culprits } = resultOf({ stdout });
    expect(culprits.length).toBeGreaterThan(0);
    for (const { cause } of culprits) expect(cause).toBe("replaced");
    // What stands there now is not the first one's to take down.
    expect(stderr).toContain("nothing is taken down");
    expect([second.exitCode, statesOf(resultOf(second))]).toEqual([0, { web: "healthy", side: "running" }]);
    for (const service of ["web", "side"]) expect((await shop.inspect(service)).Config.Env).toContain("VALUE=second");
  });

  it("must be started again by up after its containers were stopped", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", readyAfter(0))]);`);
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const { Id } = await shop.inspect("web");
    await docker("stop", "--time", "0", `${shop.name}-web-1`);
    expect((await shop.run(["wait", shop.name])).exitCode).toBe(4);
    const again = await shop.run(["up", shop.name, "--json"]);
    expect([again.exitCode, statesOf(resultOf(again))]).toEqual([0, { web: "healthy" }]);
    expect((await shop.inspect("web")).Id).toBe(Id);
  });

  it("must keep its named volumes through down, and lose them with --volumes", async (context) => {
    const shop = await scenario(
      context,
      `const data = volume("data");
       const keeper = service("keeper", { ...sh("cat /data/visits; echo visit >> /data/visits; exec sleep 300"), volumes: [data.at("/data")] });
       export default stack(NAME, [keeper]);`,
    );
    const visits = () => docker("exec", `${shop.name}-keeper-1`, "cat", "/data/visits");
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect(await visits()).toBe("visit");
    const down = await shop.run(["down", shop.name]);
    expect([down.exitCode, await shop.containers()]).toEqual([0, []]);
    expect(down.stdout).toContain("data");
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect(await visits()).toBe("visit\nvisit");
    expect((await shop.run(["down", shop.name, "--volumes", "--yes", "--json"])).exitCode).toBe(0);
    expect(await docker("volume", "ls", "--quiet", "--filter", `label=com.docker.compose.project=${shop.name}`)).toBe("");
  });

  it("must have only those volumes told as kept that are there, also one that is in the stack no more", async (context) => {
    const body = (more: string): string =>
      `const used = service("used", { ...stays, volumes: [volume("here").at("/here")] });
       export default stack(NAME, [used${more}]);`;
    const shop = await scenario(
      context,
      body(', service("off", { ...stays, profiles: ["never"], volumes: [volume("nowhere").at("/nowhere")] })'),
    );
    const down = async (...options: readonly string[]) =>
      JSON.parse((await shop.run(["down", shop.name, "--json", ...options])).stdout) as { keptVolumes: string[] };
    expect((await shop.run(["down", shop.name, "--volumes"])).exitCode).toBe(0);
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const asked = await shop.run(["down", shop.name, "--volumes"]);
    expect([asked.exitCode, asked.stderr]).toEqual([2, expect.stringContaining("removes all data in here, and nobody")]);
    expect((await down()).keptVolumes).toEqual(["here"]);
    await shop.rewrite(`export default stack(NAME, [service("used", stays)]);`);
    expect((await down("--volumes", "--yes")).keptVolumes).toEqual([`${shop.name}_here`]);
    await shop.rewrite(body(""));
    expect((await down("--volumes", "--yes")).keptVolumes).toEqual([]);
  });

  it("must be shown by status and waited for by wait, all of it or one service", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("slow", readyAfter(3)), service("fast", readyAfter(0))]);`);
    const before = await shop.run(["status", shop.name]);
    expect(before.exitCode).toBe(2);
    expect(before.stderr).toContain(`stackwright up ${shop.name}`);
    const up = await shop.run(["up", shop.name, "--json", "--no-wait"]);
    expect([up.exitCode, resultOf(up).verdict]).toEqual([0, "started"]);
    const one = await shop.run(["wait", shop.name, "fast", "--json"]);
    expect([one.exitCode, statesOf(resultOf(one))]).toEqual([0, { fast: "healthy" }]);
    const all = await shop.run(["wait", shop.name, "--json"]);
    expect([all.exitCode, statesOf(resultOf(all))]).toEqual([0, { slow: "healthy", fast: "healthy" }]);
    const status = await shop.run(["status", shop.name]);
    expect(status.exitCode).toBe(0);
    expect(status.stdout).toMatch(/slow +healthy/);
    const { services } = JSON.parse((await shop.run(["status", shop.name, "--json"])).stdout) as { services: object[] };
    expect(services).toMatchObject([
      { service: "slow", state: "healthy", ready: true },
      { service: "fast", state: "healthy", ready: true },
    ]);
  });

  it("must name the variables that are missing for a Compose command, as up does", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("web", { ...stays, environment: { TOKEN: env("E2E_TOKEN") } })]);`,
    );
    const asked = await shop.run(["compose", shop.name, "--", "create"]);
    expect([asked.exitCode, asked.stdout], asked.all).toEqual([2, ""]);
    expect(asked.stderr).toContain("E2E_TOKEN  is required by the stack and not set");
  });

  it("must say so where its logs are empty, and why", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("quiet", stays), service("off", { ...stays, scale: 0 })]);`);
    const saidOf = async (...services: readonly string[]): Promise<readonly [number, string, string]> => {
      const { exitCode, stdout, stderr } = await shop.run(["logs", shop.name, ...services]);
      return [exitCode, stdout, stderr.trim()];
    };
    expect(await saidOf()).toEqual([0, "", `${shop.name} has no containers\n    start it with: stackwright up ${shop.name}`]);
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    expect(await saidOf()).toEqual([0, "", `${shop.name} printed nothing`]);
    expect(await saidOf("quiet")).toEqual([0, "", "quiet printed nothing"]);
    expect(await saidOf("off")).toEqual([0, "", `${shop.name} has no container of: off`]);
  });

  it("must be within reach of any Compose command, whose exit code is kept", async (context) => {
    const shop = await scenario(context, `export default stack(NAME, [service("web", stays)]);`);
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const ps = await shop.run(["compose", shop.name, "--", "ps", "--format", "json"]);
    expect(ps.exitCode).toBe(0);
    expect(JSON.parse(ps.stdout)).toMatchObject({ Name: `${shop.name}-web-1`, State: "running" });
    const exec = await shop.run(["compose", shop.name, "--", "exec", "-T", "web", "sh", "-c", "exit 9"]);
    expect(exec.exitCode).toBe(9);
  });

  it("must answer on the port that it publishes", async (context) => {
    const shop = await scenario(
      context,
      `const web = service("web", {
         ...sh("mkdir /www && echo hello > /www/index.html && exec httpd -f -p 80 -h /www"),
         ports: ["80"],
         healthcheck: probe.http({ port: 80, ...quick }),
       });
       export default stack(NAME, [web]);`,
    );
    const { exitCode, stdout } = await shop.run(["up", shop.name]);
    expect(exitCode).toBe(0);
    const [url = ""] = /http:\/\/localhost:\d+/.exec(stdout) ?? [];
    expect(await (await fetch(url)).text()).toBe("hello\n");
  });
});
