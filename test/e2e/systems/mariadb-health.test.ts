import { expect, it } from "vitest";
import { logOf } from "./log.ts";
import { describeSystem, type Health } from "./system.ts";

const secrets = { DB_PASSWORD: "user-Secret-1004", DB_ROOT_PASSWORD: "root-Secret-1004" };

describeSystem({ rows: "2", stack: "mariadb-health", secrets }, ({ generated, look, exec }) => {
  it("must have the health check in its image", async () => {
    expect(generated("db.Dockerfile")).toMatch(/^FROM mariadb:11\.8\nHEALTHCHECK /m);
    expect(generated("compose.yaml")).not.toContain("healthcheck");
  });

  it("must be healthy only since it accepts connections, and not while it was initialised", async () => {
    const { Status, Log } = await look<Health>("db", ".State.Health");
    expect(Status).toBe("healthy");
    const firstPass = Log.findIndex(({ ExitCode }) => ExitCode === 0);
    for (const { Output } of Log.slice(0, firstPass)) expect(Output).toMatch(/ERROR|No such file/);
    // "port: 0" is the server of the init phase, which has no network.
    const accepting = (await logOf("mariadb-health-db-1")).find(
      ({ text }) => /ready for connections|port: 3306/.test(text) && !/port: 0/.test(text),
    );
    expect(accepting).toBeDefined();
    const passes = Log.filter(({ ExitCode }) => ExitCode === 0).map(({ End }) => Date.parse(End));
    expect(Math.min(...passes)).toBeGreaterThan(accepting?.at ?? Number.POSITIVE_INFINITY);
  });

  it("must take the user's own login", async () => {
    const sql = `MYSQL_PWD=${secrets.DB_PASSWORD} mariadb -h 127.0.0.1 -u examiner health_exam -Ne "SELECT 6 * 7"`;
    expect(await exec("db", "sh", "-c", sql)).toBe("42");
  });
});
