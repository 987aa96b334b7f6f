import { spawnSync } from "node:child_process";
import { probe, type Tool } from "stackwright";
import { describe, expect, it } from "vitest";
import { closedPort, run, serve } from "./run.ts";

const answer = (status: number, body = "") => serve((_, response) => response.writeHead(status).end(body));
const silence = () => serve(() => {});

describe("the http probe by node, run for real", () => {
  const http = (port: number) => probe.http({ port, path: "/health", timeout: "1s", via: "node" });

  it.each([200, 204, 302])("succeeds on %i and says so", async (status) => {
    await using server = await answer(status);
    expect(await run(http(server.port))).toMatchObject({ exitCode: 0, output: `HTTP ${status}\n` });
  });

  it("asks for the path", async () => {
    await using server = await serve((request, response) => response.writeHead(request.url === "/health" ? 200 : 404).end());
    expect(await run(http(server.port))).toMatchObject({ exitCode: 0 });
  });

  it("fails on 500, and shows status and body", async () => {
    await using server = await answer(500, "database is down");
    expect(await run(http(server.port))).toMatchObject({ exitCode: 1, output: "HTTP 500 Internal Server Error database is down\n" });
  });

  it("cuts a long body off", async () => {
    await using server = await answer(404, "x".repeat(10_000));
    expect((await run(http(server.port))).output).toBe(`HTTP 404 Not Found ${"x".repeat(300)}\n`);
  });

  it("fails within its own limit where no answer comes", async () => {
    await using server = await silence();
    expect(await run(http(server.port))).toEqual({ exitCode: 1, output: "no answer within 0.8 s\n" });
  });

  it("fails within its own limit where an error page never ends", async () => {
    await using server = await serve((_, response) => response.writeHead(503).write("half"));
    expect(await run(http(server.port))).toMatchObject({ exitCode: 1, output: "no answer within 0.8 s\n" });
  });

  it("fails where the connection is refused, and says so", async () => {
    const { exitCode, output } = await run(http(await closedPort()));
    expect(exitCode).toBe(1);
    expect(output).toContain("ECONNREFUSED");
  });
});

describe("the tcp probe by node, run for real", () => {
  const tcp = (port: number) => probe.tcp({ port, via: "node" });

  it("succeeds where the port accepts", async () => {
    await using server = await silence();
    expect(await run(tcp(server.port))).toMatchObject({ exitCode: 0, output: "" });
  });

  it("fails where the connection is refused, and says so", async () => {
    const { exitCode, output } = await run(tcp(await closedPort()));
    expect(exitCode).toBe(1);
    expect(output).toContain("ECONNREFUSED");
  });
});

describe("the probe that looks for a tool, run for real", () => {
  it("finds one, as this very test runs in node", async () => {
    await using server = await answer(200);
    expect(await run(probe.http({ port: server.port }))).toMatchObject({ exitCode: 0 });
    expect(await run(probe.tcp({ port: server.port }))).toMatchObject({ exitCode: 0 });
  });

  it("fails where the answer is an error or there is none", async () => {
    await using server = await answer(500);
    expect((await run(probe.http({ port: server.port }))).exitCode).not.toBe(0);
    expect((await run(probe.tcp({ port: await closedPort() }))).exitCode).not.toBe(0);
  });
});

const present = (tool: Tool) => spawnSync(tool, ["--version"]).status === 0;

describe.each((["curl", "wget", "python3"] as const).map((tool) => ({ tool })))("the http probe by $tool, run for real", ({ tool }) => {
  it.skipIf(!present(tool))("tells 200, 500 and a refused connection apart, past any proxy", async () => {
    await using good = await answer(200);
    await using bad = await answer(500);
    const exitCodes = [];
    for (const port of [good.port, bad.port, await closedPort()])
      exitCodes.push((await run(probe.http({ port, timeout: "3s", via: tool }))).exitCode === 0);
    expect(exitCodes).toEqual([true, false, false]);
  });
});
