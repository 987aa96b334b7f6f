import { atService, attribute, eachService } from "../judging.ts";
import { rule } from "../rule.ts";

export const NETWORKS_WITH_NETWORK_MODE = rule({
  name: "networks-with-network-mode",
  severity: "error",
  refuses: "every stack",
  summary: "A service has a network mode, and networks of its own.",
  why: "It has either the network of another one or networks of its own: Compose refuses the file.",
  fix: "Take one of the two out.",
  bad: `services:
  web:
    image: nginx:1.29
    network_mode: host
    networks: [front]
networks:
  front:
`,
  good: `services:
  web:
    image: nginx:1.29
    networks: [front]
networks:
  front:
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: eachService((service) => {
    const { networkMode: mode, networks } = service.model;
    if (typeof mode !== "string" || networks === undefined || networks.size === 0) return [];
    const either = `a service has either the network of "${mode}" or networks of its own`;
    return [atService(service, "networkMode", `${attribute(service, "networkMode")} and "networks" contradict each other: ${either}`)];
  }),
});

export const PORTS_WITH_NETWORK_MODE = rule({
  name: "ports-with-network-mode",
  severity: "error",
  refuses: "typescript",
  summary: "A service publishes ports, and has no network of its own to publish them from.",
  why: "With `network_mode: host`, `none`, `service:` or `container:` the engine drops the ports or refuses the container.",
  fix: "Take `ports` out; with `service:` or `container:` publish them there.",
  bad: `services:
  web:
    image: nginx:1.29
    network_mode: host
    ports: ["8080:80"]
`,
  good: `services:
  web:
    image: nginx:1.29
    network_mode: host
`,
  sources: ["https://docs.docker.com/engine/network/drivers/host/", "Measured: `docker compose config` 2.40 accepts it"],
  judge: eachService((service) => {
    const { networkMode: mode, ports } = service.model;
    if (typeof mode !== "string" || ports === undefined || ports.length === 0 || hasOwnNetwork(mode)) return [];
    const hint = mode === "host" ? "what it listens on can be reached on the host as it is" : undefined;
    // The engine discards them with the host's network, and says so; with the others it refuses the container.
    const severity = mode === "host" ? "warning" : "error";
    return [
      atService(service, "ports", `ports can't be published with ${attribute(service, "networkMode").slice(1, -1)}: "${mode}"`, {
        ...(hint === undefined ? {} : { hint }),
        severity,
      }),
    ];
  }),
});

function hasOwnNetwork(mode: string): boolean {
  return !["none", "host"].includes(mode) && !/^(service|container):/.test(mode);
}
