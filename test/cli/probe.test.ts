import { tmpdir } from "node:os";
import { describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";

async function explained(...args: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }> {
  const { exitCode, stdout, stderr } = await runCli(["probe", ...args], { cwd: tmpdir() });
  return { exitCode: exitCode ?? -1, text: stdout + stderr };
}

describe("stackwright probe", () => {
  it.each([
    ['http {"port":80,"startInterval":"10s","startPeriod":"5s"}', '"startInterval", 10s, is longer than "startPeriod", 5s'],
    ['http {"port":80,"timeout":"0s"}', '"timeout" is 0'],
    ['http {"port":80,"interval":"5 sec"}', "interval"],
    ['http {"port":80,"retries":0}', '"retries" is 0'],
    ['http {"port":80,"x":1}', "probe.http.x  is not an option (accepted: port, host, via, path,"],
    ["http", "probe.http.port  is missing: a port"],
    ['http {"port":80,"login":{"user":"a","password":"hunter2"}}', "probe.http.login"],
    ['http {"port":99999}', "99999 is not a port"],
  ])("refuses %s as a stack does", async (probe, message) => {
    const { exitCode, text } = await explained("nginx:1.26", probe);
    expect(text).toContain(message);
    expect(text).not.toMatch(/bug of Stackwright|hunter2/);
    expect(exitCode).toBe(2);
  });

  it("takes the user's word for the user's word", async () => {
    const { text } = await explained("node:22-slim", "http:80", "--has", "curl");
    expect(text).toContain("you say that the image has curl\n");
    expect(text).not.toContain("has curl (");
  });

  it("shows the command, and the form that waits", async () => {
    const { text } = await explained("redis:7", "redis");
    expect(text).toMatch(/^command\n {2}\["CMD","timeout","4","redis-cli"/);
    expect(text).toMatch(/\nas generated: .*\n {2}\["CMD","sh","-c","# Until the container is 30 s old/);
    expect(text).toMatch(/ready within 25 s: at most 1 s and a look; at worst, where looks hang, 11 s/);
    expect(text).toMatch(/later: at most 10 s and a look/);
  });

  it("explains a command of one's own, and none", async () => {
    expect((await explained("acme/api:1", 'command ["/check"]')).text).toContain('["CMD","/check"]');
    expect((await explained("acme/api:1", "none")).text).toContain("none: the health check is switched off");
  });
});
