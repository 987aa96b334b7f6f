import { probe, service } from "../../src/index.ts";
import { box, checked, FAST, listening, PATIENT, READY, readyAfter, type Scenario, STAY, server } from "./scenario.ts";

const late = readyAfter(2);

/** When a service is ready, and when time runs out. */
export const READINESS: readonly Scenario[] = [
  { name: "ready-at-once", services: () => [checked("web", STAY, "true")], expect: READY },
  { name: "ready-late", services: () => [checked("web", late.script, late.check, PATIENT)], expect: READY },
  { name: "ready-after-flapping", services: () => [checked("web", STAY, "echo x >> /n; [ $(wc -l < /n) -gt 2 ]", FAST)], expect: READY },
  { name: "ready-without-check", services: () => [box("web", STAY)], expect: READY },
  {
    name: "never-ready",
    services: () => [checked("web", STAY, "echo not yet; exit 1", PATIENT)],
    timeout: 3,
    expect: { verdict: "timeout", exitCode: 5, culprit: "web", cause: "still-starting", victims: [] },
  },
  {
    name: "no-probe-yet",
    services: () => [checked("web", STAY, "true", { interval: "30s", startPeriod: "0s" })],
    timeout: 2,
    expect: { verdict: "timeout", exitCode: 5, culprit: "web", cause: "no-probe-yet" },
  },
  {
    name: "hook-does-not-end",
    services: () => {
      const web = box("web", STAY, { postStart: [{ command: ["sleep", "61"] }] });
      return [web, box("app", STAY, { dependsOn: [web.started()] })];
    },
    timeout: 4,
    expect: { verdict: "timeout", exitCode: 5, culprit: "web", cause: "hook-not-ended", victims: ["app"] },
  },
  {
    name: "unhealthy-for-good",
    services: () => {
      const db = checked("db", STAY, "echo broken inside; exit 1");
      return [box("app", STAY, { dependsOn: [db.healthy()] })];
    },
    expect: { verdict: "failed", exitCode: 3, culprit: "db", cause: "unhealthy", victims: ["app"] },
  },
  {
    name: "recovers-before-deadline",
    services: () => [checked("web", late.script.replace("2", "3"), late.check, { ...FAST, retries: 2 })],
    timeout: 20,
    expect: READY,
  },
  {
    name: "start-period-too-short",
    services: () => [server("web", `console.log("loading the model");setTimeout(()=>{${listening(80, "r.end()")}},15000)`, 80)],
    expect: { verdict: "failed", exitCode: 3, culprit: "web", cause: "start-period-too-short" },
  },
  {
    name: "slow-sibling-beside-a-dead-one",
    services: () => [checked("slow", readyAfter(8).script, "test -e /ready", PATIENT), box("dead", "sleep 1; echo out of luck; exit 3")],
    expect: { verdict: "failed", exitCode: 4, culprit: "dead", cause: "exited" },
  },
  {
    name: "disabled-health-check",
    services: () => [service("web", { ...IMAGE_WITH_CHECK, healthcheck: probe.none() })],
    expect: READY,
  },
  {
    name: "image-with-its-own-check",
    services: () => [service("web", { ...IMAGE_WITH_CHECK, healthcheck: probe.fromImage() })],
    expect: { verdict: "failed", exitCode: 3, culprit: "web", cause: "unhealthy" },
  },
  { name: "scale-zero", services: () => [box("web", "exit 3", { deploy: { replicas: 0 } }), box("app", STAY)], expect: READY },
  {
    name: "profile-off",
    services: () => {
      const debug = box("debug", "exit 3", { profiles: ["debug"] });
      return [box("app", STAY, { dependsOn: [debug.started({ required: false })] })];
    },
    expect: READY,
  },
  {
    name: "optional-dependency-fails",
    services: () => {
      const cache = checked("cache", STAY, "exit 1");
      return [box("app", STAY, { dependsOn: [cache.healthy({ required: false })] })];
    },
    expect: READY,
  },
  {
    name: "chain-in-order",
    services: () => {
      const db = checked("db", late.script, late.check, PATIENT);
      const api = checked("api", STAY, "true", PATIENT, { dependsOn: [db.healthy()] });
      return [box("web", STAY, { dependsOn: [api.healthy()] })];
    },
    expect: READY,
  },
  { name: "second-up-changes-nothing", services: () => [checked("web", STAY, "true")], again: true, expect: READY },
];

const IMAGE_WITH_CHECK = {
  build: {
    context: ".",
    dockerfileInline:
      'FROM busybox:1.37\nHEALTHCHECK --interval=300ms --retries=2 CMD echo the check of the image; false\nCMD ["sleep","1000"]\n',
  },
  stopGracePeriod: "1s",
  init: true,
} as const;
