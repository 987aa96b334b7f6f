import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { engineWay } from "../../../src/drive/engine/connect.ts";
import { openEngine } from "../../../src/drive/engine/engine.ts";
import { stackErrorOf } from "../../rejection.ts";
import { temporaryFolder, writeTree } from "../../temporary-folder.ts";
import { useFakeDocker, useNoDocker } from "../fake-docker.ts";
import { fakeEngine, json } from "./fake-engine.ts";

/** A server that says its name to whoever connects. */
async function serverCalled(name: string): Promise<string> {
  const socket = join(temporaryFolder(), "s.sock");
  // It keeps its side of a connection open for as long as it can.
  const server: Server = createServer({ allowHalfOpen: true }, (connection) => connection.on("error", () => undefined).write(name));
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  return socket;
}

/** Who answers on a connection made with this environment. */
async function whoAnswers(env: NodeJS.ProcessEnv): Promise<string> {
  const connection = engineWay(env).open();
  const [text] = (await once(connection, "data")) as [Buffer];
  connection.destroy();
  return text.toString();
}

describe("the way to the engine", () => {
  it("is the socket that DOCKER_HOST names, opened directly", async () => {
    const calls = useFakeDocker();
    const socket = await serverCalled("direct");
    expect(await whoAnswers({ DOCKER_HOST: `unix://${socket}`, DOCKER_CONTEXT: "elsewhere" })).toBe("direct");
    expect(calls()).toEqual([]);
  });

  it("is the default socket where DOCKER_HOST names none", () => {
    expect(engineWay({ DOCKER_HOST: "unix://" }).name).toBe("unix:///var/run/docker.sock (DOCKER_HOST)");
  });

  it.each(["tcp://10.0.0.1:2376", "ssh://me@host"])("leads through the docker client for DOCKER_HOST=%s", async (host) => {
    const calls = useFakeDocker({ socket: await serverCalled("through docker") });
    expect(await whoAnswers({ DOCKER_HOST: host })).toBe("through docker");
    expect(calls().map(({ args }) => args)).toEqual([["system", "dial-stdio"]]);
  });

  it("leads through the docker client for a context that DOCKER_CONTEXT names", async () => {
    useFakeDocker({ socket: await serverCalled("through docker") });
    expect(await whoAnswers({ DOCKER_CONTEXT: "remote" })).toBe("through docker");
  });

  it("leads through the docker client for the context of its configuration", async () => {
    useFakeDocker({ socket: await serverCalled("through docker") });
    const folder = temporaryFolder();
    await writeTree(folder, { "config.json": '{ "currentContext": "colima" }' });
    expect(await whoAnswers({ DOCKER_CONFIG: folder })).toBe("through docker");
  });
});

describe("an engine behind the docker client", () => {
  it("is left at once, though it keeps the connection", async () => {
    useFakeDocker({ socket: await serverCalled("forever") });
    const connection = engineWay({ DOCKER_HOST: "ssh://me@host" }).open();
    await once(connection, "data");
    connection.destroy();
    await once(connection, "close");
  });

  it("answers one request after the other", async () => {
    const { socket } = await fakeEngine({ "/version": json({ Version: "27.0.1" }), "/containers/c1/json": json({ Id: "c1" }) });
    useFakeDocker({ socket });
    vi.stubEnv("DOCKER_HOST", "ssh://me@host");
    const engine = openEngine();
    expect(await engine.version()).toBe("27.0.1");
    expect(await engine.inspect("c1")).toEqual({ Id: "c1" });
    engine.close();
  });

  it("is no engine where the client can't reach it", async () => {
    useFakeDocker({ stderr: "error during connect: no route to host\n", exitCode: 1 });
    vi.stubEnv("DOCKER_HOST", "ssh://me@host");
    const engine = openEngine();
    const error = await stackErrorOf(engine.version());
    expect(error.code).toBe("no-engine");
    expect(error.message).toContain("at ssh://me@host (DOCKER_HOST): error during connect: no route to host");
    engine.close();
  });

  it("is no engine where there is no client", async () => {
    useNoDocker();
    vi.stubEnv("DOCKER_HOST", "ssh://me@host");
    const engine = openEngine();
    const error = await stackErrorOf(engine.version());
    expect(error.code).toBe("no-engine");
    expect(error.message).toContain("no docker command on the PATH");
    engine.close();
  });
});
