import { type Need, needs, type StartAfterOptions, startAfter } from "stackwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { docker, dockerOutput, hasEngine } from "./dockerfile-engine.ts";

const IMAGES = { busybox: "busybox:1.37", debian: "debian:bookworm-slim", node: "node:22-slim" } as const;
const NETWORK = "dockerfile-needs";
const API = "dockerfile-needs-api";
const WEB = "dockerfile-needs-web";
const URL = `http://${API}:8080/rng`;
/** An application that says so, and ends on SIGTERM with an exit code of its own. */
const APPLICATION = ["sh", "-c", "trap 'exit 9' TERM; echo started; while :; do sleep 0.1; done"] as const;

describe.skipIf(!hasEngine())("a process that starts after what it needs", { timeout: 60_000 }, () => {
  beforeAll(() => {
    clean();
    dockerOutput("network", "create", NETWORK);
  });
  afterEach(() => docker(["rm", "-f", API, WEB]));
  afterAll(clean);

  it.each(Object.entries(IMAGES))("does not start without it, and says why: http in %s", (_, image) => {
    const { code, output } = run(image, [needs.http(URL)], { retries: 0 });
    expect(output).toMatch(new RegExp(`^${URL}: try 1: failed \\(exit code \\d+\\): \\S.*\n${URL}: gave up at try 1\n$`));
    expect(code).toBe(1);
  });

  it.each(Object.entries(IMAGES))("tries once a second until its limit: tcp in %s", (_, image) => {
    const began = Date.now();
    const { code, output } = run(image, [needs.tcp("127.0.0.1", 8080)], { within: "2s" });
    const lines = output.trim().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(3);
    expect(lines.slice(0, -1).every((line, index) => line.startsWith(`127.0.0.1:8080: try ${index + 1}: failed`))).toBe(true);
    expect(lines.at(-1)).toBe("127.0.0.1:8080: gave up after 2 s");
    expect(code).toBe(1);
    expect(Date.now() - began).toBeLessThan(8000);
  });

  it("does not pause beyond its limit", () => {
    const { code, output } = run(IMAGES.busybox, [needs.shell("exit 5")], { within: "2s", interval: "10m" });
    expect(output).toMatch(/gave up after 2 s\n$/);
    expect(code).toBe(5);
  });

  it.each([
    ["HUP", 129],
    ["INT", 130],
    ["QUIT", 131],
    ["TERM", 143],
  ])("ends its wait on SIG%s, whichever is the one to stop the container", (signal, code) => {
    const words = startAfter([needs.command(["false"])], ["true"], { within: "50s" });
    dockerOutput("run", "--detach", "--name", WEB, "--stop-signal", `SIG${signal}`, IMAGES.busybox, ...words);
    dockerOutput("stop", "--time", "20", WEB);
    expect(dockerOutput("inspect", "--format", "{{.State.ExitCode}}", WEB).trim()).toBe(String(code));
  });

  it("keeps the exit code of the check that failed", () => {
    expect(run(IMAGES.busybox, [needs.command(["true"]), needs.shell("echo no; exit 42")], { retries: 1, interval: "10ms" })).toEqual({
      code: 42,
      output: [
        "true: try 1: ok",
        "echo no; exit 42: try 1: failed (exit code 42): no",
        "echo no; exit 42: try 2: failed (exit code 42): no",
        "echo no; exit 42: gave up at try 2",
        "",
      ].join("\n"),
    });
  });

  it("keeps the exit code of a check that says what a time limit says", () => {
    expect(run(IMAGES.busybox, [needs.shell("exit 143")], { retries: 0, timeout: "20s" }).code).toBe(143);
    expect(run(IMAGES.debian, [needs.shell("exit 124")], { retries: 0, timeout: "20s" })).toEqual({
      code: 124,
      output: "exit 124: try 1: failed (exit code 124): \nexit 124: gave up at try 1\n",
    });
  });

  it.each([IMAGES.busybox, IMAGES.debian])("writes one line a try, whatever the words are: %s", (image) => {
    const { output } = run(image, [needs.command(["test", "a\\nb\nc", "=", "d"]), needs.shell("true")], { retries: 0 });
    expect(output).toBe("test a\\nb c = d: try 1: failed (exit code 1): \ntest a\\nb c = d: gave up at try 1\n");
  });

  it.each([
    ["bash", []],
    // What can't be executed is not there.
    ["perl", ["--volume", "/dev/null:/usr/bin/bash:ro"]],
  ])("asks with %s where no client is", (_, options) => {
    startApi();
    const all = [needs.tcp(API, 8080), needs.http(`${URL}?a=[1]`)] as const;
    const command = startAfter(all, ["echo", "started"], { within: "10s", interval: "200ms" });
    const { output } = docker(["run", "--rm", "--network", NETWORK, ...options, IMAGES.debian, ...command]);
    expect(output).toMatch(/try \d+: ok\n.*try 1: ok\nstarted\n$/);
    const missing = startAfter([needs.http(`${URL}x`)], ["true"], { retries: 0 });
    expect(docker(["run", "--rm", "--network", NETWORK, ...options, IMAGES.debian, ...missing]).output).toContain("404 Not Found");
  });

  it.each(Object.entries(IMAGES))("ends a check that hangs: %s", (_, image) => {
    const { code, output } = run(image, [needs.command(["sleep", "60"])], { timeout: "1s", retries: 0 });
    expect(output).toContain("sleep 60: try 1: failed (exit code 124): no answer within 1 s");
    expect(code).toBe(124);
  });

  it.each([IMAGES.busybox, IMAGES.node])("starts once it is there, as process 1, with its own exit code on SIGTERM: %s", (image) => {
    const command = startAfter([needs.http(URL), needs.tcp(API, 8080)], APPLICATION, { within: "20s", interval: "200ms" });
    dockerOutput("run", "-d", "--name", WEB, "--network", NETWORK, image, ...command);
    startApi();
    waitFor(() => dockerOutput("logs", WEB).includes("started"));
    expect(dockerOutput("logs", WEB)).toMatch(new RegExp(`${URL}: try \\d+: ok\n${API}:8080: try 1: ok\nstarted$`));
    expect(dockerOutput("exec", WEB, "cat", "/proc/1/cmdline").split("\0").slice(0, -1)).toEqual([...APPLICATION]);
    dockerOutput("stop", "--time", "5", WEB);
    expect(dockerOutput("inspect", "--format", "{{.State.ExitCode}}", WEB)).toBe("9");
  });

  it("does not take an error for an answer", () => {
    startApi();
    const { code, output } = run(IMAGES.busybox, [needs.http(`http://${API}:8080/nothing`)], { retries: 0 });
    expect(output).toContain("404");
    expect(code).toBe(1);
  });

  it.each([
    ["between two tries", needs.tcp("127.0.0.1", 1), "try 1"],
    ["while a try runs", needs.shell("echo begun >/proc/1/fd/1; sleep 30"), "begun"],
  ])("can be stopped %s", (_, need, begun) => {
    const command = startAfter([need], APPLICATION, { within: "60s", interval: "60s", timeout: "30s" });
    dockerOutput("run", "-d", "--name", WEB, IMAGES.busybox, ...command);
    waitFor(() => docker(["logs", WEB]).output.includes(begun));
    const began = Date.now();
    dockerOutput("stop", "--time", "10", WEB);
    expect(Date.now() - began).toBeLessThan(5000);
    expect(dockerOutput("inspect", "--format", "{{.State.ExitCode}}", WEB)).toBe("143");
  });

  it("does not end as if all were well where there is nothing to start", () => {
    const words = startAfter([needs.command(["true"])], []);
    const { code, output } = docker(["run", "--rm", IMAGES.busybox, ...words]);
    expect({ code, output }).toEqual({ code: 127, output: "start-after: there is no command to start\n" });
  });

  it.each([
    ["a user who may do little", ["--user", "65534:65534", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--read-only"], ""],
    ["a terminal", ["--tty"], "\r"],
    ["an init process", ["--init"], ""],
  ])("starts the process with its own words and signals below %s", (_, options, end) => {
    startApi();
    for (const image of Object.values(IMAGES)) {
      const all = [needs.tcp(API, 8080), needs.http(URL)] as const;
      const command = startAfter(all, [...APPLICATION.slice(0, 2), `echo "$@"; ${APPLICATION[2]}`, "application", "a b", "$x"], {
        interval: "200ms",
      });
      dockerOutput("run", "--detach", "--name", WEB, "--network", NETWORK, ...options, image, ...command);
      waitFor(() => dockerOutput("logs", WEB).includes("started"));
      expect(dockerOutput("logs", WEB)).toMatch(new RegExp(`${URL}: try 1: ok${end}\na b \\$x${end}\nstarted$`));
      dockerOutput("stop", "--time", "10", WEB);
      expect(dockerOutput("inspect", "--format", "{{.State.ExitCode}}", WEB)).toBe("9");
      docker(["rm", "-f", WEB]);
    }
  });

  it("hands nothing of its own on to the process: its environment is the container's", () => {
    for (const image of Object.values(IMAGES)) {
      const variables = (words: readonly string[]): readonly string[] => {
        const { output } = docker(["run", "--rm", "--env", "http_proxy=http://127.0.0.1:9", "--hostname", "same", image, ...words]);
        return output
          .split("\n")
          .filter((line) => line.includes("=") && !/^(PWD|SHLVL|OLDPWD|_)=/.test(line))
          .sort();
      };
      expect(variables(startAfter([needs.command(["true"])], ["env"]))).toEqual(variables(["env"]));
    }
  });

  it("as an entry point hands the command on", () => {
    const [program = "", ...rest] = startAfter([needs.command(["true"])], ["sh", "-c"]);
    const { code, output } = docker(["run", "--rm", "--entrypoint", program, IMAGES.busybox, ...rest, "echo $0 $1; exit 3", "a", "b c"]);
    expect({ code, output }).toEqual({ code: 3, output: "true: try 1: ok\na b c\n" });
  });
});

function run(image: string, all: readonly [Need, ...Need[]], options: StartAfterOptions): { code: number; output: string } {
  return docker(["run", "--rm", "--network", NETWORK, image, ...startAfter(all, APPLICATION, options)]);
}

function startApi(): void {
  const script = "mkdir /www && echo 4 > /www/rng && exec httpd -f -p 8080 -h /www";
  dockerOutput("run", "-d", "--name", API, "--network", NETWORK, IMAGES.busybox, "sh", "-c", script);
}

function waitFor(holds: () => boolean): void {
  const limit = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > limit) throw new Error("nothing within 20 s");
  }
}

function clean(): void {
  docker(["rm", "-f", API, WEB]);
  docker(["network", "rm", NETWORK]);
}
