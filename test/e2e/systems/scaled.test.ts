import { expect, it } from "vitest";
import { docker, resultOf, statesOf } from "../engine.ts";
import { describeSystem } from "./system.ts";

const REPLICAS = ["web", "store"].flatMap((service) => [1, 2, 3].map((number) => [service, number] as const));

describeSystem({ rows: "8", stack: "scaled" }, ({ look, run, up }) => {
  const idsOf = () => Promise.all(REPLICAS.map(([service, number]) => look(service, ".Id", number)));

  it("must be six containers, all healthy", async () => {
    const names = await docker("ps", "--filter", "label=com.docker.compose.project=scaled", "--format", "{{.Names}}");
    expect(names.split("\n").sort()).toEqual(REPLICAS.map(([service, number]) => `scaled-${service}-${number}`).sort());
    for (const [service, number] of REPLICAS) expect(await look(service, ".State.Health.Status", number)).toBe("healthy");
  });

  it("must not count as ready while one replica of the three has failed", async () => {
    await docker("stop", "scaled-store-2");
    const { exitCode, stdout } = await run(["wait", "scaled", "--json", "--timeout", "5s"]);
    expect(exitCode).toBe(4);
    const result = resultOf({ stdout });
    expect(result).toMatchObject({ verdict: "failed", culprits: [{ service: "store" }] });
    expect(statesOf(result)).toEqual({ web: "healthy", store: "failed" });
  });

  it("must get that one back, and the other five are left alone", async () => {
    const before = await idsOf();
    const runs = () => Promise.all(REPLICAS.map(([service, number]) => look(service, ".State.StartedAt", number)));
    const began = await runs();
    await up();
    expect(await idsOf()).toEqual(before);
    const again = (await runs()).filter((run, index) => run !== began[index]);
    expect(again).toHaveLength(1);
  });

  it("must not count as ready where a replica never was, in a launch from nothing", async () => {
    expect((await run(["down", "scaled", "--volumes"])).exitCode).toBe(0);
    // Compose creates all of them; one is broken before it is started.
    expect((await run(["compose", "scaled", "--", "up", "--no-start"])).exitCode).toBe(0);
    await docker("cp", "/dev/null", "scaled-web-3:/usr/local/apache2/conf/httpd.conf");
    const { exitCode, stdout } = await run(["up", "scaled", "--json"]);
    expect(exitCode).not.toBe(0);
    expect(resultOf({ stdout })).toMatchObject({ verdict: "failed", culprits: [{ service: "web" }] });
  });
});
