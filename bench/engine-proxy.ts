import { connect, createServer, type Socket } from "node:net";

const SOCKET = (process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock").replace("unix://", "");

/** A way to the engine that misbehaves; the docker client and we reach it over TCP. */
export interface EngineProxy {
  readonly host: string;
  close(): Promise<void>;
}

/** Passes bytes on to the engine's socket; `gate` says whether it answers now, and streams of events end after `cutEvents` seconds. */
export async function engineProxy(gate: () => boolean, cutEvents?: number): Promise<EngineProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (!gate()) {
      client.destroy();
      return;
    }
    const engine = connect(SOCKET);
    for (const socket of [client, engine]) {
      open.add(socket);
      socket.on("close", () => open.delete(socket));
      socket.on("error", () => undefined);
    }
    client.on("data", (data) => {
      if (cutEvents !== undefined && data.includes("GET /events")) setTimeout(() => client.destroy(), cutEvents * 1000);
    });
    client.pipe(engine).pipe(client);
    client.on("close", () => engine.destroy());
    engine.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const watch = setInterval(() => {
    if (!gate()) for (const socket of open) socket.destroy();
  }, 100);
  const address = server.address();
  return {
    host: `tcp://127.0.0.1:${typeof address === "object" ? address?.port : ""}`,
    close: async () => {
      clearInterval(watch);
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
