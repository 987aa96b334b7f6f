import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import type { PublishedPort } from "../../src/drive/decide/snapshot.ts";
import { unpublishedPorts } from "../../src/drive/ports/unpublished-ports.ts";
import { type ServiceSpec, service, stack } from "../../src/index.ts";
import { containerOf } from "./launch-text.ts";

const HTTP: PublishedPort = { host: 8080, container: 80, protocol: "tcp" };

function unpublished(spec: ServiceSpec, ports: readonly PublishedPort[], line = "web running") {
  const checked = checkStack(stack("shop", [service("web", { image: "busybox:1.37", ...spec })]));
  return unpublishedPorts(checked, { at: 0, containers: [{ ...containerOf(line), ports }] });
}

describe("ports that are published nowhere", () => {
  it("are told once, by their side of the container", () => {
    expect(unpublished({ ports: ["8080:80", "8081:80", "53:53/udp"] }, [])).toEqual([{ service: "web", ports: ["80/tcp", "53/udp"] }]);
  });

  it("are told where others are published", () => {
    expect(unpublished({ ports: ["8080:80", "53:53/udp"] }, [HTTP])).toEqual([{ service: "web", ports: ["53/udp"] }]);
  });

  it.each<[string, ServiceSpec, readonly PublishedPort[], string]>([
    ["every one is published", { ports: ["8080:80"] }, [HTTP], "web running"],
    ["none is asked for", { expose: [80] }, [], "web running"],
    ["the container does not run", { ports: ["8080:80"] }, [], "web exited exit=1"],
  ])("are none where %s", (_, spec, ports, line) => {
    expect(unpublished(spec, ports, line)).toEqual([]);
  });
});
