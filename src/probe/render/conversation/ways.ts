import type { Limit, Way } from "../way.ts";
import { bashWay } from "./bash.ts";
import type { Conversation } from "./conversation.ts";
import { ncWays } from "./nc.ts";
import { nodeWay } from "./node.ts";
import { perlWay } from "./perl.ts";
import { pythonWay } from "./python.ts";

/** Every way to hold a conversation inside a container, by what a look costs (docs/probes.md). */
export function conversationWays(conversation: Partial<Conversation> & Pick<Conversation, "port">, limit: Limit): readonly Way[] {
  const whole: Conversation = { host: "127.0.0.1", ...conversation };
  return [bashWay(whole, limit), ...ncWays(whole, limit), perlWay(whole, limit), pythonWay(whole, limit), nodeWay(whole, limit)];
}
