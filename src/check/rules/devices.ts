import type { Issue } from "../../errors.ts";
import { type Draft, issueAt } from "../draft.ts";
import { attribute } from "../judging.ts";
import { rule } from "../rule.ts";

export const COUNT_AND_DEVICE_IDS = rule({
  name: "count-and-device-ids",
  severity: "error",
  refuses: "every stack",
  summary: "Devices are asked for by number and by id at once.",
  why: "The two contradict each other: Compose refuses the file.",
  fix: "Write one of them.",
  bad: `services:
  model:
    image: nginx:1.29
    gpus:
      - count: 1
        device_ids: ["0"]
`,
  good: `services:
  model:
    image: nginx:1.29
    gpus:
      - device_ids: ["0"]
`,
  sources: ["https://docs.docker.com/reference/compose-file/deploy/#devices"],
  judge: checkDevices,
});

/** Devices are asked for by number or by id. */
function checkDevices({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap(({ name, definition, model }) => {
    const reserved = model.deploy?.resources?.reservations?.devices ?? [];
    const gpus = Array.isArray(model.gpus) ? model.gpus : [];
    const requests = [
      ...reserved.map((request, index) => ({ path: `deploy.resources.reservations.devices.${index}`, request })),
      ...gpus.map((request, index) => ({ path: `gpus.${index}`, request })),
    ];
    return requests
      .filter(({ request }) => request.count !== undefined && request.deviceIds !== undefined)
      .map(({ path }) =>
        issueAt(
          definition,
          `${name}.${path}`,
          `"count" and ${attribute({ definition }, "deviceIds")} contradict each other (write one of them)`,
        ),
      );
  });
}
