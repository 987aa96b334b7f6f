import { describe, expect, it } from "vitest";
import type { ComposeProject } from "../../src/drive/compose/compose.ts";
import { createContainers, createError } from "../../src/drive/compose/create.ts";
import { stackErrorOf } from "../rejection.ts";
import { useFakeDocker } from "./fake-docker.ts";

const project: ComposeProject = { name: "shop", file: "/p/compose.yaml", envFiles: [], profiles: [] };
const OPTIONS = ["compose", "--project-name", "shop", "--file", "/p/compose.yaml"];

describe("creating the containers", () => {
  it.each([
    ["starts nothing", {}, []],
    ["builds if told to", { build: true }, ["--build"]],
    ["pulls as told", { pull: "always" }, ["--pull", "always"]],
    ["does both", { build: true, pull: "never" }, ["--build", "--pull", "never"]],
  ] as const)("%s", async (_, options, expected) => {
    const calls = useFakeDocker();
    await createContainers(project, options);
    expect(calls().map(({ args }) => args)).toEqual([[...OPTIONS, "up", "--no-start", ...expected]]);
  });

  it("fails with what Compose said", async () => {
    useFakeDocker({ exitCode: 1, stderr: " Container shop-api-1  Creating\nError response from daemon: something new\n" });
    const error = await stackErrorOf(createContainers(project));
    expect(error.code).toBe("create-failed");
    expect(error.message).toContain("something new");
    expect(error.message).not.toContain("Creating");
  });

  it("is tried once more beside what an interrupted recreation has left, whatever the container is called", async () => {
    const calls = useFakeDocker({
      exitCode: 1,
      stderr: 'Error when allocating new name: Conflict. The container name "/chosen" is already in use by container "1f2e"\n',
    });
    expect((await stackErrorOf(createContainers(project))).code).toBe("create-failed");
    expect(calls().length).toBeGreaterThan(1);
  });

  it("tells which volumes Compose has kept though they have changed", async () => {
    // Its questions, one after the other, where nobody answers.
    const asks = (name: string): string =>
      `Volume "${name}" exists but doesn't match configuration in compose file. Recreate (data will be lost)? `;
    useFakeDocker({ stdout: `${asks("shop_data")}${asks("shop_logs")}`, stderr: " Container shop-db-1  Running\n" });
    expect(await createContainers(project)).toEqual({ volumes: ["shop_data", "shop_logs"] });
    useFakeDocker({ stdout: "", stderr: " Container shop-db-1  Running\n" });
    expect(await createContainers(project)).toEqual({ volumes: [] });
  });

  it("is no failure when it was interrupted", async () => {
    useFakeDocker({ hangs: true, stderr: "building\n" });
    const controller = new AbortController();
    await createContainers(project, { signal: controller.signal, onLine: () => controller.abort() });
    expect(controller.signal.aborted).toBe(true);
  });
});

describe("what Compose says", () => {
  it.each([
    [/image can't be pulled/, "Error response from daemon: pull access denied for nope, repository does not exist"],
    [/image can't be pulled/, "Error response from daemon: manifest for busybox:0.0 not found: manifest unknown"],
    [/image can't be pulled/, 'failed to resolve reference "docker.io/library/nope:1": not found'],
    [/image can't be pulled/, 'Error response from daemon: Get "http://localhost:1/v2/": dial tcp [::1]:1: connect: connection refused'],
    [/image can't be built/, 'failed to solve: process "/bin/sh -c exit 9" did not complete successfully: exit code: 9'],
    [/image can't be built/, "failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory"],
    [/create it first/, "network backend declared as external, but could not be found"],
    [/another container has this name/, 'Conflict. The container name "/db" is already in use by container "1f2e"'],
    [/disk is full/, "write /var/lib/docker/x: no space left on device"],
  ])("is turned into advice: %s", (hint, stderr) => {
    const error = createError(stderr);
    expect(error.code).toBe("create-failed");
    expect(error.issues).toHaveLength(1);
    expect(error.issues[0]?.hint).toMatch(hint);
    expect(error.issues[0]?.message).toContain(stderr);
  });

  it("about an engine that is not there is not taken for a failed creation", () => {
    const error = createError("Cannot connect to the Docker daemon at unix:///nope.sock. Is the docker daemon running?");
    expect(error.code).toBe("no-engine");
  });

  it("is passed on without advice where it is not known", () => {
    const error = createError("a message of tomorrow");
    expect(error.code).toBe("create-failed");
    expect(error.issues[0]?.hint).toBeUndefined();
  });
});
