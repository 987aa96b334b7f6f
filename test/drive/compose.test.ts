import { describe, expect, it } from "vitest";
import { type ComposeProject, composeArguments, composeVersion, passToCompose, runCompose } from "../../src/drive/compose/compose.ts";
import { stackErrorOf } from "../rejection.ts";
import { useFakeDocker, useNoDocker } from "./fake-docker.ts";

const project: ComposeProject = { name: "shop", file: "/p/generated/shop/compose.yaml", envFiles: [], profiles: [] };
const OPTIONS = ["--project-name", "shop", "--file", "/p/generated/shop/compose.yaml"];

describe("the arguments of a Compose command", () => {
  it("name the project and the file before the command", () => {
    expect(composeArguments(project, ["up", "--no-start"])).toEqual([...OPTIONS, "up", "--no-start"]);
  });

  it("name each file of variables and each profile, before the command too", () => {
    const given = { ...project, envFiles: ["/p/.env", "/p/b.env"], profiles: ["debug", "*"] };
    expect(composeArguments(given, ["ps", "-a"])).toEqual([
      ...OPTIONS,
      "--env-file",
      "/p/.env",
      "--env-file",
      "/p/b.env",
      "--profile",
      "debug",
      "--profile",
      "*",
      "ps",
      "-a",
    ]);
  });
});

describe("a Compose command", () => {
  it("is run by docker, with progress in plain lines", async () => {
    const calls = useFakeDocker();
    await runCompose(project, ["config", "a b", "$c"]);
    expect(calls()).toEqual([{ args: ["compose", ...OPTIONS, "config", "a b", "$c"], progress: "plain" }]);
  });

  it("leaves its exit code and both outputs to the byte, also where it fails", async () => {
    useFakeDocker({ stdout: "out\n", stderr: "one\ntwo\n", exitCode: 17 });
    expect(await runCompose(project, ["up"])).toEqual({ exitCode: 17, stdout: "out\n", stderr: "one\ntwo\n" });
  });

  it("tells what it prints line by line, builds and all, and leaves it all the same", async () => {
    useFakeDocker({ stdout: "#1 building\n", stderr: "one\ntwo\n", exitCode: 1 });
    const lines: string[] = [];
    const result = await runCompose(project, ["up"], { onLine: (line) => lines.push(line) });
    expect(lines.sort()).toEqual(["#1 building", "one", "two"]);
    expect(result).toEqual({ exitCode: 1, stdout: "#1 building\n", stderr: "one\ntwo\n" });
  });

  it("is stopped by the signal, and counts as interrupted", async () => {
    useFakeDocker({ stderr: "building\n", hangs: true });
    const controller = new AbortController();
    const result = await runCompose(project, ["up"], { signal: controller.signal, onLine: () => controller.abort() });
    expect(result).toMatchObject({ exitCode: 130, stderr: "building\n" });
  });

  it.each([
    ["listened to", { onLine: () => undefined }],
    ["not listened to", {}],
  ])("without a docker on the PATH is an error without an engine, %s", async (_, options) => {
    useNoDocker();
    expect((await stackErrorOf(runCompose(project, ["up"], options))).code).toBe("no-engine");
  });
});

describe("a Compose command of the user", () => {
  it("gets the arguments as they are, and its exit code is Compose's", async () => {
    const calls = useFakeDocker({ exitCode: 9 });
    expect(await passToCompose(project, ["logs", "--tail", "1"])).toBe(9);
    expect(calls().map(({ args }) => args)).toEqual([["compose", ...OPTIONS, "logs", "--tail", "1"]]);
  });

  it("without a docker on the PATH is an error without an engine", async () => {
    useNoDocker();
    expect((await stackErrorOf(passToCompose(project, ["ps"]))).code).toBe("no-engine");
  });
});

describe("the version of Compose", () => {
  it.each(["2.40.3\n", "v2.40.3\n"])("is what it says, without the letter: %j", async (stdout) => {
    const calls = useFakeDocker({ stdout });
    expect(await composeVersion()).toBe("2.40.3");
    expect(calls()[0]?.args).toEqual(["compose", "version", "--short"]);
  });

  it("is none where docker has no Compose", async () => {
    useFakeDocker({ stderr: "docker: 'compose' is not a docker command.\n", exitCode: 1 });
    expect(await composeVersion()).toBeUndefined();
  });

  it("can't be told where there is no docker", async () => {
    useNoDocker();
    expect((await stackErrorOf(composeVersion())).code).toBe("no-engine");
  });
});
