import { describe, expect, it } from "vitest";
import { diagnosePorts } from "../../../src/drive/diagnose/diagnose-ports.ts";

const wanted = { service: "web", port: 8080, protocol: "tcp", address: undefined };
const nowhere = () => undefined;

function holder(labels: Readonly<Record<string, string>>) {
  return { Id: "0123456789abcdef", Names: ["/shop-web-1"], Labels: labels };
}

describe("a port that is taken", () => {
  it("is told with the container that has it, its service and its project", () => {
    const labels = { "com.docker.compose.project": "shop", "com.docker.compose.service": "front" };
    expect(diagnosePorts([{ wanted, holder: holder(labels) }], () => ({ source: "stack.ts:4:1" }))).toMatchObject([
      {
        service: "web",
        failure: "create-failed",
        cause: "port-taken",
        message: "host port 0.0.0.0:8080 is taken by the container shop-web-1 (service front of project shop)",
        source: "stack.ts:4:1",
      },
    ]);
    expect(diagnosePorts([{ wanted, holder: holder({}) }], nowhere)[0]?.message).toMatch(/by the container shop-web-1$/);
  });

  it("is told where no container has it", () => {
    const [culprit] = diagnosePorts([{ wanted: { ...wanted, address: "::1" } }], nowhere);
    expect(culprit?.message).toMatch(/^host port \[::1\]:8080 is taken by a process of this machine/);
  });

  it("makes one culprit of a service with several", () => {
    const second = { ...wanted, port: 8081 };
    const other = { ...wanted, service: "api", port: 9000 };
    const culprits = diagnosePorts([{ wanted }, { wanted: other }, { wanted: second }], nowhere);
    expect(culprits.map(({ service, evidence }) => [service, evidence.length])).toEqual([
      ["web", 2],
      ["api", 1],
    ]);
    expect(culprits[0]?.evidence[1]).toContain("8081/tcp");
  });
});
