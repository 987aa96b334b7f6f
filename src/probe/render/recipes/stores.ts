import type { ServerProbe } from "../../catalogue/servers.ts";
import { addressIn, type Context } from "../context.ts";
import { conversationWays } from "../conversation/ways.ts";
import { passwordExpression } from "../credential.ts";
import { httpWays } from "../http/ways.ts";
import { quoteAll } from "../quote.ts";
import { exec, script, type Way, wholeSeconds } from "../way.ts";

/** PING with the server's own client; valkey's image has no redis-cli, nor the other way round. */
export function redisWays({ type, port = 6379, password }: ServerProbe, context: Context): readonly Way[] {
  const client = type === "valkey" ? "valkey-cli" : "redis-cli";
  const words = [client, "-h", addressIn(context), "-p", String(port)];
  const secret = password === undefined ? "" : `export REDISCLI_AUTH=${passwordExpression(password)}; `;
  // Without -e, which came with version 7, the client exits with 0 whatever is answered.
  if (!knowsErrorCode(context.image))
    return [script(client, `${secret}[ "$(${quoteAll([...words, "ping"])})" = PONG ]`, { unlimited: true })];
  const strict = [client, "-e", ...words.slice(1), "ping"];
  return [
    secret === "" ? exec(client, strict, { unlimited: true }) : script(client, `${secret}exec ${quoteAll(strict)}`, { unlimited: true }),
  ];
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
