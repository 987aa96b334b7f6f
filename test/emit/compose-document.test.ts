import { env, interpolate, network, service, stack, volume } from "stackwright";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { composeOf, emittedService } from "./layout.ts";

describe("a map with a key that begins with x-", () => {
  it("is a list in environment, because Compose would take the key for an extension", () => {
    const read = emittedService({ environment: { A: "$a", "x-b": env("B"), "x-c": null, D$: "d=e" } });
    expect(read.environment).toEqual(["A=$$a", "x-b=${B:?B is not set}", "x-c", "D$$=d=e"]);
  });

  it("is a list in labels and build arguments", () => {
    const read = emittedService({ labels: { "x-a": 1 }, build: { args: { "x-b": "$" }, labels: { "x-c": true } } });
    expect([read.labels, read.build.args, read.build.labels]).toEqual([["x-a=1"], ["x-b=$$"], ["x-c=true"]]);
  });

  it("is a list in the labels of networks and volumes", () => {
    const labels = { "x-a": "1" };
    const text = composeOf(stack("s", [], { networks: [network("n", { labels })], volumes: [volume("v", { labels })] }));
    expect(parse(text)).toMatchObject({ networks: { n: { labels: ["x-a=1"] } }, volumes: { v: { labels: ["x-a=1"] } } });
  });

  it("stays a map where no key begins so", () => {
    expect(emittedService({ environment: { "max-a": "$" }, labels: { x: 1 } })).toMatchObject({
      environment: { "max-a": "$$" },
      labels: { x: "1" },
    });
  });
});

describe("the options of security modules", () => {
  it("have the path of a seccomp profile, which Compose looks for beside the file it reads; all else is kept", () => {
    const kept = ["seccomp=unconfined", "seccomp:unconfined", "seccomp=builtin", "seccomp=", "no-new-privileges:true", "label=type:a/b"];
    const securityOpt = [
      ...kept,
      "seccomp=profile.json",
      "seccomp:./a/../b.json",
      "seccomp=/etc/p.json",
      interpolate`seccomp=${env("PROFILE")}`,
    ];
    expect(emittedService({ securityOpt }).security_opt).toEqual([
      ...kept,
      "seccomp=../../stacks/shop/profile.json",
      "seccomp:../../stacks/shop/b.json",
      "seccomp=/etc/p.json",
      "seccomp=${PROFILE:?PROFILE is not set}",
    ]);
    const below = interpolate`seccomp=profiles/${env("PROFILE")}.json`;
    expect(emittedService({ securityOpt: [below] }).security_opt).toEqual([
      "seccomp=../../stacks/shop/profiles/${PROFILE:?PROFILE is not set}.json",
    ]);
  });
});

describe("keys", () => {
  it("of the specification change to snake_case at every depth", () => {
    const ipam = { config: [{ ipRange: "10.0.0.0/24", auxAddresses: { hostOne: "10.0.0.2" } }] };
    const joined = network("n", { enableIpv6: true, ipam }).with({ ipv4Address: "10.0.0.3", linkLocalIps: ["57.1.1.1"], gwPriority: 1 });
    const read = parse(composeOf(stack("s", [service("a", { build: { dockerfileInline: "FROM x" }, networks: [joined] })])));
    expect(read.services.a).toEqual({
      build: { context: "../../stacks/shop", dockerfile_inline: "FROM x" },
      networks: { n: { ipv4_address: "10.0.0.3", link_local_ips: ["57.1.1.1"], gw_priority: 1 } },
    });
    expect(read.networks.n).toEqual({
      ipam: { config: [{ ip_range: "10.0.0.0/24", aux_addresses: { hostOne: "10.0.0.2" } }] },
      enable_ipv6: true,
    });
  });

  it("of the user stay as written", () => {
    const mounted = volume("v", { driverOpts: { camelCase: "1", snake_case: 2 } }).at("/v");
    const read = parse(composeOf(stack("s", [service("a", { image: "x", environment: { camelCase: "1" }, volumes: [mounted] })])));
    expect(read.services.a.environment).toEqual({ camelCase: "1" });
    expect(read.volumes.v.driver_opts).toEqual({ camelCase: "1", snake_case: "2" });
  });

  it("of extensions stay as written, and their texts get every $ doubled", () => {
    expect(emittedService({ "x-team": { camelCase: ["$a", 1, null, { innerKey: true }] } })["x-team"]).toEqual({
      camelCase: ["$$a", 1, null, { innerKey: true }],
    });
  });
});

describe("values", () => {
  it("that are undefined are left out", () => {
    const spec = { command: undefined, environment: {}, deploy: { replicas: undefined } } as never;
    expect(emittedService(spec)).toEqual({ image: "x", environment: {}, deploy: {} });
  });

  it("that appear twice are written twice, without an anchor", () => {
    const shared = { A: "1" };
    const text = composeOf(
      stack(
        "s",
        ["a", "b"].map((name) => service(name, { image: "x", environment: shared, "x-a": { deep: shared } })),
      ),
    );
    expect(text).not.toMatch(/[&*]/);
    expect(text.match(/A: "1"/g)).toHaveLength(4);
  });

  it("of attributes stand in the order of the specification, whatever the order of writing", () => {
    expect(Object.keys(emittedService({ user: "1", ports: ["80"], command: "c" }))).toEqual(["command", "image", "ports", "user"]);
  });

  it("that are variables are written for Compose to replace", () => {
    const read = emittedService({ init: env("INIT"), deploy: { replicas: env("N", { default: "2" }) }, stopGracePeriod: env("G") });
    expect(read).toMatchObject({
      init: "${INIT:?INIT is not set}",
      deploy: { replicas: "${N:-2}" },
      stop_grace_period: "${G:?G is not set}",
    });
  });
});

describe("sections", () => {
  it("that would be empty are left out", () => {
    expect(parse(composeOf(stack("s", [service("a", { image: "x" })])))).toEqual({ name: "s", services: { a: { image: "x" } } });
  });
});
