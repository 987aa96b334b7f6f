import { describe, expect, it } from "vitest";
import { type Culprit, diagnose, type ServiceFacts } from "../../../src/drive/diagnose/diagnose.ts";
import { containerOf } from "../launch-text.ts";

// What nginx, Node.js, Python, PostgreSQL and shells say.
const facts: ServiceFacts = { kind: "service", others: ["api", "cache"], dependsOn: [] };

const ended = (log: string, more: Partial<ServiceFacts> = {}): Culprit =>
  diagnose({
    service: "web",
    failure: "exited",
    container: containerOf("web exited exit=1"),
    log,
    facts: { ...facts, ...more },
  });

/** An error that nobody caught, as Node.js prints it. */
const thrown = (message: string, ...properties: readonly string[]): string =>
  `node:fs:2430\n    return binding.writeFileUtf8(\n                   ^\n\nError: ${message}
    at Object.writeFileSync (node:fs:2430:20)
    at node:internal/main/eval_string:74:3 {\n${properties.map((each) => `  ${each}`).join(",\n")}\n}\n\nNode.js v22.23.3\n`;

describe("a path that can't be written", () => {
  it.each([
    ['2026/11/22 09:58:04 [emerg] 1#1: mkdir() "/var/lib/nginx/body" failed (30: Read-only file system)', "/var/lib/nginx"],
    ["OSError: [Errno 30] Read-only file system: '/opt/app/x'", "/opt/app"],
    ["/docker-entrypoint.sh: line 5: /etc/app/made.conf: Read-only file system", "/etc/app"],
    ["/run.sh: 5: cannot create /srv/state: Read-only file system", "/srv"],
    ['FATAL:  could not create lock file "/var/run/postgresql/.s.PGSQL.5432.lock": Read-only file system', "/var/run/postgresql"],
    ['{"msg":"open \\"/data/wal/1\\": read-only file system"}', "/data/wal"],
    ["sh: can't create /state: Read-only file system", "/state"],
  ])("is taken from what the program says of it: %s", (line, folder) => {
    expect(ended(line)).toMatchObject({ cause: "read-only-file-system", hint: expect.stringContaining(`tmpfs at ${folder}, or`) });
  });

  it("is not made of a date", () => {
    expect(ended("2026/11/22 09:58:04 [emerg] mkdir() failed (30: Read-only file system)").hint).toMatch(/^mount a volume or tmpfs where/);
  });
});

describe("an error that Node.js ends with", () => {
  it.each([
    [
      "EROFS: read-only file system, open '/opt/x/y'",
      ["errno: -30", "code: 'EROFS'", "syscall: 'open'", "path: '/opt/x/y'"],
      "at /opt/x, or",
    ],
    [
      "EACCES: permission denied, open '/root/x'",
      ["errno: -13", "code: 'EACCES'", "syscall: 'open'", "path: '/root/x'"],
      "owner of /root/x, or",
    ],
    ["ENOENT: no such file or directory, open '/nope/x'", ["errno: -2", "code: 'ENOENT'", "path: '/nope/x'"], "has at /nope/x"],
    ["ENOSPC: no space left on device, open '/data/x'", ["errno: -28", "code: 'ENOSPC'", "path: '/data/x'"], "space for /data/x, where"],
    ["connect ECONNREFUSED 10.0.0.7:5432", ["errno: -111", "code: 'ECONNREFUSED'", "address: '10.0.0.7'", "port: 5432"], "the address"],
  ])("is told by its message, and with its path: %s", (message, properties, hint) => {
    const culprit = ended(thrown(message, ...properties));
    expect(culprit.message).toMatch(new RegExp(`: Error: ${message.replaceAll(/[/.]/g, "\\$&")}$`));
    expect(culprit.hint).toContain(hint);
  });

  it("is told by its message where its cause is not recognised", () => {
    expect(ended(thrown("boom", "[cause]: TypeError: inner")).message).toBe("it exited with code 1: Error: boom");
    expect(ended("all is done\nNode.js v22.23.3\n").message).toBe("it exited with code 1: Node.js v22.23.3");
  });

  it("is told by its properties where nothing else is left of it", () => {
    const rest = "  errno: -30,\n  code: 'EROFS',\n  syscall: 'open',\n  path: '/opt/x/y'\n}\n";
    expect(ended(rest)).toMatchObject({
      message: expect.stringMatching(/code: 'EROFS',$/),
      hint: expect.stringContaining("at /opt/x, or"),
    });
  });

  it("has no path of what another line tells", () => {
    expect(ended("  path: '/users',\nit failed: permission denied").hint).toMatch(/^check user and the owner of what is mounted there;/);
  });
});

it("a refused connection names a service only where one is likely", () => {
  const line = "Error: connect ECONNREFUSED 10.0.0.7:5432";
  const { hint } = ended(line);
  expect(hint).toMatch(/^start after what it asks is healthy \(dependsOn\)/);
  expect(hint).not.toContain("db");
  expect(ended(line, { others: [], isCompose: true }).hint).toMatch(/^start after what it asks is healthy \(depends_on\)/);
  expect(ended(line, { dependsOn: ["api"] }).hint).toContain("api.healthy()");
});

describe("an upstream that nginx does not find", () => {
  it.each(["backend", "backend:8080", "backend/v1", "backend:8080/v1"])("is a host that is not found: %s", (upstream) => {
    const line = `2026/11/22 09:58:14 [emerg] 1#1: host not found in upstream "${upstream}" in /etc/nginx/conf.d/default.conf:1`;
    expect(ended(line)).toMatchObject({
      cause: "name-not-found",
      message: expect.stringMatching(/^it can't find the host "backend": /),
      hint: expect.stringMatching(/^no service of this stack is called "backend" \(there are: api, cache\)/),
    });
    expect(ended(line, { others: ["backend"] }).hint).toMatch(/^"backend" is a service of this stack/);
  });
});
