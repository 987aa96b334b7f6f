import { chmod, symlink } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { composeProgram } from "../../src/drive/compose/compose-program.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

describe("Compose", () => {
  let folder = "";
  const env = (more: Readonly<Record<string, string>> = {}) => ({
    PATH: join(folder, "bin"),
    DOCKER_CONFIG: join(folder, "config"),
    DOCKER_HOST: "unix:///run/docker.sock",
    ...more,
  });
  const plugin = (place = "config/cli-plugins") => ({ file: join(folder, place, "docker-compose"), args: [] });
  const THROUGH_DOCKER = { file: "docker", args: ["compose"] };

  beforeEach(async () => {
    folder = temporaryFolder();
    await programs({ "bin/docker": "\x7fELF", "config/cli-plugins/docker-compose": "\x7fELF" });
  });

  async function programs(files: Readonly<Record<string, string>>): Promise<void> {
    await writeTree(folder, files);
    for (const file of Object.keys(files)) await chmod(join(folder, file), 0o755);
  }

  it("is the docker client's plugin", () => {
    expect(composeProgram(env())).toEqual(plugin());
  });

  it("is the plugin of a folder that the configuration names, before others", async () => {
    await programs({ "extra/docker-compose": "\x7fELF" });
    await writeTree(folder, { "config/config.json": JSON.stringify({ cliPluginsExtraDirs: [join(folder, "extra")] }) });
    expect(composeProgram(env())).toEqual(plugin("extra"));
  });

  it.each(["tcp://127.0.0.1:2375", "ssh://me@far"])("is left to the docker client for an engine at %s", (DOCKER_HOST) => {
    expect(composeProgram(env({ DOCKER_HOST }))).toEqual(THROUGH_DOCKER);
  });

  it("is left to the docker client for a context", async () => {
    await writeTree(folder, { "config/config.json": '{ "currentContext": "far" }' });
    expect(composeProgram(env({ DOCKER_HOST: "" }))).toEqual(THROUGH_DOCKER);
    expect(composeProgram(env({ DOCKER_HOST: "", DOCKER_CONTEXT: "default" }))).toEqual(plugin());
  });

  it("is left to a docker that is a script", async () => {
    await programs({ "bin/docker": '#!/bin/sh\nexec podman "$@"\n' });
    expect(composeProgram(env())).toEqual(THROUGH_DOCKER);
  });

  it("is left to a docker that is another program under this name", async () => {
    await programs({ "other/snap": "\x7fELF" });
    await symlink(join(folder, "other/snap"), join(folder, "other/docker"));
    expect(composeProgram(env({ PATH: join(folder, "other") }))).toEqual(THROUGH_DOCKER);
  });

  it("is left to the docker client where there is none, which says so", () => {
    expect(composeProgram(env({ PATH: join(folder, "nothing") }))).toEqual(THROUGH_DOCKER);
  });

  it("passes over a plugin that can't be run", async () => {
    await chmod(join(folder, "config/cli-plugins/docker-compose"), 0o644);
    expect(composeProgram(env()).file).not.toBe(plugin().file);
  });
});
