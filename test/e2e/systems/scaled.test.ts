import { expect, it } from "vitest";
import { docker, resultOf } from "../engine.ts";
import { describeSystem } from "./system.ts";

describeSystem({ rows: "8", stack: "scaled" }, ({ look, run }) => {
  it("must be six containers, all healthy", async () => {
    for (const service of ["web", "store"])
      for (const number of [1, 2, 3]) expect(await look(service, ".State.Health.Status", number)).toBe("healthy");
  });

  it("must not count as ready while one replica of the three has failed", async () => {
    await docker("stop", "scaled-store-2");
    const { exitCode, stdout } = await run(["wait", "scaled", "--json", "--timeout", "5s"]);
    expect(exitCode).toBe(4);
    expect(resultOf({ stdout })).toMatchObject({ verdict: "failed", culprits: [{ service: "store", cause: "exited" }] });
  });
});
