import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { planLaunch } from "../../src/drive/decide/launch-plan.ts";
import { wantedPorts } from "../../src/drive/ports/wanted-ports.ts";
import { env, type ServiceSpec, service, stack } from "../../src/index.ts";

function wanted(spec: ServiceSpec, variables: Record<string, string> = {}) {
  const checked = checkStack(stack("shop", [service("web", { image: "busybox:1.37", ...spec })]));
  return wantedPorts(checked, planLaunch(checked), variables);
}

describe("the ports of the host that a launch wants", () => {
  it("are those that are asked for by number, on every address or one", () => {
    expect(wanted({ ports: ["8080:80", "127.0.0.1:5432:5432", "53:53/udp", "0.0.0.0:81:81"] })).toEqual([
      { service: "web", port: 8080, protocol: "tcp", address: undefined },
      { service: "web", port: 5432, protocol: "tcp", address: "127.0.0.1" },
      { service: "web", port: 53, protocol: "udp", address: undefined },
      { service: "web", port: 81, protocol: "tcp", address: undefined },
    ]);
  });

  it("are what the variables make of them", () => {
    const ports = [{ target: 80, published: env("PORT", { default: "8080" }) }];
    expect(wanted({ ports })).toMatchObject([{ port: 8080 }]);
    expect(wanted({ ports }, { PORT: "9090" })).toMatchObject([{ port: 9090 }]);
  });

  it.each<[string, ServiceSpec]>([
    ["any free port will do", { ports: ["80"] }],
    ["the engine may choose from a range", { ports: [{ target: 80, published: "8000-8010" }] }],
    ["there are to be no containers", { ports: ["8080:80"], scale: 0 }],
    ["the service takes no part", { ports: ["8080:80"], profiles: ["debug"] }],
  ])("are none where %s", (_, spec) => {
    expect(wanted(spec)).toEqual([]);
  });
});
