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
});
