import { describe, expect, it } from "vitest";
import { engineHost } from "../../src/drive/engine/engine-host.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

describe("the host of published ports", () => {
  it.each([
    [undefined, "localhost"],
    ["unix:///run/user/1000/docker.sock", "localhost"],
    ["tcp://10.0.0.1:2376", "10.0.0.1"],
    ["tcp://[fd00::1]:2376", "fd00::1"],
    ["ssh://me@build.example:2222/run/docker.sock", "build.example"],
  ])("for DOCKER_HOST=%s is %s", (host, expected) => {
    expect(engineHost({ DOCKER_HOST: host, DOCKER_CONFIG: "/nowhere" })).toBe(expected);
  });

  it("is that of the context, which the docker client keeps in a folder named for a digest", async () => {
    const folder = temporaryFolder();
    // `printf elsewhere | sha256sum`
    const digest = "7b1b763ee8f62eb88e4742a760f912d0b19bcd58b2b948999784bacc15a7f4d7";
    const meta = { Name: "elsewhere", Endpoints: { docker: { Host: "ssh://me@build.example" } } };
    await writeTree(folder, {
      "config.json": JSON.stringify({ currentContext: "elsewhere" }),
      [`contexts/meta/${digest}/meta.json`]: JSON.stringify(meta),
    });
    expect(engineHost({ DOCKER_CONFIG: folder })).toBe("build.example");
    expect(engineHost({ DOCKER_CONFIG: folder, DOCKER_CONTEXT: "default" })).toBe("localhost");
  });
});
