import { config, network, secret, service, stack, volume } from "stackwright";
import { describe, expect, it } from "vitest";
import { reportsOf } from "./issues.ts";

const a = service("a", { image: "x" });

describe("the name of a stack", () => {
  it.each(["shop", "0shop", "my-shop_2"])("may be %s", (name) => {
    expect(reportsOf(stack(name, [a]))).toEqual([]);
  });

  it.each(["Shop", "-shop", "_shop", "my.shop", "my shop", ""])("can't be %j, which Compose would change", (name) => {
    const message = `${JSON.stringify(name)} can't name a stack (write lower-case letters, digits, "_" and "-")`;
    expect(reportsOf(stack(name, [a]))).toEqual([["name", message]]);
  });
});

describe("the name of a service", () => {
  it.each(["db", "Db.2", "_db-1"])("may be %s", (name) => {
    expect(reportsOf(stack("s", [service(name, { image: "x" })]))).toEqual([]);
  });

  it.each(["my db", "", "dé", "a/b"])("can't be %j", (name) => {
    const message = `${JSON.stringify(name)} is not a name (write letters, digits, ".", "_" and "-")`;
    expect(reportsOf(stack("s", [service(name, { image: "x" })]))).toEqual([[name, message]]);
  });
});

describe("the name of anything else", () => {
  it("follows the same rule", () => {
    const wrong = service("a", {
      image: "x",
      networks: [network("n 1")],
      volumes: [volume("v 1").at("/v")],
      secrets: [secret("s 1", { file: "s" })],
      configs: [config("c 1", { file: "c" })],
    });
    expect(reportsOf(stack("s", [wrong])).map(([path]) => path)).toEqual(["n 1", "v 1", "s 1", "c 1"]);
  });

  it("is checked where only the stack lists it", () => {
    expect(reportsOf(stack("s", [a], { networks: [network("n 1")], volumes: [volume("v 1")] })).map(([path]) => path)).toEqual([
      "n 1",
      "v 1",
    ]);
  });

  it("can't begin with x- for a network, which Compose takes for an extension", () => {
    const message = '"x-n" can\'t name a network: Compose takes what begins with "x-" for an extension';
    expect(reportsOf(stack("s", [service("a", { image: "x", networks: [network("x-n")] })]))).toEqual([["x-n", message]]);
  });

  it("may contain x-", () => {
    expect(reportsOf(stack("s", [service("a", { image: "x", networks: [network("max-n")] })]))).toEqual([]);
  });
});

describe("a key that begins with x-", () => {
  const message = 'begins with "x-": Compose takes it out, as an extension';

  it("is refused in the options of a driver", () => {
    const mounted = volume("v", { driverOpts: { "x-type": "nfs", type: "nfs" } }).at("/v");
    expect(reportsOf(stack("s", [service("a", { image: "x", volumes: [mounted] })]))).toEqual([["v.driverOpts.x-type", message]]);
  });

  it("is accepted in environment, labels and build arguments", () => {
    const keys = { "x-a": "1" };
    expect(reportsOf(stack("s", [service("a", { build: { context: ".", args: keys }, environment: keys, labels: keys })]))).toEqual([]);
  });
});

describe("two handles of one name", () => {
  it("are refused, whatever they describe", () => {
    const b = service("b", { image: "x", networks: [network("n")] });
    const c = service("c", { image: "x", networks: [network("n", { internal: true })] });
    expect(reportsOf(stack("s", [b, c]))).toEqual([
      ["n", expect.stringMatching(/^two networks have this name; the other one is at .*names\.test\.ts:/)],
    ]);
  });

  it("are accepted where they are of different kinds", () => {
    const spec = { image: "x", networks: [network("a")], volumes: [volume("a").at("/a")] };
    expect(reportsOf(stack("s", [service("a", spec)]))).toEqual([]);
  });

  it("are accepted where it is the same handle", () => {
    const shared = network("n");
    const services = ["a", "b"].map((name) => service(name, { image: "x", networks: [shared] }));
    expect(reportsOf(stack("s", services))).toEqual([]);
  });
});
