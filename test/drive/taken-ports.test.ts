import { describe, expect, it } from "vitest";
import type { ContainerSummary, Engine } from "../../src/drive/engine/engine.ts";
import { findTakenPorts, publishedPorts } from "../../src/drive/ports/taken-ports.ts";
import { holdPort } from "../e2e/engine.ts";

const want = { service: "web", port: 8080, protocol: "tcp", address: undefined };

function holder(project: string | undefined, port: object): ContainerSummary {
  const labels = project === undefined ? {} : { "com.docker.compose.project": project };
  return { Id: "1", Labels: labels, Ports: [{ Type: "tcp" }, { Type: "tcp", PublicPort: 8080, IP: "0.0.0.0", ...port }] };
}

describe("a port of the host that a container publishes", () => {
  it("is taken where the container is not of the project", () => {
    for (const other of [holder("shop", {}), holder(undefined, {})])
      expect(publishedPorts("blog", [want], [other])).toEqual({ published: [{ wanted: want, holder: other }], unpublished: [] });
  });

  it("is the project's to keep where the container is its own", () => {
    expect(publishedPorts("blog", [want], [holder("blog", {})])).toEqual({ published: [], unpublished: [] });
  });

  it.each([
    ["another port is published", { PublicPort: 8081 }, want],
    ["the protocol is another", { Type: "udp" }, want],
    ["the address is another", { IP: "127.0.0.2" }, { ...want, address: "127.0.0.1" }],
  ])("is free where %s", (_, port, wanted) => {
    expect(publishedPorts("blog", [wanted], [holder("shop", port)])).toEqual({ published: [], unpublished: [wanted] });
  });

  it("is taken where one of the two listens on every address", () => {
    expect(publishedPorts("blog", [{ ...want, address: "127.0.0.1" }], [holder("shop", { IP: "::" })]).published).toHaveLength(1);
    expect(publishedPorts("blog", [want], [holder("shop", { IP: "127.0.0.1" })]).published).toHaveLength(1);
  });
});

describe("a port of the host that a process listens on", () => {
  const engineOn = (isHere: boolean, containers: readonly ContainerSummary[] = []) =>
    ({ runningContainers: async () => containers, isOnThisMachine: async () => isHere }) as Engine;

  it("is taken where the engine is on this machine", async ({ onTestFinished }) => {
    const { port, release } = await holdPort();
    onTestFinished(release);
    const wanted = { ...want, port };
    expect(await findTakenPorts(engineOn(true), "blog", [wanted])).toEqual([{ wanted }]);
    expect(await findTakenPorts(engineOn(false), "blog", [wanted])).toEqual([]);
  });

  it("is not taken where nobody listens and several services want it", async () => {
    const { port, release } = await holdPort();
    await release();
    const wanted = ["web", "api", "db"].map((service) => ({ ...want, service, port }));
    expect(await findTakenPorts(engineOn(true), "blog", wanted)).toEqual([]);
  });

  it("is not taken where the project's own container is what listens", async ({ onTestFinished }) => {
    const { port, release } = await holdPort();
    onTestFinished(release);
    const own = holder("blog", { PublicPort: port });
    expect(await findTakenPorts(engineOn(true, [own]), "blog", [{ ...want, port }])).toEqual([]);
  });

  it("is not taken where it is let go meanwhile", async () => {
    const { port, release } = await holdPort();
    let looks = 0;
    const runningContainers = async () => {
      looks++;
      if (looks === 2) await release();
      return [];
    };
    const engine = { ...engineOn(true), runningContainers };
    expect(await findTakenPorts(engine, "blog", [{ ...want, port }])).toEqual([]);
    expect(looks).toBe(2);
  });
});
