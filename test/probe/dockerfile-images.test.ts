import { type Dockerfile, from, inDockerfile, probe, service, stack } from "stackwright";
import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { dockerfileHealthcheck, dockerfileRefusal } from "../../src/probe/dockerfile-healthcheck.ts";

const http = probe.http({ port: 8222 });
const builder = from("golang:1.25", { as: "build" }).run("go build -o /app .");

describe("a probe of a described Dockerfile", () => {
  it.each([
    ["nothing put into an image without a shell", from("nats:2")],
    ["an application alone", from("scratch").copy("/app", "/app", { from: builder })],
    ["an application in an image without a shell", from("gcr.io/distroless/static-debian12").copy("/app", "/srv/app")],
    ["a command that no shell can run", from("scratch").run(["/app", "init"]).copy("/app", "/app")],
    ["the same in a stage of its own", from(from("nats:2", { as: "base" })).env({ A: "b" })],
  ])("is refused for %s", (_, stage) => {
    expect(dockerfileRefusal(http, stage)?.message).toMatch(/has no curl, wget, bash/);
  });

  it.each([
    ["programs copied into their folder", from("scratch").copy("/bin", "/bin", { from: "busybox:1" })],
    ["a program of that name", from("nats:2").copy("/curl", "/opt/curl", { from: "acme/curl:1" })],
    ["commands that may install one", from("debian:13-slim").run("apt-get install -y curl")],
    ["a place that the build knows", from("scratch").copy("/app", "/")],
  ])("is not refused for %s", (_, stage) => {
    expect(dockerfileRefusal(http, stage)).toBeUndefined();
  });
});

describe("a program that a Dockerfile takes out of its base again", () => {
  const commandIn = (...commands: readonly (string | readonly string[])[]): string => {
    const stage = commands.reduce<Dockerfile>((before, command) => before.run(command), from("nginx:1.29"));
    return JSON.stringify(dockerfileHealthcheck(http, from(stage))?.test);
  };

  it.each<[string, ...(string | readonly string[])[]]>([
    ["purged", "apt-get purge -y --auto-remove curl"],
    ["removed by its path", "rm -f /usr/bin/curl"],
    ["in the exec form", ["apt-get", "remove", "-y", "curl"]],
    ["installed and purged", "apt-get update \\\n && apt-get install -y curl \\\n && make \\\n && apt-get purge -y \\\n curl"],
  ])("is not taken for there: %s", (_, ...commands) => {
    expect(commandIn(...commands)).toMatch(/^\["CMD","bash",/);
  });

  it.each<[string, ...string[]]>([
    ["something else is purged", "apt-get purge -y gcc && rm -rf /var/lib/apt/lists/* /tmp/curl.tgz"],
    ["it is installed again", "apt-get purge -y curl", "apt-get update && apt-get install -y curl"],
  ])("is there where %s", (_, ...commands) => {
    expect(commandIn(...commands)).toMatch(/^\["CMD","curl",/);
  });
});

describe("a probe in a copy of the user's Dockerfile", () => {
  const emitted = async (text: string, probed = inDockerfile(http)) => {
    const checked = checkStack(stack("shop", [service("app", { build: { context: ".", dockerfileInline: text }, healthcheck: probed })]));
    const { emitDockerfiles } = await import("../../src/emit/dockerfile-files.ts");
    const layout = { stackFolder: "/s", outputFolder: "/s/generated" };
    return emitDockerfiles(checked as never, { layout: layout as never, sources: new Map(), header: "" })[0]?.text ?? "";
  };

  it("does not take for there what the Dockerfile has removed", async () => {
    expect(await emitted("FROM nginx:1.29 AS base\nRUN apt-get purge -y curl\nFROM base\n")).toContain(' CMD ["bash", ');
  });

  it("is what the image of its stage has", async () => {
    expect(await emitted("FROM node:22-alpine\nCOPY . /app\n")).toContain("CMD set -f; set -- $(wget ");
  });

  it.each(["FROM scratch\nCOPY app /app\n", "FROM gcr.io/distroless/static\n", "ARG BASE=nats:2\nFROM $BASE\n"])(
    "is refused for %j",
    async (text) => {
      await expect(emitted(text)).rejects.toMatchObject({
        issues: [{ path: "app.healthcheck", message: expect.stringMatching(/has no curl/) }],
      });
    },
  );
});
