import type { Issue } from "../errors.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Devices are asked for by number or by id. */
export function checkDevices({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    const reserved = model.deploy?.resources?.reservations?.devices ?? [];
    const gpus = Array.isArray(model.gpus) ? model.gpus : [];
    const requests = [
      ...reserved.map((request, index) => ({ path: `deploy.resources.reservations.devices.${index}`, request })),
      ...gpus.map((request, index) => ({ path: `gpus.${index}`, request })),
    ];
    return requests
      .filter(({ request }) => request.count !== undefined && request.deviceIds !== undefined)
      .map(({ path }) => issueAt(definition, `${name}.${path}`, '"count" and "deviceIds" contradict each other (write one of them)'));
  });
}
