import { request } from "node:http";

const SOCKET = (process.env["DOCKER_HOST"] ?? "unix:///var/run/docker.sock").replace("unix://", "");

/** Asks the Docker Engine, over its local socket. */
export async function engine<T>(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<T> {
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request({ socketPath: SOCKET, method, path, headers: { "content-type": "application/json" } }, (response) => {
      let received = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        received += chunk;
      });
      response.on("end", () => ((response.statusCode ?? 500) < 400 ? resolve(received) : reject(new Error(received))));
    });
    sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  });
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** The fields of a container that are looked at. */
export interface Inspection {
  readonly State: { readonly Health?: { readonly Log: readonly { readonly End: string; readonly ExitCode: number }[] | null } };
  readonly NetworkSettings: { readonly IPAddress: string };
}
