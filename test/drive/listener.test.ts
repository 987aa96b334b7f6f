import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { isListenedOn } from "../../src/drive/ports/listener.ts";
import type { WantedPort } from "../../src/drive/ports/wanted-ports.ts";

const want = (port: number, rest: Partial<WantedPort> = {}): WantedPort => ({
  service: "web",
  port,
  protocol: "tcp",
  address: undefined,
  ...rest,
});

describe("a look at a port of this machine", () => {
  it.each(["0.0.0.0", "127.0.0.1", "::"])("sees who listens on %s", async (host) => {
    const server = createServer().listen(0, host);
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    expect(await isListenedOn(want(port))).toBe(true);
    expect(await isListenedOn(want(port, { protocol: "udp" }))).toBe(false);
    server.close();
    await once(server, "close");
    expect(await isListenedOn(want(port))).toBe(false);
  });

  it("tells one address from another", async ({ onTestFinished }) => {
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    expect(await isListenedOn(want(port, { address: "127.0.0.1" }))).toBe(true);
    expect(await isListenedOn(want(port, { address: "127.0.0.2" }))).toBe(false);
  });

  it("sees who receives datagrams", async ({ onTestFinished }) => {
    const socket = createSocket("udp4").bind(0, "0.0.0.0");
    onTestFinished(() => void socket.close());
    await once(socket, "listening");
    expect(await isListenedOn(want(socket.address().port, { protocol: "udp" }))).toBe(true);
    expect(await isListenedOn(want(socket.address().port))).toBe(false);
  });

  it("does not judge what it can't bind for another reason", async () => {
    // An address for documentation, which no machine has (RFC 5737).
    expect(await isListenedOn(want(8080, { address: "192.0.2.1" }))).toBe(false);
    expect(await isListenedOn(want(8080, { protocol: "sctp" }))).toBe(false);
  });
});
