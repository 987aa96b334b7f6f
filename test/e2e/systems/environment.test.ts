import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { docker } from "../engine.ts";
import { describeSystem } from "./system.ts";

const env = { GREETING: "from the shell", API_TOKEN: "token-Secret-10" };

describeSystem({ rows: "10", stack: "environment", env }, ({ folder, exec, look, run }) => {
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

  it("must get the secret as a file, and show it nowhere", async () => {
    expect(await exec("app", "cat", "/run/secrets/api-token")).toBe(env.API_TOKEN);
    const file = readFileSync(join(folder, "generated/environment/compose.yaml"), "utf8");
    const launch = await run(["up", "environment"]);
    const inspection = JSON.stringify(await look("app", "."));
    for (const text of [file, launch.all, inspection]) expect(text).not.toContain(env.API_TOKEN);
  });

  it("must name every value that is missing before anything starts", async () => {
    const before = await look("app", ".Id");
    const { exitCode, stderr } = await run(["up", "environment"], { GREETING: "", API_TOKEN: "" });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/GREETING {2}is required/);
    expect(stderr).toMatch(/API_TOKEN {2}is required/);
    expect(await look("app", ".Id")).toBe(before);
  });
});
