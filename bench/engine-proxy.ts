import { connect, createServer, type Socket } from "node:net";

const SOCKET = (process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock").replace("unix://", "");

/** A way to the engine that misbehaves. */
export interface EngineProxy {
  readonly host: string;
  close(): Promise<void>;
}

export interface EngineProxyOptions {
  /** Seconds after which streams of events end. Default: they don't. */
  readonly cutEvents?: number;
  /** The unix socket on which it listens. Default: a port of TCP. */
  readonly socket?: string;
}

/** Passes bytes on to the engine's socket; `gate` says whether it answers now. */
export async function engineProxy(gate: () => boolean, { cutEvents, socket }: EngineProxyOptions = {}): Promise<EngineProxy> {
  const open = new Set<Socket>();
  const server = createServer((client) => {
    if (!gate()) {
      client.destroy();
      return;
    }
    const engine = connect(SOCKET);
    for (const end of [client, engine]) {
      open.add(end);
      end.on("close", () => open.delete(end));
      end.on("error", () => undefined);
    }
    client.on("data", (data) => {
      if (cutEvents !== undefined && data.includes("GET /events")) setTimeout(() => client.destroy(), cutEvents * 1000);
    });
    client.pipe(engine).pipe(client);
    client.on("close", () => engine.destroy());
    engine.on("close", () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(socket === undefined ? { port: 0, host: "127.0.0.1" } : { path: socket }, resolve));
  const watch = setInterval(() => {
    if (!gate()) for (const end of open) end.destroy();
  }, 100);
  const address = server.address();
  return {
    host: typeof address === "object" ? `tcp://127.0.0.1:${address?.port}` : `unix://${address}`,
    close: async () => {
      clearInterval(watch);
      for (const end of open) end.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
