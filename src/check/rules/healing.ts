import type { CheckedService } from "../../model/checked-stack.ts";
import { earliestUnhealthy } from "../../model/health-bounds.ts";
import { imageFacts, imageName, isSure } from "../images.ts";
import { atService, eachService } from "../judging.ts";
import { rule } from "../rule.ts";
import { timingOf } from "../timing.ts";

const AUTOHEAL_IMAGE = /(?:^|\/)(?:docker-)?autoheal(?:[:@]|$)/;

export const RESTART_DOES_NOT_HEAL = rule({
  name: "restart-does-not-heal",
  severity: "info",
  summary: "A label asks for a restart when the container is unhealthy, and nothing in the stack does it.",
  why: "Outside of Swarm, unhealthy restarts nothing: restart policies act on exits only.",
  fix: "Add an auto-healer to the stack (it needs the engine's socket), or let the application exit when it can't go on.",
  bad: `services:
  web:
    image: nginx:1.29
    restart: always
    labels:
      autoheal: "true"
`,
  good: `services:
  web:
    image: nginx:1.29
    restart: always
    labels:
      autoheal: "true"
  healer:
    image: willfarrell/autoheal:1.2.0
    volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
`,
  sources: ["docker/compose#4826", "moby/moby#28400"],
  judge: (subject) => {
    const images = [...subject.services.values()].map((service) => imageName(service) ?? "");
    if (images.some((name) => AUTOHEAL_IMAGE.test(name))) return [];
    return eachService((service) =>
      isHealed(service)
        ? [atService(service, "labels", "nothing in this stack restarts it when it is unhealthy, unless an auto-healer runs elsewhere")]
        : [],
    )(subject);
  },
});

export const AUTOHEAL_LOOP = rule({
  name: "autoheal-loop",
  severity: "warning",
  summary: "An auto-healer restarts a service that may be unhealthy before its image has usually started.",
  why: "It is restarted before it is ready, and again, and again.",
  fix: "Give it a `start_period` as long as a slow start takes.",
  bad: `services:
  db:
    image: mysql:8.4
    labels:
      autoheal: "true"
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]
      interval: 2s
`,
  good: `services:
  db:
    image: mysql:8.4
    labels:
      autoheal: "true"
    healthcheck:
      test: ["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]
      interval: 2s
      start_period: 60s
`,
  sources: ["willfarrell/docker-autoheal#53"],
  judge: eachService((service) => {
    const timing = timingOf(service);
    const startup = imageFacts(service)?.startup;
    if (!isHealed(service) || timing === undefined || startup === undefined || !isSure(startup.confidence)) return [];
    const earliest = earliestUnhealthy(timing);
    if (earliest >= startup.seconds) return [];
    const message = `is restarted when it is unhealthy, which may be ${earliest} s after its start; its image takes up to ${startup.seconds} s`;
    return [atService(service, "healthcheck", message)];
  }),
});

function isHealed({ model }: CheckedService): boolean {
  return model.labels?.get("autoheal") === "true";
}
