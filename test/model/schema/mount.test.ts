import { env, volume } from "stackwright";
import { describe, expect, it } from "vitest";
import { mount } from "../../../src/model/schema/mount.ts";

const parse = (value: unknown) => mount.safeParse(value);
const path = (text: string) => ({ kind: "path", path: text });

describe("the short form of a bind mount", () => {
  it("creates a missing folder, as Compose's short form does", () => {
    expect(parse("./data:/data").data).toEqual({ type: "bind", source: path("./data"), target: "/data", bind: { createHostPath: true } });
  });

  it("takes ro and an SELinux label together", () => {
    expect(parse("/etc/app:/app:ro,Z").data).toEqual({
      type: "bind",
      source: path("/etc/app"),
      target: "/app",
      readOnly: true,
      bind: { createHostPath: true, selinux: "Z" },
    });
  });

  it("takes rw, which changes nothing", () => {
    expect(parse("~/a:/b:rw").data).toEqual(parse("~/a:/b").data);
  });

  it.each(["data:/data", "v:/d", "./data:", "./data:relative", "./data:/data:rx", "./a:/b:ro:z", ""])(
    "%j is refused, with what is accepted",
    (value) => {
      const message = `${JSON.stringify(value)} is not a mount (write data.at("/path") for a volume, "./folder:/path" or "./folder:/path:ro" for a folder of the host)`;
      expect(parse(value).error?.issues).toEqual([expect.objectContaining({ path: [], message })]);
    },
  );
});

describe("a named volume", () => {
  it("is mounted by its handle, in the long form", () => {
    expect(parse(volume("v").at("/d", { readOnly: true })).data).toEqual({ type: "volume", source: "v", target: "/d", readOnly: true });
  });

  it("keeps the options of its mount", () => {
    const mounted = volume("v").at("/d", { volume: { nocopy: true, subpath: "a" } });
    expect(parse(mounted).data).toEqual({ type: "volume", source: "v", target: "/d", volume: { nocopy: true, subpath: "a" } });
  });
});

describe("the long form of a mount", () => {
  it("a bind mount does not create a missing folder unless it says so", () => {
    const source = env("DATA");
    expect(parse({ type: "bind", source, target: "/d" }).data).toEqual({
      type: "bind",
      source: { kind: "path", path: source },
      target: "/d",
    });
  });

  it("a mount in memory has its size as text", () => {
    expect(parse({ type: "tmpfs", target: "/t", tmpfs: { size: 1024 } }).data).toEqual({
      type: "tmpfs",
      target: "/t",
      tmpfs: { size: "1024" },
    });
  });

  it("a target is needed", () => {
    expect(parse({ type: "tmpfs" }).error?.issues).toEqual([
      expect.objectContaining({ path: ["target"], message: 'is required (write "/data")' }),
    ]);
  });

  it.each([{ type: "volume", source: "v", target: "/d" }, {}, null, 5, volume("v")])("%j is no mount at all", (value) => {
    expect(parse(value).error?.issues).toEqual([expect.objectContaining({ path: [], message: expect.stringContaining("is not a mount") })]);
  });
});
