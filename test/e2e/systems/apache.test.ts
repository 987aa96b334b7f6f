import { expect, it } from "vitest";
import { describeSystem, page } from "./system.ts";

describeSystem({ rows: "4", stack: "apache" }, ({ look }) => {
  it("must answer", async () => {
    expect(await page("http://localhost:8081/")).toMatchObject({ status: 200, text: expect.stringContaining("It works!") });
    expect(await look("web", ".HostConfig.RestartPolicy.Name")).toBe("always");
  });
});
