import * as z from "zod";
import type { Network, NetworkAttachment } from "../network.ts";
import { chosen, custom, parseWithin, withForms } from "./forms.ts";
import { networkAttachmentSchema } from "./network.ts";
import { show } from "./object.ts";
import { listOf, mapOf } from "./scalar.ts";

/** How a service stands on a network, after parsing. */
export interface AttachmentModel extends z.output<typeof networkAttachmentSchema> {}

const joined = z.unknown().transform((value, context): [string, AttachmentModel | null] => {
  const handle = value as Network | NetworkAttachment;
  if (handle.kind === "network") return [handle.name, null];
  const attachment = parseWithin(networkAttachmentSchema, handle.spec, context);
  // Nothing said of it is the same as the network alone.
  return [handle.network.name, Object.keys(attachment ?? {}).length === 0 ? null : attachment];
});

const wrong = custom(
  () => false,
  (input) => `${show(input)} is not a network (write network("name") or what its .with() returns)`,
);

const KINDS = ["network", "network attachment"];

/** The networks of a service: handles in, a map by name out. */
export const networks: z.ZodType<Map<string, AttachmentModel | null>, readonly (Network | NetworkAttachment)[]> = withForms(
  listOf(
    chosen<[string, AttachmentModel | null], Network | NetworkAttachment>((value) =>
      KINDS.includes((value as { kind?: string } | null)?.kind ?? "") ? joined : wrong,
    ),
  ).transform((entries) => new Map(entries)),
  mapOf(networkAttachmentSchema),
);
