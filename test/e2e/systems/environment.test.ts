import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { docker } from "../engine.ts";
import { describeSystem } from "./system.ts";

const env = { GREETING: "from the shell" };
const secrets = { API_TOKEN: "token-Secret-10" };

describeSystem({ rows: "10", stack: "environment", env, secrets }, ({ folder, exec, look, run }) => {
  it("must get each value, from where it was given", async () => {
    expect(await docker("logs", "environment-app-1")).toBe(
      [
        "FROM_DOCKERFILE=written in the Dockerfile",
        "FROM_DOT_ENV=from .env",
        "FROM_FILE=written in the stack",
        "FROM_SHELL=from the shell",
      ].join("\n"),
    );
  });

  it("must get the secret as a file", async () => {
    expect(await exec("app", "cat", "/run/secrets/api-token")).toBe(secrets.API_TOKEN);
    // Whether it is shown anywhere is looked at for every stack.
    expect(await look<string[]>("app", ".Config.Env")).toContain("API_TOKEN_FILE=/run/secrets/api-token");
  });

  it("must name every value that is missing before anything starts", async () => {
    const absent = ["GREETING", "PLACE", "API_TOKEN"];
    expect((await run(["down", "environment"])).exitCode).toBe(0);
    const dotEnv = join(folder, "stacks/environment/.env");
    const text = readFileSync(dotEnv);
    rmSync(dotEnv);
    const { exitCode, stderr } = await run(["up", "environment"], { GREETING: "", API_TOKEN: "" });
    writeFileSync(dotEnv, text);
    expect(exitCode).toBe(2);
    for (const name of absent) expect(stderr).toMatch(new RegExp(`${name} {2}is required`));
    expect(await docker("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=environment")).toBe("");
  });

  it("must have the value of the shell win over the one of .env", async () => {
    expect((await run(["up", "environment"], { PLACE: "from the shell, too" })).exitCode).toBe(0);
    expect(await docker("logs", "environment-app-1")).toContain("FROM_DOT_ENV=from the shell, too");
  });
});
