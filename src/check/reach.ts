import type { CheckedService } from "../model/checked-stack.ts";
import type { Draft } from "./draft.ts";

/** The networks on which a service has an address, by name; `undefined` where it has the host's, none, or one that is not known here. */
export function networksOf({ model: { networks, networkMode } }: CheckedService, { services }: Draft): readonly string[] | undefined {
  if (networkMode === undefined) return networks === undefined || networks.size === 0 ? ["default"] : [...networks.keys()];
  const [, lender] = (typeof networkMode === "string" && /^service:(.+)$/.exec(networkMode)) || [];
  const other = lender === undefined ? undefined : services.get(lender);
  return other === undefined || other.model.networkMode !== undefined ? undefined : networksOf(other, { services } as Draft);
}
