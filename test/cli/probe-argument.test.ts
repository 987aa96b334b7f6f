import { describe, expect, it } from "vitest";
import { parseProbe } from "../../src/cli/probe-argument.ts";

describe("a probe on the command line", () => {
  it.each<[string, object]>([
    ["postgres", { type: "postgres" }],
    ["redis:6380", { type: "redis", port: 6380 }],
    ["http:8080/health?x=1", { type: "http", port: 8080, path: "/health?x=1" }],
    ['postgres {"query":true}', { type: "postgres", query: true }],
    ['http{"port":80,"status":"4xx"}', { type: "http", port: 80, status: "4xx" }],
    ["none", { type: "none" }],
  ])("%s", (text, expected) => {
    expect(parseProbe(text)).toMatchObject(expected);
  });

  it.each([
    ["postgre", 'did you mean "postgres"?'],
    ["http", "needs a port"],
    ["command", "is not a probe that can be explained"],
    ["toString", "is not a probe that can be explained"],
    ["postgres{x}", "not JSON"],
    ["", "is not a probe"],
  ])("%j is refused", (text, message) => {
    expect(() => parseProbe(text)).toThrow(expect.objectContaining({ code: "usage", message: expect.stringContaining(message) }));
  });
});
