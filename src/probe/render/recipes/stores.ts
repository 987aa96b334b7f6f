import type { ServerProbe } from "../../catalogue/servers.ts";
import { addressIn, type Context } from "../context.ts";
import { conversationWays } from "../conversation/ways.ts";
import { passwordExpression } from "../credential.ts";
import { httpWays } from "../http/ways.ts";
import { quoteAll } from "../quote.ts";
import { exec, script, type Way, wholeSeconds } from "../way.ts";

/** PING with the server's own client, or with that of the other, which does the same: in Valkey's images there is no redis-cli. */
export function redisWays(probe: ServerProbe, context: Context): readonly Way[] {
  const clients = probe.type === "valkey" ? (["valkey-cli", "redis-cli"] as const) : (["redis-cli", "valkey-cli"] as const);
  return clients.map((client) => ({ ...pingWay(client, probe, context), unlimited: true, rare: client !== clients[0] }));
}

function pingWay(client: "redis-cli" | "valkey-cli", { port = 6379, password }: ServerProbe, context: Context): Way {
  const words = ["-h", addressIn(context), "-p", String(port), "ping"];
  // Without -e, which came with version 7, the client exits with 0 whatever is answered.
  if (password === undefined && knowsErrorCode(context.image)) return exec(client, [client, "-e", ...words]);
  // With it the client still goes on without a login where the server asks for none: then it says so beside the answer.
  const secret = password === undefined ? "" : `export REDISCLI_AUTH=${passwordExpression(password)}; `;
  return script(client, `${secret}said=$(${quoteAll([client, ...words])} 2>&1); [ "$said" = PONG ] || { echo "$said"; exit 1; }`);
}

/** `version`, the cheapest command. */
export function memcachedWays({ port = 11211 }: ServerProbe, context: Context): readonly Way[] {
  return conversationWays({ port, say: "version\r\n", expect: "VERSION", bye: "quit\r\n" }, context);
}

/** A linearizable read with etcdctl; there is no shell in its image. */
export function etcdWays({ port = 2379 }: ServerProbe, context: Context): readonly Way[] {
  const words = [`--endpoints=http://${addressIn(context)}:${port}`, `--command-timeout=${wholeSeconds(context.limit)}s`];
  return [exec("etcdctl", ["etcdctl", ...words, "endpoint", "health"])];
}

/** A CQL OPTIONS request: version 4, opcode 5; the answer begins with the version of a response. */
export function cassandraWays({ port = 9042 }: ServerProbe, context: Context): readonly Way[] {
  return conversationWays({ port, say: "\x04\0\0\0\x05\0\0\0\0", expect: "\x84" }, context);
}

/** /ping, read to its end, or ClickHouse would log a broken connection at each look. */
export function clickhouseWays({ port = 8123 }: ServerProbe, context: Context): readonly Way[] {
  const client = exec("clickhouse-client", ["clickhouse-client", "--host", addressIn(context), "-q", "SELECT 1"], {
    unlimited: true,
    rare: true,
  });
  return [...httpWays({ port, path: "/ping" }, context), client];
}

function knowsErrorCode(image: Context["image"]): boolean {
  if (image === undefined || !/(^|\/)(redis|valkey)$/.test(image.repository)) return false;
  const major = /^\d+/.exec(image.tag)?.[0];
  return major === undefined || Number(major) >= 7;
}
