import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { WantedPort } from "./wanted-ports.ts";

/**
 * Whether a process of this machine has the port: found out by binding it for a moment, which is what the engine would do.
 * What can't be bound for another reason (a privileged port, an address of another machine) is the engine's to judge.
 */
export async function isListenedOn({ port, protocol, address }: WantedPort): Promise<boolean> {
  const bind = BINDS[protocol];
  if (bind === undefined) return false;
  // The engine binds both.
  const addresses = address === undefined ? ["0.0.0.0", "::"] : [address.replace(/^\[|\]$/g, "")];
  const codes = await Promise.all(addresses.map((each) => bind(port, each)));
  return codes.includes("EADDRINUSE");
}

/** Binds and lets go; the code of the error, if any. */
type Bind = (port: number, address: string) => Promise<string | undefined>;

const BINDS: Readonly<Record<string, Bind>> = { tcp: bindTcp, udp: bindUdp };

async function bindTcp(port: number, host: string): Promise<string | undefined> {
  const server = createServer();
  try {
    server.listen({ port, host, ipv6Only: true, exclusive: true });
    await once(server, "listening");
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  }
}

async function bindUdp(port: number, address: string): Promise<string | undefined> {
  const isIPv6 = address.includes(":");
  const socket = createSocket({ type: isIPv6 ? "udp6" : "udp4", ipv6Only: isIPv6 });
  try {
    socket.bind({ port, address, exclusive: true });
    await once(socket, "listening");
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.close();
  }
}
