import { expect, it } from "vitest";
import { interruptedLaunch } from "../../src/cli/interruption.ts";

it("names what an interrupted launch leaves running, and nothing that never ran, has ended or is switched off", () => {
  const services = [
    { service: "db", state: "starting" },
    { service: "web", state: "unhealthy" },
    { service: "jobs", state: "restarting" },
    { service: "api", state: "waiting" },
    { service: "migrate", state: "completed" },
    { service: "cron", state: "failed" },
    { service: "debug", state: "off" },
  ] as const;
  expect(interruptedLaunch(services)).toBe("interrupted; still running: db, web, jobs");
  expect(interruptedLaunch(services.filter(({ state }) => state === "off"))).toBe("interrupted; still running: nothing");
});
