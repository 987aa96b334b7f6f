import { describe, expect, it } from "vitest";
import { toolsOf } from "../../src/probe/image-tools.ts";

describe("toolsOf", () => {
  it.each<[string, readonly string[]]>([
    ["node:22", ["node"]],
    ["node", ["node"]],
    ["docker.io/library/node:22-bookworm", ["node"]],
    ["library/python:3.13", ["python3"]],
    ["node:22@sha256:0123", ["node"]],
    ["busybox", ["wget"]],
    ["alpine:3.20", ["wget"]],
  ])("knows %s", (image, tools) => {
    expect(toolsOf(image)).toEqual(tools);
  });

  it("adds what Alpine has to what the image has", () => {
    expect(toolsOf("node:22-alpine")).toEqual(["node", "wget"]);
    expect(toolsOf("postgres:17-alpine3.20")).toEqual(["wget"]);
  });

  it.each([
    "postgres:17",
    "httpd:2",
    "acme/node:22",
    "registry:5000/node",
    "registry.example.com/alpine:3",
    "node-exporter",
    "x:notalpine",
  ])("knows nothing about %s", (image) => {
    expect(toolsOf(image)).toBeUndefined();
  });
});
