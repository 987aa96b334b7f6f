import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { holdPort, resultOf, scenario, statesOf } from "./engine.ts";
import { canStartRootlessEngines, startRootlessEngine } from "./rootless-engine.ts";

describe.skipIf(!canStartRootlessEngines())("an engine of a normal user", { timeout: 120_000 }, () => {
  it("must launch, wait and publish ports like any other, and name who has a port", async (context) => {
    const engine = await startRootlessEngine();
    context.onTestFinished(() => engine.remove(), 60_000);
    const { port, release } = await holdPort();
    await release();
    const env = { DOCKER_HOST: engine.host };
    const web = `service("web", { image: "busybox:1.37", init: true, networks: [network("front")], ports: ["${port}:80"],
        command: ["sh", "-c", "mkdir /www; echo hello > /www/index.html; exec httpd -f -p 80 -h /www"],
        dependsOn: [db.healthy()], healthcheck: probe.http({ port: 80, ...quick }) })`;
    const shop = await scenario(context, `const db = service("db", readyAfter(1)); export default stack(NAME, [${web}]);`);
    const up = await shop.run(["up", shop.name, "--json"], env);
    expect([up.exitCode, statesOf(resultOf(up))], up.all).toEqual([0, { db: "healthy", web: "healthy" }]);
    expect(await engine.docker("info", "--format", "{{.SecurityOptions}}")).toContain("rootless");
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("hello\n");
    expect((await shop.run(["status", shop.name], env)).stdout).toContain(`http://localhost:${port} -> 80`);

    const other = await scenario(context, `export default stack(NAME, [service("late", { ...stays, ports: ["${port}:80"] })]);`);
    const refused = await other.run(["up", other.name, "--json"], env);
    expect([refused.exitCode, resultOf(refused).culprits], refused.all).toMatchObject([7, [{ service: "late", cause: "port-taken" }]]);
    expect(resultOf(refused).culprits[0]?.message).toContain(`${shop.name}-web-1`);

    expect((await shop.run(["down", shop.name], env)).exitCode).toBe(0);
    expect(await engine.docker("ps", "--all", "--quiet")).toBe("");
  });

  it.skipIf(firstPort() <= 443)("must say which ports of the host it may not have", async (context) => {
    const engine = await startRootlessEngine();
    context.onTestFinished(() => engine.remove(), 60_000);
    const shop = await scenario(context, `export default stack(NAME, [service("low", { ...stays, ports: ["443:80"] })]);`);
    const up = await shop.run(["up", shop.name, "--json"], { DOCKER_HOST: engine.host });
    expect([up.exitCode, resultOf(up).culprits], up.all).toMatchObject([7, [{ service: "low", cause: "port-privileged" }]]);
    expect(resultOf(up).culprits[0]?.message).toBe(
      `host port 443 can't be published: the engine runs as a normal user, who has those from ${firstPort()} on`,
    );
  });
});

/** The first port that a normal user may listen on; lower where whoever runs this machine says so. */
function firstPort(): number {
  return process.platform !== "linux" ? 0 : Number(readFileSync("/proc/sys/net/ipv4/ip_unprivileged_port_start", "utf8"));
}
