import { membersOf } from "../model/stack.ts";
import { handlesOf } from "./handles.ts";
import type { Subject } from "./subject.ts";

/** What the services of a stack use of what is defined beside them, by section and name. */
export type UsedNames = Readonly<Record<"networks" | "volumes" | "secrets" | "configs", ReadonlySet<string>>>;

/** The networks, volumes, secrets and configs that services use; the default network is used by those that name none. */
export function usedNames({ stack, services }: Subject): UsedNames {
  const { networks, volumes, secrets, configs } = handlesOf({ ...stack, options: {} }, membersOf(stack));
  const names = (handles: readonly { readonly name: string }[]): Set<string> => new Set(handles.map(({ name }) => name));
  const joinsDefault = [...services.values()].some(({ model }) => model.networkMode === undefined && !model.networks?.size);
  return {
    networks: new Set([...names(networks), ...(joinsDefault ? ["default"] : [])]),
    volumes: names(volumes),
    secrets: names(secrets),
    configs: names(configs),
  };
}
