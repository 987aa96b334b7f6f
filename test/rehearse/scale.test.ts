import { expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { type AnyService, probe, rehearse, service, stack, task } from "../../src/index.ts";

// A thousand services in layers; each waits for two of the layer before. The last never becomes ready, and an hour is given.
function large(): ReturnType<typeof stack> {
  const layers: AnyService[][] = [[]];
  for (let layer = 0; layer < 20; layer++) {
    const before = layers.at(-1) ?? [];
    layers.push(
      Array.from({ length: 50 }, (_, index) => {
        const name = `s${layer}-${index}`;
        const dependsOn = [before[index], before[(index + 7) % 50]].flatMap((on) => (on === undefined ? [] : [conditionOn(on)]));
        if (index % 10 === 9) return task(name, { image: "busybox:1.37", dependsOn });
        return service(name, { image: "busybox:1.37", dependsOn, restart: "always", healthcheck: probe.shell("true") });
      }),
    );
  }
  return stack("large", layers.flat());
}

function conditionOn(on: AnyService) {
  if (on.kind === "task") return on.completed();
  return "healthy" in on ? (on as ReturnType<typeof service<ReturnType<typeof probe.shell>>>).healthy() : on.started();
}

it("an hour of a thousand services is rehearsed to its end", () => {
  const checked = checkStack(large());
  const faults = { "s19-1": "never", "s19-2": "crash-loop", "s19-3": "flap@10s", "s19-9": "never" } as const;
  const { verdict, seconds, timeline } = rehearse(checked, { faults, timeout: "1h" });
  expect(verdict).toBe("failed");
  expect(seconds).toBe(3600);
  expect(timeline.filter(({ event }) => event === "started")).toHaveLength(1000);
});
