import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Engine, type EngineEvent, openEngine } from "../../../src/drive/engine/engine.ts";
import { EngineRefusal } from "../../../src/drive/engine/request.ts";
import { stackErrorOf } from "../../rejection.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { type Answer, type FakeEngine, fakeEngine, json } from "./fake-engine.ts";

function engineAt(host: string): Engine {
  vi.stubEnv("DOCKER_HOST", host);
  const engine = openEngine();
  onTestFinished(() => {
    engine.close();
    vi.unstubAllEnvs();
  });
  return engine;
}

async function engineWith(...args: Parameters<typeof fakeEngine>): Promise<FakeEngine & { engine: Engine }> {
  const fake = await fakeEngine(...args);
  return { ...fake, engine: engineAt(`unix://${fake.socket}`) };
}

async function collect<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const event = (Action: string): EngineEvent => ({ Action, Actor: { ID: "c1" } });

describe("the engine", () => {
  it("says its version", async () => {
    const { engine } = await engineWith({ "/version": json({ Version: "26.1.5", ApiVersion: "1.45" }) });
    expect(await engine.version()).toBe("26.1.5");
  });

  it("answers a ping though everything else takes long", async () => {
    const pong: Answer = (response) => response.setHeader("Api-Version", "1.45").end("OK");
    const { engine } = await engineWith({ "/containers/c1/start": () => undefined, "/_ping": pong });
    for (let starts = 0; starts < 20; starts++) engine.start("c1").catch(() => undefined);
    expect(await engine.ping()).toBe("1.45");
  });

  it("lists the containers of a project, stopped ones too, one-off ones not", async () => {
    const found = [{ Id: "c1", Labels: { "com.docker.compose.service": "db" } }];
    const { engine, requests } = await engineWith({ "/containers/json": json(found) });
    expect(await engine.containersOf("shop")).toEqual(found);
    expect(requests[0]?.query["all"]).toBe("true");
    expect(JSON.parse(requests[0]?.query["filters"] ?? "")).toEqual({
      label: ["com.docker.compose.project=shop", "com.docker.compose.oneoff=False"],
    });
  });

  it("lists the networks of a project", async () => {
    const found = [{ Id: "n1", Name: "shop_default" }];
    const { engine, requests } = await engineWith({ "/networks": json(found) });
    expect(await engine.networksOf("shop")).toEqual(found);
    expect(JSON.parse(requests[0]?.query["filters"] ?? "")).toEqual({ label: ["com.docker.compose.project=shop"] });
  });

  it("asks who uses a network by its id and by its name, also of what does not run, and removes it", async () => {
    const network = { Id: "n1", Name: "shop_default" };
    const gone: Answer = (response) => response.writeHead(204).end();
    const { engine, requests } = await engineWith({ "/containers/json": json([{ Id: "c1" }]), "/networks/n1": gone });
    expect(await engine.isNetworkUsed(network)).toBe(true);
    expect(requests[0]?.query).toEqual({ all: "true", filters: '{"network":["n1","shop_default"]}' });
    await engine.removeNetwork(network);
    expect(requests[1]).toMatchObject({ method: "DELETE", path: "/networks/n1" });
    // That one is gone already.
    await engine.removeNetwork({ ...network, Id: "n2" });
  });

  it("inspects a container", async () => {
    const { engine } = await engineWith({ "/containers/c1/json": json({ Id: "c1", Name: "/shop-db-1" }) });
    expect(await engine.inspect("c1")).toEqual({ Id: "c1", Name: "/shop-db-1" });
  });

  it("reads a file of a container, and nothing where it is not there", async () => {
    const stat = Buffer.from(JSON.stringify({ name: "app.conf", mtime: "2026-01-02T03:04:05.6Z" })).toString("base64");
    const archive = Buffer.alloc(2048);
    archive.write("app.conf", 0);
    archive.write("00000000002", 124);
    archive.write("0", 156);
    archive.write("hi", 512);
    const { engine } = await engineWith({
      "/containers/c1/archive": (response, { query }) =>
        query["path"] === "/etc/app.conf"
          ? response.writeHead(200, { "x-docker-container-path-stat": stat }).end(archive)
          : json({ message: "no such file" }, 404)(response, { method: "", path: "", query }),
    });
    expect(await engine.file("c1", "/etc/app.conf")).toEqual({ text: "hi", changedAt: "2026-01-02T03:04:05.6Z" });
    expect(await engine.file("c1", "/etc/other.conf")).toBeUndefined();
  });

  it("inspects nothing where the container is gone", async () => {
    const { engine } = await engineWith({});
    expect(await engine.inspect("gone")).toBeUndefined();
  });

  it("starts a container, and takes one that runs already for started", async () => {
    const { engine, requests } = await engineWith({
      "/containers/c1/start": (response) => response.writeHead(204).end(),
      "/containers/c2/start": (response) => response.writeHead(304).end(),
    });
    await engine.start("c1");
    await engine.start("c2");
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /containers/c1/start", "POST /containers/c2/start"]);
  });

  it("reads the end of a log", async () => {
    const { engine, requests } = await engineWith({
      "/containers/c1/logs": (response) => {
        response.writeHead(200, { "content-type": "application/vnd.docker.multiplexed-stream" });
        response.end(Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, 3]), Buffer.from("hi\n")]));
      },
    });
    expect(await engine.logs("c1", 50)).toBe("hi\n");
    await engine.logs("c1", 50, "2026-01-02T03:04:05.678901Z");
    // `date -u -d 2026-01-02T03:04:05Z +%s`
    expect(requests.map(({ query }) => query)).toEqual([
      { stdout: "true", stderr: "true", tail: "50" },
      { stdout: "true", stderr: "true", tail: "50", since: "1767323045.678" },
    ]);
  });
});

describe("the events of a project", () => {
  it("come one by one, however they are cut into pieces", async () => {
    const text = `${JSON.stringify(event("start"))}\n${JSON.stringify(event("health_status: ünhealthy"))}\n\n${JSON.stringify(event("die"))}\n`;
    const bytes = Buffer.from(text);
    const middleOfLetter = bytes.indexOf(Buffer.from("ü")) + 1;
    const { engine, requests } = await engineWith({
      "/events": (response) => {
        response.writeHead(200);
        response.write(bytes.subarray(0, middleOfLetter));
        // Later, so that the two arrive as two.
        setTimeout(() => response.end(bytes.subarray(middleOfLetter)), 50);
      },
    });
    const events = await collect(await engine.events("shop", new AbortController().signal));
    expect(events.map(({ Action }) => Action)).toEqual(["start", "health_status: ünhealthy", "die"]);
    const filters = JSON.parse(requests[0]?.query["filters"] ?? "") as Record<string, string[]>;
    expect(filters).toMatchObject({ type: ["container"], label: ["com.docker.compose.project=shop"] });
    // Each look of a probe would be three events, with its whole command.
    expect(filters["event"]).toContain("health_status");
    expect(filters["event"]?.filter((name) => name.startsWith("exec"))).toEqual([]);
  });

  it("arrive while the stream goes on", async () => {
    const { engine } = await engineWith({
      "/events": (response) => {
        response.writeHead(200);
        response.write(`${JSON.stringify(event("start"))}\n{"Action":"di`);
      },
    });
    const controller = new AbortController();
    for await (const { Action } of await engine.events("shop", controller.signal)) {
      expect(Action).toBe("start");
      break;
    }
    controller.abort();
  });

  it("end with the signal", async () => {
    const { engine } = await engineWith({
      "/events": (response) => {
        response.writeHead(200);
        response.write(`${JSON.stringify(event("start"))}\n`);
      },
    });
    const controller = new AbortController();
    const events = await engine.events("shop", controller.signal);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { Action } of events) {
        seen.push(Action);
        controller.abort();
      }
    })();
    await expect(reading).rejects.toThrow(/abort/i);
    expect(seen).toEqual(["start"]);
  });
});

describe("an engine that says no", () => {
  it("is quoted", async () => {
    const { engine } = await engineWith({ "/containers/c1/start": json({ message: "port is already allocated" }, 500) });
    const refusal = await engine.start("c1").then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(refusal).toBeInstanceOf(EngineRefusal);
    expect(refusal).toMatchObject({ status: 500, message: "port is already allocated" });
  });

  it("is quoted where it does not speak JSON", async () => {
    const { engine } = await engineWith({ "/version": (response) => response.writeHead(502).end("bad gateway\n") });
    await expect(engine.version()).rejects.toMatchObject({ status: 502, message: "bad gateway" });
  });

  it("is not taken for one that has no such container", async () => {
    const { engine } = await engineWith({ "/containers/c1/json": json({ message: "oops" }, 500) });
    await expect(engine.inspect("c1")).rejects.toMatchObject({ message: "oops" });
  });
});

describe("no engine", () => {
  it("is an error that says so where nothing listens", async () => {
    const engine = engineAt(`unix://${join(temporaryFolder(), "nobody.sock")}`);
    const error = await stackErrorOf(engine.version());
    expect(error.code).toBe("no-engine");
    expect(error.issues[0]?.hint).toContain("DOCKER_HOST");
  });

  it("is an error that says so where it goes away without an answer", async () => {
    const { engine } = await engineWith({ "/version": (response) => response.socket?.destroy() });
    expect((await stackErrorOf(engine.version())).code).toBe("no-engine");
  });

  it("is an error that says so where it goes away within an answer", async () => {
    const { engine } = await engineWith({
      "/version": (response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write('{"Version":', () => response.socket?.destroy());
      },
    });
    expect((await stackErrorOf(engine.version())).code).toBe("no-engine");
  });
});
