import { describe, expect, it } from "vitest";
import type { ContainerSummary } from "../../src/drive/engine/engine.ts";
import { takenPorts } from "../../src/drive/taken-ports.ts";

const want = { service: "web", port: 8080, protocol: "tcp", address: undefined };

function holder(project: string | undefined, port: object): ContainerSummary {
  const labels = project === undefined ? {} : { "com.docker.compose.project": project };
  return { Id: "1", Names: ["/shop-web-1"], Labels: labels, Ports: [{ Type: "tcp", PublicPort: 8080, IP: "0.0.0.0", ...port }] };
}

describe("a port of the host", () => {
  it("is taken by a container of another project, which is named", () => {
    expect(takenPorts("blog", [want], [holder("shop", {})])).toMatchObject([
      { path: "web.ports", message: "port 8080 of the host is taken by the container shop-web-1 of the project shop" },
    ]);
    expect(takenPorts("blog", [want], [holder(undefined, {})])[0]?.message).toMatch(/by the container shop-web-1$/);
  });

  it.each([
    ["its own project has it", "blog", {}, want],
    ["another port is published", "shop", { PublicPort: 8081 }, want],
    ["nothing is published", "shop", { PublicPort: undefined }, want],
    ["the protocol is another", "shop", { Type: "udp" }, want],
    ["the address is another", "shop", { IP: "127.0.0.2" }, { ...want, address: "127.0.0.1" }],
  ])("is free where %s", (_, project, port, wanted) => {
    expect(takenPorts("blog", [wanted], [holder(project, port)])).toEqual([]);
  });

  it("is taken where one of the two listens on every address", () => {
    expect(takenPorts("blog", [{ ...want, address: "127.0.0.1" }], [holder("shop", { IP: "::" })])).toHaveLength(1);
    expect(takenPorts("blog", [want], [holder("shop", { IP: "127.0.0.1" })])).toHaveLength(1);
  });
});
