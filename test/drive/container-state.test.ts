import { describe, expect, test } from "vitest";
import type { ContainerInspection, PortBindings } from "../../src/drive/engine/engine.ts";
import { containerState } from "../../src/drive/observe/container-state.ts";

describe("published ports", () => {
  // As Engine 26.1 tells them of `ports: ["80", "127.0.0.1::81", "8000-8010:82"]`.
  test("a free port of the host has another number for IPv6, and is one port", () => {
    const ports = {
      "80/tcp": [
        { HostIp: "0.0.0.0", HostPort: "32833" },
        { HostIp: "::", HostPort: "32830" },
      ],
      "81/tcp": [{ HostIp: "127.0.0.1", HostPort: "32790" }],
      "82/tcp": [
        { HostIp: "0.0.0.0", HostPort: "8000" },
        { HostIp: "::", HostPort: "8000" },
      ],
      "83/tcp": null,
    };
    const asked = { "80/tcp": [{ HostIp: "", HostPort: "" }], "82/tcp": [{ HostIp: "", HostPort: "8000-8010" }] };
    expect(portsOf(ports, asked)).toEqual(["32833:80/tcp", "32790:81/tcp", "8000:82/tcp"]);
  });

  test("what is asked for of IPv6 alone is a port of its own", () => {
    const ports = {
      "80/tcp": [
        { HostIp: "0.0.0.0", HostPort: "8080" },
        { HostIp: "::", HostPort: "9090" },
      ],
    };
    const asked = {
      "80/tcp": [
        { HostIp: "0.0.0.0", HostPort: "8080" },
        { HostIp: "::", HostPort: "9090" },
      ],
    };
    expect(portsOf(ports, asked)).toEqual(["8080:80/tcp", "9090:80/tcp"]);
    expect(portsOf({ "53/udp": [{ HostIp: "::", HostPort: "53" }] }, { "53/udp": [{ HostIp: "::", HostPort: "53" }] })).toEqual([
      "53:53/udp",
    ]);
  });
});

function portsOf(ports: PortBindings, asked: PortBindings): readonly string[] {
  const inspection: ContainerInspection = {
    Id: "1",
    Name: "/web",
    RestartCount: 0,
    Config: { Labels: {} },
    HostConfig: { PortBindings: asked },
    NetworkSettings: { Ports: ports },
    State: {
      Status: "running",
      OOMKilled: false,
      Error: "",
      ExitCode: 0,
      StartedAt: "2026-01-01T00:00:00Z",
    },
  };
  return containerState(inspection, { runs: 1 }).ports.map(({ host, container, protocol }) => `${host}:${container}/${protocol}`);
}
