import type { ServerProbe } from "../../catalogue/servers.ts";
import { addressIn, type Context } from "../context.ts";
import { ANY } from "../conversation/conversation.ts";
import { ncWays } from "../conversation/nc.ts";
import { conversationWays } from "../conversation/ways.ts";
import { exec, type Way } from "../way.ts";

/** The AMQP port, which opens last; or the broker's own diagnostics. */
export function rabbitmqWays({ port = 5672, diagnostics }: ServerProbe, context: Context): readonly Way[] {
  if (diagnostics !== true) return conversationWays({ port }, context);
  return [exec("rabbitmq-diagnostics", ["rabbitmq-diagnostics", "-q", "check_port_connectivity"], { unlimited: true })];
}

/** An ApiVersions request (key 18, version 0), which every broker answers before any login. */
export function kafkaWays({ port = 9092 }: ServerProbe, context: Context): readonly Way[] {
  const say = "\0\0\0\n\0\x12\0\0\0\0\0\x01\xff\xff";
  const onlyOpen = ncWays({ host: addressIn(context), port }, context.limit).map((way) => ({
    ...way,
    remark: "nc proves only that the port is open",
  }));
  return [...conversationWays({ port, say, expect: ANY }, context), ...onlyOpen];
}

/** The greeting of a NATS server. */
export function natsWays({ port = 4222 }: ServerProbe, context: Context): readonly Way[] {
  return conversationWays({ port, expect: "INFO {" }, context);
}

/** `srvr`: a server that does not serve requests yet answers something else. */
export function zookeeperWays({ port = 2181 }: ServerProbe, context: Context): readonly Way[] {
  return conversationWays({ port, say: "srvr\n", expect: "Zookeeper version" }, context);
}
