import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { port, portRange } from "../../../src/model/schema/port.ts";

const INGRESS = { mode: "ingress", protocol: "tcp" };
const parse = (value: unknown) => port.safeParse(value);

describe("the short form of a port", () => {
  it.each<[string | number, object[]]>([
    ["80", [{ ...INGRESS, target: 80 }]],
    [80, [{ ...INGRESS, target: 80 }]],
    ["8080:80", [{ ...INGRESS, target: 80, published: "8080" }]],
    ["127.0.0.1:8080:80", [{ ...INGRESS, hostIp: "127.0.0.1", target: 80, published: "8080" }]],
    ["127.0.0.1::80", [{ ...INGRESS, hostIp: "127.0.0.1", target: 80 }]],
    ["[::1]:8080:80", [{ ...INGRESS, hostIp: "::1", target: 80, published: "8080" }]],
    ["53:53/udp", [{ mode: "ingress", protocol: "udp", target: 53, published: "53" }]],
    ["8000-8010:80", [{ ...INGRESS, target: 80, published: "8000-8010" }]],
    ["65535:1", [{ ...INGRESS, target: 1, published: "65535" }]],
  ])("%s", (value, expected) => {
    expect(parse(value)).toEqual({ success: true, data: expected });
  });

  it("a range on both sides becomes a port each, pairwise", () => {
    expect(parse("8000-8001:90-91/udp")).toEqual({
      success: true,
      data: [
        { mode: "ingress", target: 90, published: "8000", protocol: "udp" },
        { mode: "ingress", target: 91, published: "8001", protocol: "udp" },
      ],
    });
  });

  it("a range without a host port becomes a port each", () => {
    expect(parse("90-91").data).toEqual([
      { ...INGRESS, target: 90 },
      { ...INGRESS, target: 91 },
    ]);
  });

  it.each([
    "",
    "http",
    "0",
    "65536",
    "80:0",
    "70000:80",
    "81-80",
    "8000-8002:80-81",
    "8000:80-81",
    "80/icmp",
    "80:80/",
    "a:b:c:d",
    "::1:80:80",
    "localhost:80:80",
    "256.0.0.1:80:80",
    "80 :80",
    1.5,
    -1,
    Number.NaN,
  ])("%j is refused, with what is accepted", (value) => {
    const issue = expect.objectContaining({ path: [], message: expect.stringMatching(/ is not a port \(write "8080:80", /) });
    expect(parse(value).error?.issues).toEqual([issue]);
  });

  it("quotes the value that is refused", () => {
    expect(parse("80:http").error?.issues[0]?.message).toContain('"80:http"');
  });
});

describe("the long form of a port", () => {
  it("keeps what is written and nothing else", () => {
    expect(parse({ target: 80, published: 8080, hostIp: "::1" }).data).toEqual([{ hostIp: "::1", target: 80, published: "8080" }]);
  });

  it("takes 0, any free port", () => {
    expect(parse({ target: 80, published: 0 }).data).toEqual([{ target: 80, published: "0" }]);
  });

  it.each([
    [{ target: 0 }, "target", "0 is not a port (write a number from 1 to 65535)"],
    [{ target: "80" }, "target", '"80" is not a port (write a number from 1 to 65535)'],
    [{}, "target", "is required (write a number from 1 to 65535)"],
    [{ target: 80, published: "x" }, "published", '"x" is not a port or a range of ports'],
    [{ target: 80, protocol: "icmp" }, "protocol", '"icmp" is not accepted here (write "tcp", "udp", "sctp")'],
    [{ target: 80, hostIp: "localhost" }, "hostIp", '"localhost" is not an address of the host (write "127.0.0.1" or "::1")'],
  ])("%j is refused", (value, path, message) => {
    expect(parse(value).error?.issues).toEqual([expect.objectContaining({ path: [path], message })]);
  });

  it.each([null, true, undefined])("%j is no port at all", (value) => {
    expect(parse(value).error?.issues).toEqual([expect.objectContaining({ message: expect.stringContaining("is not a port") })]);
  });
});

describe("portRange", () => {
  it("has every port from the first to the last", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65000 }), fc.nat(100), (first, length) => {
        const ports = portRange(`${first}-${first + length}`);
        expect([ports?.length, ports?.[0], ports?.at(-1)]).toEqual([length + 1, first, first + length]);
      }),
    );
  });
});
