import {
  type Dockerfile,
  from,
  inDockerfile,
  type Probe,
  probe,
  type Service,
  type ServiceWithHealthcheck,
  StackError,
  service,
} from "stackwright";
import { describe, expect, expectTypeOf, it } from "vitest";

const plain = from("node:22-slim").cmd(["node", "x.js"]);
const checked = from("node:22-slim")
  .healthcheck(probe.http({ port: 80 }))
  .cmd(["node", "x.js"]);

describe("a Dockerfile as a value", () => {
  it("is never changed: every method makes a new one", () => {
    const base = from("busybox");
    base.run("true").user("root");
    expect(base.steps).toEqual([]);
    expect(Object.isFrozen(base)).toBe(true);
  });

  it("takes only instructions that exist, with options that exist", () => {
    // @ts-expect-error there is no such instruction
    expect(() => plain.runs("x")).toThrow();
    // @ts-expect-error "form" is not an option
    expect(() => plain.copy("a", "b", { form: plain })).toThrow(StackError);
    // @ts-expect-error a cache has no size
    expect(() => plain.run("x", { mounts: [{ type: "cache", target: "/x", size: 1 }] })).toThrow(StackError);
    // @ts-expect-error an empty list is no shell
    expect(() => plain.shell([])).toThrow(StackError);
  });
});

describe("waiting for a service with a Dockerfile", () => {
  it("is typed by the health check in the Dockerfile", () => {
    expectTypeOf(service("a", { build: { context: ".", dockerfile: checked } })).toEqualTypeOf<ServiceWithHealthcheck>();
    expectTypeOf(service("a", { build: { context: ".", dockerfile: plain } })).toEqualTypeOf<Service>();
    expectTypeOf(service("a", { build: { context: ".", dockerfile: plain as Dockerfile } })).toEqualTypeOf<Service>();
    expectTypeOf(service("a", { build: { context: ".", dockerfile: "Dockerfile.dev" } })).toEqualTypeOf<Service>();
    expectTypeOf(service("a", { build: "." })).toEqualTypeOf<Service>();
    expect(service("a", { build: { dockerfile: checked } }).healthy().condition).toBe("service_healthy");
  });

  it("is not possible where the service or the Dockerfile says that there is none", () => {
    const none = from("x").healthcheck(probe.none());
    expectTypeOf(service("a", { build: { dockerfile: checked }, healthcheck: probe.none() })).toEqualTypeOf<Service>();
    expectTypeOf(service("a", { build: { dockerfile: none } })).toEqualTypeOf<Service>();
    const service_ = service("a", { build: { dockerfile: plain } }) as ServiceWithHealthcheck;
    expect(() => service_.healthy()).toThrow(StackError);
  });

  it("is typed by the stage that the Dockerfile is based on, as Docker hands its health check on", () => {
    const below = from(from(checked, { as: "middle" }).run("true")).cmd(["node", "x.js"]);
    expectTypeOf(service("a", { build: { dockerfile: below } })).toEqualTypeOf<ServiceWithHealthcheck>();
    expect(service("a", { build: { dockerfile: below } }).healthy().condition).toBe("service_healthy");
    expect(below.check).toBe(checked.check);
    expectTypeOf(service("a", { build: { dockerfile: from(plain) } })).toEqualTypeOf<Service>();
    expectTypeOf(service("a", { build: { dockerfile: plain.copy("a", "a", { from: checked }) } })).toEqualTypeOf<Service>();
  });

  it("is typed by the health check of the stage itself, which takes the place of the one below", () => {
    for (const switchedOff of [from(checked).healthcheck(probe.none()), from(from(checked).healthcheck({ disable: true }))]) {
      expectTypeOf(service("a", { build: { dockerfile: switchedOff } })).toEqualTypeOf<Service>();
    }
    expectTypeOf(service("a", { build: { dockerfile: from(checked).healthcheck({ test: ["NONE"] }) } })).toEqualTypeOf<Service>();
    const again = from(from(checked).healthcheck(probe.none())).healthcheck(probe.redis());
    expectTypeOf(service("a", { build: { dockerfile: again } })).toEqualTypeOf<ServiceWithHealthcheck>();
    expect(again.check).toMatchObject({ type: "redis" });
  });

  it("is not possible in a Dockerfile that may be of any kind", () => {
    const any = (base: Dockerfile) => from(base).run("true");
    expectTypeOf(service("a", { build: { dockerfile: any(checked) } })).toEqualTypeOf<Service>();
    const generic = <Check extends Probe>(base: Dockerfile<Check>) => base.run("true");
    expectTypeOf(service("a", { build: { dockerfile: generic(checked) } })).toEqualTypeOf<ServiceWithHealthcheck>();
  });

  it("is typed by a probe that is put into a Dockerfile", () => {
    expectTypeOf(service("a", { build: ".", healthcheck: inDockerfile(probe.tcp({ port: 1 })) })).toEqualTypeOf<ServiceWithHealthcheck>();
  });

  it("leaves a misspelt attribute of build an error", () => {
    // @ts-expect-error "contxt" is not an attribute
    service("a", { build: { contxt: ".", dockerfile: checked } });
    // @ts-expect-error "dockerFile" is not an attribute
    service("a", { build: { context: ".", dockerFile: checked } });
  });
});
