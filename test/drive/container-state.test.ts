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

describe("the health check", () => {
  const settings = (check: Healthcheck) => {
    const inspection = { ...inspectionOf({}, {}), Config: { Labels: {}, Healthcheck: { Test: ["CMD", "true"], ...check } } };
    return containerState(inspection, { runs: 1 }).settings?.healthcheck;
  };

  // Engine 26.1 with an interval of 20 s and a start period of 60 s looks for the first time after 20 s.
  test("has the interval for a start interval where none is given", () => {
    expect(settings({ Interval: 20e9, StartPeriod: 60e9 })).toMatchObject({ interval: 20, startInterval: 20 });
    expect(settings({ Interval: 20e9, StartInterval: 1e9 })).toMatchObject({ interval: 20, startInterval: 1 });
    expect(settings({})).toMatchObject({ interval: 30, startInterval: 30, timeout: 30, retries: 3 });
  });
});

type Healthcheck = NonNullable<ContainerInspection["Config"]["Healthcheck"]>;

function inspectionOf(ports: PortBindings, asked: PortBindings): ContainerInspection {
  return {
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
}

function portsOf(ports: PortBindings, asked: PortBindings): readonly string[] {
  return containerState(inspectionOf(ports, asked), { runs: 1 }).ports.map(
    ({ host, container, protocol }) => `${host}:${container}/${protocol}`,
  );
}
