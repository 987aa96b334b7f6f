import { expect, it } from "vitest";
import { runCli } from "../../run-cli.ts";
import { temporaryFolder, writeTree } from "../../temporary-folder.ts";
import { docker } from "../engine.ts";
import { describeSystem, page } from "./system.ts";

describeSystem({ rows: "4", stack: "apache" }, ({ look }) => {
  it("must answer", async () => {
    expect(await page("http://localhost:8081/")).toMatchObject({ status: 200, text: expect.stringContaining("It works!") });
    expect(await look("web", ".HostConfig.RestartPolicy.Name")).toBe("always");
  });

  it("must keep its port: another stack that wants it is told who has it, before anything of it is created", async ({ onTestFinished }) => {
    const folder = temporaryFolder();
    onTestFinished(async () => {
      await docker("compose", "--project-name", "second-apache", "down");
    });
    await writeTree(folder, {
      "stacks/second-apache/stack.ts": `import { service, stack } from "stackwright";
        export default stack("second-apache", [service("web", { image: "httpd:2.4", ports: ["8081:80"] })]);`,
    });
    const { exitCode, stderr } = await runCli(["up", "second-apache"], { cwd: folder });
    expect(exitCode).toBe(7);
    expect(stderr).toContain("web.ports  port 8081 of the host is taken by the container apache-web-1 of the project apache");
    expect(await docker("ps", "--all", "--quiet", "--filter", "label=com.docker.compose.project=second-apache")).toBe("");
  });
});
