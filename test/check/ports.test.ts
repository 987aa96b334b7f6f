import { env, type ServiceSpec, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { issuesOf, reportsOf } from "./issues.ts";

type Ports = NonNullable<ServiceSpec["ports"]>;
const both = (a: Ports, b: Ports, spec: ServiceSpec = {}) =>
  reportsOf(stack("s", [service("a", { image: "x", ports: a, ...spec }), service("b", { image: "x", ports: b })]));

describe("one host port for two services", () => {
  it.each<[string, Ports, Ports]>([
    ["as short forms", ["8080:80"], ["8080:81"]],
    ["as short and long form", ["8080:80"], [{ target: 81, published: 8080 }]],
    ["on all addresses and on one", ["8080:80"], ["127.0.0.1:8080:80"]],
    ["on one address and on all of them, spelt out", ["127.0.0.1:8080:80"], ["0.0.0.0:8080:80"]],
    ["within a range", ["8079-8081:79-81"], ["8080:80"]],
  ])("is refused %s", (_, a, b) => {
    expect(both(a, b)).toEqual([["b.ports", 'host port 8080/tcp is published by "a" already']]);
  });

  it.each<[string, Ports, Ports]>([
    ["the ports differ", ["8080:80"], ["8081:80"]],
    ["the protocols differ", ["53:53/tcp"], ["53:53/udp"]],
    ["the addresses differ", ["127.0.0.1:8080:80"], ["127.0.0.2:8080:80"]],
    ["any free port is taken", ["80"], ["80"]],
    ["any free port is asked for by 0", [{ target: 80, published: 0 }], [{ target: 80, published: 0 }]],
    ["a range leaves a choice", ["8080-8081:80"], ["8080-8081:80"]],
    ["a variable decides on the port", [{ target: 80, published: env("A") }], [{ target: 80, published: env("A") }]],
    ["a variable decides on the protocol", [{ target: 80, published: 8080, protocol: env("P") }], ["8080:80"]],
    ["a variable decides on the address", [{ target: 80, published: 8080, hostIp: env("IP") }], ["8080:80"]],
  ])("is no matter where %s", (_, a, b) => {
    expect(both(a, b)).toEqual([]);
  });

  it("is no matter where a profile decides who runs", () => {
    expect(both(["8080:80"], ["8080:80"], { profiles: ["debug"] })).toEqual([]);
  });

  it("is told once for a range", () => {
    expect(both(["8080-8089:8080-8089"], ["8085-8094:85-94"])).toEqual([
      ["b.ports", 'host port 8085/tcp and 4 more are published by "a" already'],
    ]);
  });

  it("is refused within one service", () => {
    expect(both(["8080:80", "8080:81"], [])).toEqual([["a.ports", 'host port 8080/tcp is published by "a" already']]);
  });
});

describe("replicas", () => {
  const report = (spec: ServiceSpec) => reportsOf(stack("s", [service("a", { image: "x", ...spec })]));

  it("can't share a container name", () => {
    expect(report({ deploy: { replicas: 2 }, containerName: "one" })).toEqual([
      ["a.containerName", "2 replicas can't share one container name"],
    ]);
  });

  it("can't share a host port, and the hint says what to write", () => {
    const [issue, ...rest] = issuesOf(stack("s", [service("a", { image: "x", deploy: { replicas: 3 }, ports: ["8080:80"] })]));
    expect(issue).toMatchObject({ path: "a.ports", message: "3 replicas can't share host port 8080" });
    expect(issue?.hint).toBe('publish a range, e.g. "8000-8002:80", or no host port');
    expect(rest).toEqual([]);
  });

  it("can't share a container name in a profile either", () => {
    expect(report({ deploy: { replicas: 2 }, containerName: "one", profiles: ["debug"] })).toHaveLength(1);
  });

  it.each<[string, ServiceSpec]>([
    ["one replica has a name and a port", { deploy: { replicas: 1 }, containerName: "one", ports: ["8080:80"] }],
    ["several take from a range", { deploy: { replicas: 2 }, ports: ["8080-8081:80"] }],
    ["several take any free port", { deploy: { replicas: 2 }, ports: ["80"] }],
    ["a variable decides how many there are", { deploy: { replicas: env("N") }, containerName: "one", ports: ["8080:80"] }],
  ])("are accepted where %s", (_, spec) => {
    expect(report(spec)).toEqual([]);
  });
});

it("more ports than can be published are not taken apart", () => {
  const all = Array.from({ length: 1000 }, (_, index) => service(`s${index}`, { image: "x", ports: ["1-65535:1-65535"] }));
  expect(reportsOf(stack("s", all))).toEqual([
    ["s7.ports", "makes it more than 500000 published ports, and no more are read"],
    ...all.slice(1, 8).map(({ name }) => [`${name}.ports`, 'host port 1/tcp and 65534 more are published by "s0" already']),
  ]);
});
