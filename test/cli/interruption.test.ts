import { expect, it } from "vitest";
import { interruptedLaunch } from "../../src/cli/interruption.ts";
import { lookAt } from "../drive/launch-text.ts";

const launch = (...lines: readonly string[]) => ({
  services: ["db", "web", "jobs", "api", "migrate", "debug"].map((service) => ({ service })),
  snapshot: lookAt(3, ...lines),
});

it("names what an interrupted launch leaves running, in the order of its plan, and nothing that never ran or has ended", () => {
  const seen = launch("jobs restarting exit=1", "web unhealthy", "db starting", "api created", "migrate exited");
  expect(interruptedLaunch(seen)).toEqual(["interrupted; still running: db, web, jobs"]);
  expect(interruptedLaunch(launch("api created"))).toEqual(["interrupted; still running: nothing"]);
  expect(interruptedLaunch({ ...seen, unhooked: ["web"] })).toEqual(["interrupted; still running: db, jobs"]);
});

it("says that what is being replaced runs on until it has stopped", () => {
  const [running, stops] = interruptedLaunch(launch("db#1 healthy", "db#1 created"));
  expect([running, stops]).toEqual(["interrupted; still running: db", "what was told to stop will stop all the same"]);
});
