import { describe, expect, it } from "vitest";
import { contentsOf } from "../../../src/probe/facts/contents.ts";
import { splitImage } from "../../../src/probe/facts/image-name.ts";
import { SOURCES } from "../../../src/probe/facts/sources.ts";
import { TABLE } from "../../../src/probe/facts/table.ts";

describe("an image's name", () => {
  it.each([
    ["postgres", "postgres", "latest"],
    ["postgres:17-alpine", "postgres", "17-alpine"],
    ["library/postgres:17", "postgres", "17"],
    ["docker.io/library/postgres:17", "postgres", "17"],
    ["docker.io/acme/api", "acme/api", "latest"],
    ["localhost:5000/acme/api:2", "localhost:5000/acme/api", "2"],
    ["localhost:5000/acme/api", "localhost:5000/acme/api", "latest"],
    ["nginx:1@sha256:0123", "nginx", "1"],
    ["quay.io/keycloak/keycloak:26.0", "quay.io/keycloak/keycloak", "26.0"],
  ])("%s", (image, repository, tag) => {
    expect(splitImage(image)).toEqual({ repository, tag });
  });
});

describe("what an image contains", () => {
  const has = (image: string, program: string): boolean | undefined => {
    const contents = contentsOf(image);
    return contents?.has.has(program) === true ? true : contents?.lacks.has(program) === true ? false : undefined;
  };

  it.each<[image: string, program: string, expected: boolean | undefined]>([
    ["nginx:1.29", "curl", true],
    ["nginx:1.29-alpine", "curl", true],
    ["nginx:1.29-alpine-slim", "curl", false],
    ["node:22-slim", "curl", false],
    ["node:22", "curl", true],
    ["python:3.13-alpine", "wget", true],
    ["nats:2", "sh", false],
    ["nats:2-alpine", "sh", true],
    ["grafana/loki:3.5.1", "wget", true],
    ["grafana/loki:3.6.0", "wget", false],
    ["minio/minio:RELEASE.2023-10-01T00-00-00Z", "curl", true],
    ["minio/minio:RELEASE.2024-10-01T00-00-00Z", "curl", false],
    ["valkey/valkey:8", "redis-cli", undefined],
    ["postgres:8.4", "pg_isready", undefined],
    ["postgres:9.3", "pg_isready", true],
    ["postgres:9.4-alpine", "pg_isready", undefined],
    ["node:20-slim", "curl", false],
    ["node:16-slim", "curl", undefined],
    ["mongo:8", "mongosh", true],
    ["mongo:4.4", "mongosh", undefined],
    ["mariadb:10.11", "healthcheck.sh", true],
    ["mariadb:10.5", "healthcheck.sh", undefined],
    ["quay.io/keycloak/keycloak:19.0", "bash", undefined],
    ["golang:1-nanoserver-ltsc2022", "sh", false],
    ["mongo:8-windowsservercore", "sh", false],
    ["acme/api:2-windowsservercore-ltsc2022", "sh", false],
    ["mcr.microsoft.com/windows/nanoserver:ltsc2025", "sh", false],
    ["acme/windows-api:1", "sh", undefined],
    ["acme/api:1", "curl", undefined],
    ["acme/api:1-alpine", "wget", true],
    ["acme/api:1-alpine", "curl", undefined],
  ])("%s: %s is %s", (image, program, expected) => {
    expect(has(image, program)).toBe(expected);
  });
});

describe("how sure that is", () => {
  it.each([
    ["mongo:8", "high"],
    ["mongo", "high"],
    ["mongo:8@sha256:0123", "high"],
    ["mongo@sha256:0123", "assumed"],
    ["localhost:5000/nginx@sha256:0123", undefined],
    ["mongo:4.4", "assumed"],
    ["postgres:8.4", "assumed"],
  ])("%s: %s", (image, confidence) => {
    expect(contentsOf(image)?.confidence).toBe(confidence);
  });
});

it("no fact reaches back to versions that nobody looked at", () => {
  const bounded = TABLE.flatMap(({ images, variants }) =>
    variants.filter(({ since, tag }) => since.some(Number) && tag === undefined).map(() => images[0]),
  );
  expect(bounded.length).toBeGreaterThan(50);
  for (const name of bounded) expect([name, contentsOf(`${name?.replace("*", "any")}:0.0.0`)?.confidence]).toEqual([name, "assumed"]);
});

describe("the table", () => {
  const variants = TABLE.flatMap(({ images, variants }) =>
    variants.map((variant, index) => ({ name: images[0], variant, index, of: variants.length })),
  );

  it("gives a source for every fact", () => {
    for (const { variant } of variants) expect(variant.sources.map((name) => SOURCES[name]?.what)).not.toContain(undefined);
  });

  it("names no program as there and not there", () => {
    for (const { variant } of variants) {
      const lacks = (variant.lacks ?? "").split(" ");
      expect((variant.has ?? "").split(" ").filter((program) => program !== "" && lacks.includes(program))).toEqual([]);
    }
  });

  it("has the variant that every other tag means last", () => {
    for (const { name, variant, index, of } of variants) expect([name, variant.tag === undefined && index < of - 1]).toEqual([name, false]);
  });
});
