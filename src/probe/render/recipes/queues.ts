import type { ServerProbe } from "../../catalogue/servers.ts";
import type { Context } from "../context.ts";
import { ANY } from "../conversation/conversation.ts";
import { ncWays } from "../conversation/nc.ts";
import { conversationWays } from "../conversation/ways.ts";
import { exec, type Way } from "../way.ts";

/** The AMQP port, which opens last; or the broker's own diagnostics. */
export function rabbitmqWays({ port = 5672, diagnostics }: ServerProbe, { limit }: Context): readonly Way[] {
  if (diagnostics !== true) return conversationWays({ port }, limit);
  return [exec("rabbitmq-diagnostics", ["rabbitmq-diagnostics", "-q", "check_port_connectivity"], { unlimited: true })];
}

/** An ApiVersions request (key 18, version 0), which every broker answers before any login. */
export function kafkaWays({ port = 9092 }: ServerProbe, { limit }: Context): readonly Way[] {
  const say = "\0\0\0\n\0\x12\0\0\0\0\0\x01\xff\xff";
  const onlyOpen = ncWays({ host: "127.0.0.1", port }, limit).map((way) => ({ ...way, remark: "nc proves only that the port is open" }));
  return [...conversationWays({ port, say, expect: ANY }, limit), ...onlyOpen];
}

/** The greeting of a NATS server. */
export function natsWays({ port = 4222 }: ServerProbe, { limit }: Context): readonly Way[] {
  return conversationWays({ port, expect: "INFO {" }, limit);
}

/** `srvr`: a server that does not serve requests yet answers something else. */
export function zookeeperWays({ port = 2181 }: ServerProbe, { limit }: Context): readonly Way[] {
  return conversationWays({ port, say: "srvr\n", expect: "Zookeeper version" }, limit);
}
