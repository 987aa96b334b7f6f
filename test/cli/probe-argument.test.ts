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
    ["neo4j", { type: "neo4j" }],
    ["neo4j:7475", { type: "neo4j", port: 7475 }],
    ['command ["test","-f","/ready"]', { type: "command", command: ["test", "-f", "/ready"] }],
    ['command {"command":["x"],"interval":"5s"}', { type: "command", command: ["x"], timing: { interval: "5s" } }],
    ['shell "a | b"', { type: "shell", script: "a | b" }],
    ['script "/check.sh"', { type: "script", file: "/check.sh" }],
    ['process "nginx"', { type: "process", name: "nginx" }],
    ['file {"path":"/ready","maxAge":"1m"}', { type: "file", path: "/ready", maxAge: "1m" }],
    ['all ["redis","tcp:80"]', { type: "all", probes: [{ type: "redis" }, { type: "tcp", port: 80 }] }],
  ])("%s", (text, expected) => {
    expect(parseProbe(text)).toMatchObject(expected);
  });

  it.each([
    ["postgre", 'did you mean "postgres"?'],
    ["command", "needs a list of texts"],
    ["command []", "needs a list of texts"],
    ["process", "needs a text"],
    ['file {"maxAge":"1m"}', "needs a text"],
    ['all ["redi"]', 'did you mean "redis"?'],
    ["http [80]", "not a JSON object"],
    ["http:80 /x", "neither a port, nor a path, nor JSON"],
    ["toString", "is not a probe that can be explained"],
    ["postgres{x}", "not JSON"],
    ["", "is not a probe"],
  ])("%j is refused", (text, message) => {
    expect(() => parseProbe(text)).toThrow(expect.objectContaining({ code: "usage", message: expect.stringContaining(message) }));
  });
});
