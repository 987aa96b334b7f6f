import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Creation } from "../../../src/drive/diagnose/create-causes.ts";
import { type Culprit, diagnose, type Evidence } from "../../../src/drive/diagnose/diagnose.ts";
import { type CreatedService, diagnoseCreation } from "../../../src/drive/diagnose/diagnose-creation.ts";
import type { ContainerInspection } from "../../../src/drive/engine/engine.ts";
import { containerState, type Remembered } from "../../../src/drive/observe/container-state.ts";

// What Engine 26.1.5 and Compose 2.40.3 showed; `bench/capture.ts` recorded it.
const FOLDER = new URL("../../fixtures/captures/", import.meta.url);

interface Capture {
  readonly expect: { readonly culprit: string; readonly cause: string };
  readonly failure: Evidence["failure"];
  readonly at: number;
  readonly facts?: Evidence["facts"];
  readonly portHolder?: string;
  readonly remembered?: Remembered;
  readonly inspection?: ContainerInspection;
  readonly log?: string;
  readonly creation?: Creation;
  readonly services?: readonly CreatedService[];
  readonly stack?: string;
}

/** What a report must say of each: the cause, and words of its message and hint. */
const CASES: Readonly<Record<string, readonly [cause: string, message: RegExp, hint: RegExp]>> = {
  "address-in-use": ["address-in-use", /EADDRINUSE.*:80/, /same port/],
  aborted: ["aborted", /exit code 134/, /end of its log/],
  "authentication-refused": ["authentication-refused", /401/, /user and password/],
  "build-failed": ["build-failed", /at "RUN echo the compiler says no.*exit code: 3/, /printed is above/],
  "build-file-missing": ["build-failed", /COPY absent\.txt/, /build context/],
  "command-not-found": ["command-not-found", /"serve-it" is not a program of the image busybox:1\.37/, /entrypoint/],
  "connection-refused": ["connection-refused", /port 8080.*ECONNREFUSED/, /port of the health check/],
  "crash-loop": ["crash-loop", /\(exit code 3\): no luck/, /why it exits/],
  "crash-loop-always": ["crash-loop", /exit code 0/, /foreground.*"on-failure".*task/],
  "crash-loop-with-check": ["crash-loop", /started \d+ times .*last exit code 3/, /why it exits/],
  "dependency-refused": ["dependency-refused", /ECONNREFUSED/, /db\.healthy\(\)/],
  "dies-at-2s-without-check": ["exited", /code 3: giving up/, /end of its log says why/],
  "dockerfile-misspelt": ["build-failed", /unknown instruction: FORM/, /Dockerfile at that line/],
  ended: ["ended", /exit code 0/, /make it a task/],
  "env-file-missing": ["env-file-missing", /web\.env/, /required: false/],
  "exit-126": ["not-executable", /126/, /chmod \+x/],
  "exit-127": ["command-not-found", /127.*nosuchprogram/, /in the image/],
  "file-missing": ["file-missing", /Cannot find module '\/app\/server\.js'/, /what the image copies/],
  "http-status-404": ["http-status", /HTTP 404/, /path of the health check/],
  "http-status-500": ["http-status", /HTTP 500.*no database/, /its log says why/],
  "image-denied": ["image-denied", /denied/, /docker login/],
  "image-missing": ["image-missing", /manifest unknown/, /name and tag/],
  "image-with-its-own-check": ["unhealthy", /last 2 probes failed: the check of the image/, /probe's output/],
  killed: ["killed", /137.*not for want of memory/, /SIGKILL/],
  "mount-missing": ["mount-missing", /not-there\.conf/, /path in volumes/],
  "mount-of-a-folder-on-a-file": ["mount-missing", /\/usr can't be mounted at \/etc\/passwd/, /file can only be mounted on a file/],
  "name-in-use": ["name-in-use", /"verdict-of-another"/, /docker rm verdict-of-another/],
  "name-not-found": ["name-not-found", /host "database"/, /no service of this stack is called "database"/],
  "network-absent": ["network-absent", /"verdict-not-there" does not exist/, /docker network create/],
  "never-ready": ["still-starting", /not healthy when time ran out.*not yet/, /after at most 36\.9 s/],
  "no-probe-yet": ["no-probe-yet", /first runs 30 s after/, /startInterval/],
  "no-space": ["no-space", /No space left on device/, /tmpfs/],
  "one-of-three-replicas-bad": ["exited", /code 7/, /printed nothing.*compose STACK -- run --rm web/],
  "out-of-memory": ["out-of-memory", /out of memory \(limit 16 MiB\)/, /memLimit above 16 MiB/],
  paused: ["paused", /paused/, /docker unpause/],
  "permission-denied": ["permission-denied", /\/etc\/state: Permission denied/, /user/],
  "port-taken": [
    "port-taken",
    /:18977 is taken by the container verdict-port-taken-holder/,
    /^stop what listens on 18977, publish another port/,
  ],
  "probe-binary-output": ["unhealthy", /last 3 probes failed: .*bad$/, /probe's output/],
  "probe-huge-output": ["unhealthy", /something is wrong.{0,300}…$/, /probe's output/],
  "probe-missing": ["probe-missing", /curl is not in the image busybox:1\.37/, /install curl/],
  "probe-missing-in-shell": ["probe-missing", /pg_isready is not in the image/, /install pg_isready/],
  "probe-timeout": ["probe-timeout", /no answer within 500ms/, /timeout/],
  "read-only-file-system": ["read-only-file-system", /\/state: Read-only file system/, /tmpfs at \/state/],
  "registry-unreachable": ["registry-unreachable", /registry can't be reached.*127\.0\.0\.1:1/, /needs build/],
  removed: ["removed", /container is not there/, /docker rm/],
  replaced: ["replaced", /replaced its container/, /another launch of the same stack/],
  segfault: ["segfault", /139/, /processor/],
  "slow-sibling-beside-a-dead-one": ["exited", /code 3: out of luck/, /end of its log says why/],
  "start-period-too-short": ["start-period-too-short", /0\.9 s after its start.*its log says: loading the model/, /startPeriod: "60s"/],
  stopped: ["stopped", /143/, /docker stop/],
  "task-exits-3": ["exited", /code 3: relation exists already/, /end of its log/],
  "task-restarts-for-ever": ["exited", /code 5 \(after \d+ starts\): no/, /end of its log/],
  "task-uses-up-its-restarts": ["exited", /code 5 \(after 3 starts\): no/, /end of its log/],
  "unhealthy-for-good": ["unhealthy", /last 3 probes failed: broken inside/, /health check asks/],
  "volume-absent": ["volume-absent", /"verdict-not-there" does not exist/, /docker volume create/],
  "wrong-address": ["wrong-address", /listens on [\d.]+ only/, /0\.0\.0\.0/],
  "wrong-port": ["wrong-port", /asks port 8080.*listening on http:\/\/0\.0\.0\.0:3000/, /to 3000/],
};

describe("a real capture", () => {
  test.each(Object.entries(CASES))("of %s is recognised", (name, [cause, message, hint]) => {
    const capture = captureOf(name);
    const culprit = culpritOf(capture);
    expect({ cause: culprit.cause, service: culprit.service }).toEqual({ cause, service: capture.expect.culprit });
    expect(culprit.message).toMatch(message);
    expect(culprit.hint).toMatch(hint);
  });

  test.each(Object.keys(CASES))("of %s is told to the author of a Compose file in no words of TypeScript", (name) => {
    const { facts, services, ...capture } = captureOf(name);
    const inCompose = {
      ...capture,
      ...(facts && { facts: { ...facts, isCompose: true } }),
      ...(services && { services: services.map((each) => ({ ...each, isCompose: true })) }),
    };
    expect(culpritOf(inCompose).hint).not.toMatch(/[a-z][A-Z][a-z]|\.(?:healthy|started|host)\b|probe\.|a task/);
  });

  test.each(Object.keys(CASES))("of %s is shown harmlessly and bounded", (name) => {
    const { message, hint, evidence } = culpritOf(captureOf(name));
    for (const line of [message, hint, ...evidence]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
      expect(line).not.toMatch(/[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/);
      expect(line.length).toBeLessThan(700);
    }
    expect(evidence.length).toBeLessThan(40);
  });

  test("is there for every case, and every one has a case", () => {
    const files = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ""));
    expect(files.sort()).toEqual(Object.keys(CASES).sort());
  });

  test("stands behind at least 20 causes", () => {
    expect(new Set(Object.values(CASES).map(([cause]) => cause)).size).toBeGreaterThanOrEqual(20);
  });
});

describe("a hint for a Compose file", () => {
  const hintOf = (name: string): string => {
    const { facts, ...capture } = captureOf(name);
    return culpritOf({ ...capture, facts: { kind: "service", others: [], dependsOn: [], ...facts, isCompose: true } }).hint;
  };

  test("says what can be written there", () => {
    expect(hintOf("out-of-memory")).toMatch(/^raise mem_limit above/);
    expect(hintOf("dependency-refused")).toContain("depends_on: { db: { condition: service_healthy } }");
    expect(hintOf("start-period-too-short")).toContain('healthcheck: { start_period: "60s", start_interval: "500ms" }');
    expect(hintOf("ended")).toContain(
      "let the service that needs it wait for its end: depends_on: { web: { condition: service_completed_successfully } }",
    );
  });
});

describe("the evidence", () => {
  test("shows the state, the last probes and the end of the log", () => {
    const { evidence } = culpritOf(captureOf("http-status-500"));
    expect(evidence[0]).toMatch(/^state running, unhealthy, 3 failed probes in a row, 0 restarts$/);
    expect(evidence.filter((line) => line.startsWith("probe "))).toHaveLength(3);
    expect(evidence.at(-1)).toMatch(/^log {3}listening on/);
  });

  test("shows the step of the Dockerfile that failed, and what it printed", () => {
    const { evidence } = culpritOf(captureOf("build-failed"));
    expect(evidence.join("\n")).toMatch(/3 \| >>> RUN echo the compiler says no/);
    expect(evidence.join("\n")).toMatch(/the compiler says no$/m);
  });
});

test("a paused container that Compose would start is told with its service, also where names have hyphens", () => {
  const errors =
    " Container my-shop-web-1  Running\n Container my-shop-db-web-1  Restart\nError response from daemon: cannot start a paused container, try unpause instead";
  const services = ["web", "db-web", "shop-web"].map((name) => ({ name, builds: false, uses: [] }));
  expect(diagnoseCreation({ errors, output: "" }, services, "my-shop")).toMatchObject({ service: "db-web", cause: "paused" });
});

function captureOf(name: string): Capture {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as Capture;
}

function culpritOf({ creation, services = [], stack = "", ...capture }: Capture): Culprit {
  if (creation !== undefined) return diagnoseCreation(creation, services, stack);
  const { failure, at, facts, portHolder, remembered = { runs: 0 }, inspection, log = "" } = capture;
  const container = inspection === undefined ? undefined : containerState(inspection, remembered);
  return diagnose({ service: capture.expect.culprit, failure, at, facts, portHolder, container, log });
}
