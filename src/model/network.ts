import type * as z from "zod";
import { required } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { type Definition, definedBy } from "./definition.ts";
import { attributes, NAME } from "./handle-arguments.ts";
import type { networkAttachmentSchema, networkSchema } from "./schema/network.ts";

/** Attributes of a network. @see https://docs.docker.com/reference/compose-file/networks/ */
export interface NetworkSpec extends z.input<typeof networkSchema> {}

/** How a service stands on a network. @see https://docs.docker.com/reference/compose-file/services/#networks */
export interface NetworkAttachmentSpec extends z.input<typeof networkAttachmentSchema> {}

/** A network; a service joins it by naming it in `networks`. */
export interface Network {
  readonly kind: "network";
  readonly name: string;
  readonly spec: NetworkSpec;
  readonly definition: Definition;
  /** The network, joined with aliases, an address, a priority. */
  with(attachment: NetworkAttachmentSpec): NetworkAttachment;
}

/** A network as one service joins it. */
export interface NetworkAttachment {
  readonly kind: "network attachment";
  readonly network: Network;
  readonly spec: NetworkAttachmentSpec;
}

const NETWORK = attributes("{ internal: true }");
const ATTACHMENT = required(attributes('{ aliases: ["db"] }'));

/** A network of the stack. Names: letters, digits, ".", "_" and "-". */
export const network = accepting("network", { name: NAME, spec: NETWORK }, (name: string, spec: NetworkSpec = {}): Network => {
  const self: Network = Object.freeze<Network>({
    kind: "network",
    name,
    spec,
    definition: definedBy(network),
    with: accepting("network().with", { attachment: ATTACHMENT }, (attachment: NetworkAttachmentSpec) =>
      Object.freeze<NetworkAttachment>({ kind: "network attachment", network: self, spec: attachment }),
    ),
  });
  return self;
});
