import { addressIn, type Context } from "../context.ts";
import type { Way } from "../way.ts";
import { bashWay } from "./bash.ts";
import type { Conversation } from "./conversation.ts";
import { ncWays } from "./nc.ts";
import { nodeWay } from "./node.ts";
import { perlWay } from "./perl.ts";
import { pythonWay } from "./python.ts";

/** Every way to hold a conversation inside a container, by what a look costs (docs/probes.md). */
export function conversationWays(conversation: Partial<Conversation> & Pick<Conversation, "port">, context: Context): readonly Way[] {
  const { limit } = context;
  const whole: Conversation = { host: addressIn(context), ...conversation };
  return [
    bashWay(whole, limit),
    ...ncWays(whole, limit, context.host !== undefined),
    perlWay(whole, limit),
    pythonWay(whole, limit),
    nodeWay(whole, limit),
  ];
}
