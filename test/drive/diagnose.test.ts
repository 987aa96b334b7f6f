import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../src/drive/decide/service-status.ts";
import type { ContainerState, ProbeResult } from "../../src/drive/decide/snapshot.ts";
import { type Culprit, diagnose, guiltyContainers, isAtFault } from "../../src/drive/diagnose/diagnose.ts";
import { containerOf, lookAt } from "./launch-text.ts";

function diagnosed(failure: FailureKind, line: string, more: Partial<ContainerState> = {}, log = ""): Culprit {
  return diagnose({ service: "web", failure, container: { ...containerOf(line, 10), ...more }, log });
}

function probeAt(time: string, exitCode: number, output: string): ProbeResult {
  return { start: `2030-01-02T${time}.123456789Z`, seconds: 0.1, exitCode, output };
}

describe("the cause", () => {
  it("of an unhealthy service is what its last probe said", () => {
    const culprit = diagnosed("unhealthy", "web unhealthy streak=2", { probes: [probeAt("03:04:05", 1, "out of numbers\n")] });
    expect(culprit).toMatchObject({ service: "web", cause: "unhealthy", message: "its last 2 probes failed: out of numbers" });
  });

  it("of an unhealthy service whose probe says nothing is the probe's exit code", () => {
    const culprit = diagnosed("unhealthy", "web unhealthy streak=3", { probes: [probeAt("03:04:05", 7, "\n")] });
    expect(culprit.message).toBe("its last 3 probes failed: exit code 7");
  });

  it("of an exit is its code, and how often it was started", () => {
    expect(diagnosed("exited", "web exited exit=3")).toMatchObject({ cause: "exited", message: "it exited with code 3" });
    expect(diagnosed("exited", "web exited exit=3 runs=4").message).toBe("it exited with code 3 (after 4 starts)");
  });

  it.each([
    [126, "not-executable"],
    [127, "command-not-found"],
  ])("of exit %i is a command that can't be run: %s", (exit, cause) => {
    expect(diagnosed("exited", `web exited exit=${exit}`).cause).toBe(cause);
  });

  it("of exit 137 is a kill, and out of memory only where the kernel said so", () => {
    expect(diagnosed("exited", "web exited exit=137").cause).toBe("killed");
    expect(diagnosed("exited", "web exited exit=137 oom").cause).toBe("out-of-memory");
  });

  it("of exit 143 is somebody's doing only where an event told of it", () => {
    expect(diagnosed("exited", "web exited exit=143")).toMatchObject({
      cause: "stopped",
      message: "it ended as if asked to (exit code 143, that of SIGTERM)",
      hint: expect.stringMatching(/^nothing outside was seen to stop it/),
    });
    expect(diagnosed("exited", "web exited exit=143", { endedBy: { who: "others", at: 1 } })).toMatchObject({
      cause: "stopped",
      message: "it was stopped (exit code 143)",
      hint: expect.stringMatching(/^something asked it to end: docker stop/),
    });
    // It runs again: only the count tells of the stop.
    const again = { lastExit: { exitCode: 143, oomKilled: false } };
    expect(diagnosed("exited", "web running runs=2", again).message).toMatch(/^it ended as if asked to/);
    expect(diagnosed("exited", "web running runs=2", { ...again, stops: 1 }).message).toBe(
      "it was stopped (exit code 143) (after 2 starts)",
    );
  });

  it("of exit 128 is the exit itself", () => {
    expect(diagnosed("exited", "web exited exit=128").cause).toBe("exited");
  });

  it("of a crash loop counts the starts", () => {
    expect(diagnosed("crash-loop", "web restarting exit=3 runs=5")).toMatchObject({
      cause: "crash-loop",
      message: "it was started 5 times and did not stay up (last exit code 3)",
    });
  });

  it("of a crash loop that was seen only after it was started again gives no exit code: the engine forgets it", () => {
    const { message, evidence } = diagnosed("crash-loop", "web running runs=3");
    expect(message).toBe("it was started 3 times and did not stay up");
    expect(evidence).toEqual(["state running, 2 restarts"]);
  });

  it.each([
    "driver failed programming external connectivity on endpoint s-web-1 (55aa01): Bind for 0.0.0.0:8087 failed: port is already allocated",
    "driver failed programming external connectivity on endpoint s-web-1 (55aa01): Error starting userland proxy: listen tcp4 0.0.0.0:8087: bind: address already in use",
  ])("of a taken host port names the port: %s", (error) => {
    expect(diagnosed("start-failed", "web created", { error })).toMatchObject({
      cause: "port-taken",
      message: "host port 0.0.0.0:8087 is taken",
    });
  });

  it("of a container that another launch is removing says who does that", () => {
    const error = "container is marked for removal and cannot be started";
    expect(diagnosed("start-failed", "web created", { error })).toMatchObject({
      cause: "removed",
      message: "its container was being removed when it was to be started",
    });
  });

  it("of a task that ends well and is started again is its restart policy", () => {
    const container = { ...containerOf("seed running runs=8"), lastExit: { exitCode: 0, oomKilled: false } };
    const facts = { kind: "task", others: [], dependsOn: [] } as const;
    expect(diagnose({ service: "seed", failure: "exited", container, log: "", facts })).toMatchObject({
      message: "it ended with exit code 0 (after 8 starts), and its restart policy starts it again for ever",
      hint: 'write restart: "no", or restart: "on-failure"',
    });
  });

  const portError = "driver failed programming: Bind for 0.0.0.0:8087 failed: port is already allocated";
  const wanting = (line: string, hostPorts: readonly number[], error = ""): ContainerState => ({
    ...containerOf(line),
    error,
    settings: { image: "busybox", command: [], memoryLimit: 0, hostPorts },
  });
  const portCulprit = (portHolder: string | undefined, ...containers: readonly ContainerState[]): Culprit | undefined => {
    const [guilty] = guiltyContainers({ at: 1, containers }, [{ service: "web", failure: "start-failed" }]);
    return guilty && diagnose({ ...guilty, portHolder, log: "" });
  };

  it.each(["stack-api-1", undefined])("of a host port that two services of the stack want names the other (%s has it)", (holder) => {
    const culprit = portCulprit(
      holder,
      wanting("db running", [5432]),
      wanting("api running", [80, 8087]),
      wanting("web created", [8087], portError),
    );
    expect(culprit).toMatchObject({ cause: "port-taken" });
    expect(culprit?.message).toBe("host port 0.0.0.0:8087 is wanted twice in this stack: the service api publishes it as well");
  });

  it.each([
    ["an address", "    socket.create_connection(('dbx',5432))", "socket.gaierror: [Errno -2] Name or service not known"],
    [
      "a URL",
      '    urllib.request.urlopen("http://dbx:8080/x")',
      "urllib.error.URLError: <urlopen error [Errno -2] Name or service not known>",
    ],
  ])("of a host that Python does not find is named from the traceback: %s", (_, call, error) => {
    const log = `Traceback (most recent call last):\n  File "/m.py", line 2, in <module>\n${call}\n  File "/usr/lib/python3.13/socket.py", line 840\n${error}\n`;
    const culprit = diagnosed("exited", "web exited exit=1", {}, log);
    expect(culprit).toMatchObject({ cause: "name-not-found", message: `it can't find the host "dbx": ${error}` });
  });

  it("of a host that Python does not find, and no line names, is the error", () => {
    const culprit = diagnosed("exited", "web exited exit=1", {}, "socket.gaierror: [Errno -2] Name or service not known");
    expect(culprit).toMatchObject({ cause: "name-not-found", message: expect.stringMatching(/^it can't find a host that it asks for: /) });
  });

  describe("of a service that never listened while its health check lasted", () => {
    const healthcheck = {
      test: ["CMD", "wget", "-qO-", "http://127.0.0.1:8080"],
      interval: 1,
      timeout: 1,
      startPeriod: 2,
      startInterval: 1,
      retries: 2,
    };
    const settings = { image: "busybox", command: [], memoryLimit: 0, healthcheck };
    const refused = "wget: can't connect to remote host (127.0.0.1): Connection refused";
    const early = (log: string, output = refused, test = healthcheck.test): Culprit =>
      diagnosed(
        "unhealthy",
        "web unhealthy streak=2",
        { probes: [probeAt("03:04:05", 1, output)], settings: { ...settings, healthcheck: { ...healthcheck, test } } },
        log,
      );

    it("says no more than that where nothing else is known", () => {
      const culprit = early("");
      expect(culprit.cause).toBe("connection-refused");
      expect(culprit.message).toBe(
        `nothing listened where its health check asks (port 8080) until that gave up, 4 s after its start (start period 2 s, then 2 × 1 s): ${refused}`,
      );
      expect(culprit.hint).toMatch(/if it needs longer to start: .*else check the port/);
    });

    it("is too short a start period where its log ends with its start, whatever its probe says", () => {
      for (const output of [refused, ""]) {
        const culprit = early("v1.2\nloading the index\n", output);
        expect(culprit.cause).toBe("start-period-too-short");
        expect(culprit.message).toMatch(
          /^it was still starting when its health check gave up, 4 s after .*; its log says: loading the index$/,
        );
      }
    });

    it("is too short a start period where its probe says so", () => {
      const culprit = early("", "FATAL: the database system is starting up".replace("FATAL: ", ""));
      expect(culprit.cause).toBe("start-period-too-short");
    });

    it.each(["starting server\nstarted", "error loading config", "starting\nlistening on port 9090"])(
      "is none where it says more: %s",
      (log) => {
        expect(early(log).cause).not.toBe("start-period-too-short");
      },
    );

    it("may listen on 127.0.0.1 only where the check asks another address", () => {
      expect(early("").hint).toContain("listens on 0.0.0.0 or 127.0.0.1");
      expect(early("", refused, ["CMD-SHELL", "wget -qO- http://$(hostname -i):8080"]).hint).toContain("not on 127.0.0.1 only");
    });
  });

  it("of a hook that failed is the hook: the container started", () => {
    const culprit = diagnosed("start-failed", "web running", { error: "web hook exited with status 9" });
    expect(culprit).toMatchObject({ cause: "hook-failed", message: "it started, and a hook of it failed with exit code 9" });
    const container = { ...lookAt(1, "web running").containers[0], error: "web hook exited with status 9" } as ContainerState;
    const known = diagnose({ service: "web", failure: "start-failed", container, log: "", hook: "sh -c exit 9" });
    expect(known.message).toBe('it started, and its hook "sh -c exit 9" failed with exit code 9');
    expect(culprit.evidence[0]).toBe("state running, 0 restarts");
  });

  it("of a host port that several replicas want names the one that has it, and a range", () => {
    const culprit = portCulprit("stack-web-1", wanting("web#1 running", [8087]), wanting("web#2 created", [8087], portError));
    expect(culprit?.message).toBe("each of its replicas wants host port 0.0.0.0:8087, and only one can have it");
    expect(culprit?.hint).toContain('"8087-8088:..."');
  });

  it("of a host port that a stranger has names the stranger, whoever else wants it", () => {
    const culprit = portCulprit("other-x-1", wanting("api created", [8087]), wanting("web created", [8087], portError));
    expect(culprit?.message).toBe("host port 0.0.0.0:8087 is taken by the container other-x-1");
  });

  it.each([
    ['exec: "serve": executable file not found in $PATH: unknown', "serve"],
    ['exec: "/app/run": stat /app/run: no such file or directory: unknown', "/app/run"],
  ])("of a program that is not in the image names the program: %s", (end, program) => {
    const error = `failed to create task for container: OCI runtime create failed: unable to start container process: ${end}`;
    expect(diagnosed("start-failed", "web created", { error })).toMatchObject({
      cause: "command-not-found",
      message: `"${program}" is not a program of the image`,
    });
  });

  it("of a program that may not be executed is that", () => {
    const error = 'failed to create task for container: OCI runtime create failed: exec: "./run.sh": permission denied: unknown';
    expect(diagnosed("start-failed", "web created", { error })).toMatchObject({
      cause: "not-executable",
      message: expect.stringMatching(/^"\.\/run\.sh"/),
    });
  });

  it("of any other failed start is what the engine said, on one line", () => {
    expect(diagnosed("start-failed", "web created", { error: "no space\n  left on device" })).toMatchObject({
      cause: "start-failed",
      message: "the engine could not start it: no space | left on device",
    });
  });

  it("of a service that is late is its last probe, if one has run", () => {
    expect(diagnosed("not-ready", "web starting", { probes: [probeAt("03:04:05", 1, "connection refused")] }).message).toBe(
      "it was not healthy when time ran out; the last probe said: connection refused",
    );
    expect(diagnosed("not-ready", "web starting").message).toBe("it was not healthy when time ran out; no probe has run yet");
  });

  it("of a late service without a health check is its state", () => {
    expect(diagnosed("not-ready", "web running")).toMatchObject({ cause: "not-ready", message: "it was still running when time ran out" });
    expect(diagnosed("not-ready", "web paused").cause).toBe("paused");
    expect(diagnosed("not-ready", "web running hook")).toMatchObject({
      cause: "hook-not-ended",
      message: "it was up, but Compose, which starts it, was not done with that when time ran out",
    });
  });

  it("of an awaited service without a health check is that there is none", () => {
    expect(diagnosed("no-healthcheck", "web running").cause).toBe("no-healthcheck");
  });

  it("of a container that is gone is its removal, whatever else had failed", () => {
    expect(diagnose({ service: "web", failure: "exited", container: undefined, log: "" }).cause).toBe("removed");
    expect(diagnosed("removed", "web healthy").cause).toBe("removed");
  });

  it("always comes with what to change", () => {
    const failures: readonly FailureKind[] = [
      "unhealthy",
      "exited",
      "crash-loop",
      "start-failed",
      "removed",
      "no-healthcheck",
      "not-ready",
    ];
    for (const failure of failures) expect(diagnosed(failure, "web running").hint).not.toBe("");
  });
});

describe("the evidence", () => {
  it("is the state, the probes, then the log", () => {
    const probes = [probeAt("03:04:05", 0, "ok"), probeAt("03:04:10", 1, "HTTP 500\nbroken\n"), probeAt("03:04:15", 1, "")];
    expect(diagnosed("unhealthy", "web unhealthy", { probes }, "listening\n\nbroken\n").evidence).toEqual([
      "state running, unhealthy, 0 restarts",
      "probe 03:04:05 exit 0: ok",
      "probe 03:04:10 exit 1: HTTP 500 | broken",
      "probe 03:04:15 exit 1: (no output)",
      "log   listening",
      "log   broken",
    ]);
  });

  it("is the end of a long log", () => {
    const log = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join("\n");
    const { evidence } = diagnosed("exited", "web exited exit=1", {}, log);
    expect(evidence).toHaveLength(16);
    expect(evidence[1]).toBe("log   line 26");
    expect(evidence[15]).toBe("log   line 40");
  });

  it("can't move the cursor, recolour or ring the terminal", () => {
    const log = "\u001b[31mred\u001b[0m \u001b[2J\u0007bell\u001b]0;title\u0007 \u009b5mx\rover";
    expect(diagnosed("exited", "web exited exit=1", {}, log).evidence.slice(1)).toEqual(["log   red bell 5mxover"]);
  });

  it("is cut where a line is endless", () => {
    const { evidence } = diagnosed("exited", "web exited exit=1", {}, "x".repeat(100_000));
    expect(evidence[1]).toBe(`log   ${"x".repeat(500)}…`);
  });

  it("is there for a container that is gone too: none", () => {
    expect(diagnose({ service: "web", failure: "removed", container: undefined, log: "" }).evidence).toEqual([]);
  });
});

describe("a service that is not ready, and nobody's time has run out,", () => {
  const atFault = (failure: FailureKind, line: string, probes: readonly ProbeResult[] = []): boolean =>
    isAtFault({ service: "web", failure, container: { ...containerOf(line, 10), probes } });

  it("is at fault where it failed, or can't become ready", () => {
    expect(atFault("unhealthy", "web unhealthy")).toBe(true);
    expect(atFault("not-ready", "web paused check")).toBe(true);
    expect(atFault("not-ready", "web starting", [probeAt("03:04:05", 127, "sh: curl: not found")])).toBe(true);
  });

  it("is not at fault where it starts up, whatever its probes say so far, or has work to do", () => {
    expect(atFault("not-ready", "web starting")).toBe(false);
    expect(atFault("not-ready", "web starting", [probeAt("03:04:05", 1, "connection refused")])).toBe(false);
    expect(atFault("not-ready", "migrate running")).toBe(false);
  });
});

describe("the container that shows a failure", () => {
  it.each([
    ["unhealthy", "web#2 unhealthy"],
    ["exited", "web#2 exited exit=7"],
    ["crash-loop", "web#2 running runs=4"],
    ["start-failed", "web#2 created error=port"],
    ["not-ready", "web#2 starting"],
  ] as const)("is the replica at fault: %s", (failure, line) => {
    const snapshot = lookAt(5, "db exited", "web#1 healthy", line, "web#3 healthy");
    const guilty = guiltyContainers(snapshot, [{ service: "web", failure }]);
    expect(guilty.map(({ service, container }) => [service, container?.id])).toEqual([["web", "web-2"]]);
  });

  it("is named among its replicas", () => {
    const snapshot = lookAt(5, "web#1 healthy", "web#2 exited exit=7", "web#3 starting");
    const evidence = guiltyContainers(snapshot, [{ service: "web", failure: "exited" }]).map(
      (each) => diagnose({ ...each, log: "" }).evidence,
    );
    expect(evidence).toEqual([
      ["of     stack-web-2; beside it stack-web-1 (healthy), stack-web-3 (starting)", "state exited, exit code 7, 0 restarts"],
    ]);
  });

  it("is none of those that are there where one is gone", () => {
    const [guilty] = guiltyContainers(lookAt(5, "web#2 running"), [{ service: "web", failure: "removed" }]);
    expect(guilty && diagnose({ ...guilty, log: "" })).toMatchObject({
      message: "some of its containers are not there",
      evidence: ["there  stack-web-2 (running)"],
    });
  });

  it("is none where the service has no container left", () => {
    expect(guiltyContainers(lookAt(5, "db healthy"), [{ service: "web", failure: "removed" }])).toEqual([
      { service: "web", failure: "removed", container: undefined },
    ]);
  });
});
