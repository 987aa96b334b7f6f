import { execFile } from "node:child_process";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { renderProbe } from "../../src/probe/render.ts";

/** How a probe ended. */
export interface Run {
  readonly exitCode: number | string;
  readonly output: string;
}

/** Runs a probe's command on this machine, as Docker would in the container. */
export function run(probe: AnyProbe, image?: string): Promise<Run> {
  const [form, ...words] = (renderProbe(probe, image).healthcheck?.test ?? []) as string[];
  const [file = "", ...args] = form === "CMD-SHELL" ? ["/bin/sh", "-c", ...words] : words;
  return new Promise((resolve) => {
    execFile(
      file,
      args,
      { env: { PATH: process.env["PATH"], http_proxy: "http://127.0.0.1:1" }, timeout: 20_000 },
      (error, stdout, stderr) => {
        resolve({ exitCode: error?.code ?? 0, output: stdout + stderr });
      },
    );
  });
}

/** A local HTTP server that answers as told until it is disposed of. */
export async function serve(listener: RequestListener): Promise<AsyncDisposable & { port: number }> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A port on which nothing listens. */
export async function closedPort(): Promise<number> {
  await using server = await serve(() => {});
  return server.port;
}
