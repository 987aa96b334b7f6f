import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixOf } from "../../src/check/fixes/fix-of.ts";
import { judge } from "../../src/check/judge.ts";
import type { RuleName } from "../../src/check/rules.ts";
import { subjectOfDockerfile, subjectOfStack } from "../../src/cli/checked-subject.ts";
import { type FixedFindings, fixFindings } from "../../src/cli/fix-findings.ts";
import { readCompose } from "../../src/load/compose/read-compose.ts";
import { composeConfig, firstDifference, isComposeThere } from "../corpus/referee.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const FILE = "compose.yaml";
const HEAD = "# top\nservices:\n  app: # app\n";

/** Mends a Compose file or a Dockerfile on disk, in memory. */
async function fixed(folder: string, name: string): Promise<FixedFindings> {
  const file = join(folder, name);
  return fixFindings(async (texts) => {
    const subject =
      name === "Dockerfile"
        ? subjectOfDockerfile(file, texts)
        : subjectOfStack({ stack: readCompose(file, { environment: {}, texts }), file }, texts);
    const findings = judge(subject).findings.map((finding) => ({ ...finding, fix: fixOf(finding, subject) }));
    return [{ name, kind: "stack", services: 1, findings, allowed: [] }];
  });
}

/** The text after `--fix`, and the rules whose findings went. */
async function mended(text: string, name = FILE): Promise<{ after: string; rules: readonly RuleName[] }> {
  const folder = temporaryFolder();
  await writeTree(folder, { [name]: text });
  const { texts, applied, results } = await fixed(folder, name);
  const after = texts.get(join(folder, name)) ?? text;
  const rules = applied.map(({ rule }) => rule);
  // What was mended is found no more, and is not mended again.
  expect(results.flatMap(({ findings }) => findings).filter(({ rule }) => rules.includes(rule))).toEqual([]);
  await writeTree(folder, { [name]: after });
  expect((await fixed(folder, name)).applied).toEqual([]);
  if (name === FILE && isComposeThere()) await expectSameConfig(folder, text, after, applied);
  return { after, rules };
}

/** Docker Compose as the referee: nothing but what was mended means something else now. */
async function expectSameConfig(folder: string, before: string, after: string, applied: FixedFindings["applied"]): Promise<void> {
  await writeTree(folder, { "before/compose.yaml": before, "after/compose.yaml": after });
  const [old, now] = await Promise.all(
    ["before", "after"].map((each) => composeConfig({ files: [join(folder, each, FILE)], folder, envFiles: [], allProfiles: true }, true)),
  );
  expect(now).not.toHaveProperty("error");
  // Compose refuses what has a number for a duration; there is nothing to compare then.
  if (old === undefined || "error" in old) return;
  const without = (document: object | undefined): unknown => {
    const whole = structuredClone(document) as { services: Record<string, Record<string, object>> };
    // What stands in an extension is only used elsewhere.
    const copy = { ...Object.fromEntries(Object.entries(whole).filter(([key]) => !key.startsWith("x-"))), services: whole.services };
    for (const { path } of applied) {
      const [service = "", attribute = "", ...rest] = path.split(".");
      const owner = copy.services[service]?.[attribute] as Record<string, unknown> | undefined;
      for (const key of [...rest, "disable"]) delete owner?.[key];
      if (owner !== undefined && Object.keys(owner).length === 0) delete copy.services[service]?.[attribute];
    }
    return copy;
  };
  expect(firstDifference(without(old), without(now))).toBeUndefined();
}

const probed = (image: string, test: string, more = "") =>
  `${HEAD}    image: ${image}\n${more}    healthcheck:\n      # why\n      test: ${test}\n      interval: 5s # often\n`;

describe("what --fix mends in a Compose file", { timeout: 120_000 }, () => {
  it.each<[RuleName, image: string, before: string, after: string, more?: string]>([
    ["curl-without-fail", "nginx:1.29", '["CMD", "curl", "http://127.0.0.1/"]', '["CMD", "curl", "-f", "http://127.0.0.1/"]'],
    ["curl-without-fail", "nginx:1.29", "curl -s 'http://127.0.0.1/a;b' || exit 1 # c", "curl -f -s 'http://127.0.0.1/a;b' || exit 1 # c"],
    [
      "curl-without-fail",
      "nginx:1.29",
      '[CMD, sh, -c, "/usr/bin/curl -sS http://127.0.0.1/"]',
      '[CMD, sh, -c, "/usr/bin/curl -f -sS http://127.0.0.1/"]',
    ],
    [
      "curl-without-fail",
      "nginx:1.29",
      "\n        - CMD-SHELL\n        - >\n          curl\n          http://127.0.0.1/",
      "\n        - CMD-SHELL\n        - >\n          curl -f\n          http://127.0.0.1/",
    ],
    [
      "localhost-ipv6",
      "caddy:2",
      '["CMD", "wget", "-q", "-O", "/dev/null", "http://localhost:80/"]',
      '["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:80/"]',
    ],
    ["test-none-string", "nginx:1.29", "NONE", '["NONE"]'],
    [
      "db-probe-over-unix-socket",
      "postgres:17",
      '["CMD-SHELL", "pg_isready -U $$POSTGRES_USER -d app"]',
      '["CMD-SHELL", "pg_isready -h 127.0.0.1 -U $$POSTGRES_USER -d app"]',
    ],
    ["db-probe-over-unix-socket", "postgres:17", "[CMD, pg_isready]", "[CMD, pg_isready, -h, 127.0.0.1]"],
    [
      "db-probe-over-unix-socket",
      "mysql:8.4",
      '["CMD", "mysqladmin", "ping", "-h", "localhost"]',
      '["CMD", "mysqladmin", "ping", "-h", "127.0.0.1"]',
    ],
    ["db-probe-over-unix-socket", "mariadb:10.6", "mysqladmin ping --silent", "mysqladmin -h 127.0.0.1 ping --silent"],
    ["redis-ping-exit-code", "redis:7-alpine", '["CMD", "redis-cli", "ping"]', '["CMD", "redis-cli", "-e", "ping"]'],
    ["redis-ping-exit-code", "valkey/valkey:8", "valkey-cli ping", "valkey-cli -e ping"],
    ["wget-writes-files", "neo4j:5", "wget http://127.0.0.1:7474 || exit 1", "wget -O /dev/null http://127.0.0.1:7474 || exit 1"],
    ["cmd-string-with-spaces", "postgres:17", '["CMD", "pg_isready -h 127.0.0.1"]', '["CMD", "pg_isready", "-h", "127.0.0.1"]'],
  ])("%s in %s: %s", async (rule, image, before, after, more) => {
    expect(await mended(probed(image, before, more))).toEqual({ after: probed(image, after, more), rules: [rule] });
  });

  it("takes the version out, and keeps what stands around it", async () => {
    const text = `# of a shop\nversion: "3.8" # old\n\n${HEAD.slice(6)}    image: nginx:1.29\n`;
    expect(await mended(text)).toEqual({ after: text.replace('version: "3.8" # old\n', ""), rules: ["version-field"] });
  });

  it("doubles the dollar sign of a variable that only the container has", async () => {
    const text = (test: string) => probed("postgres:17", test, "    environment: { POSTGRES_USER: app }\n");
    const { after, rules } = await mended(text("pg_isready -h 127.0.0.1 -U ${POSTGRES_USER} -d $POSTGRES_USER"));
    expect(after).toBe(text("pg_isready -h 127.0.0.1 -U $${POSTGRES_USER} -d $$POSTGRES_USER"));
    expect(rules).toEqual(["compose-interpolation-in-test"]);
  });

  it("gives a number of seconds its unit", async () => {
    const text = (interval: string) =>
      `${HEAD}    image: nginx:1.29\n    healthcheck: { test: [CMD, curl, -f, http://127.0.0.1/], interval: ${interval} }\n`;
    expect(await mended(text("10"))).toEqual({ after: text("10s"), rules: ["invalid-duration"] });
  });

  it("mends two things of one test, one after the other", async () => {
    const { after, rules } = await mended(probed("neo4j:5", '["CMD", "wget http://127.0.0.1:7474"]'));
    expect(after).toBe(probed("neo4j:5", '["CMD", "wget", "-O", "/dev/null", "http://127.0.0.1:7474"]'));
    expect(rules.toSorted()).toEqual(["cmd-string-with-spaces", "wget-writes-files"]);
  });

  it("mends what services share in the one place where it is written", async () => {
    const text = (test: string) =>
      `x-check: &check\n  test: ${test}\nservices:\n  a: { image: nginx:1.29, healthcheck: *check }\n  b: { image: nginx:1.29, healthcheck: { <<: *check, interval: 5s } }\n`;
    expect((await mended(text("curl http://127.0.0.1/"))).after).toBe(text("curl -f http://127.0.0.1/"));
  });

  it.each([
    ["a command whose exit code is swallowed on purpose", probed("nginx:1.29", "curl -f http://127.0.0.1/ || exit 0")],
    ["a client that has to log in over TCP", probed("postgres:17", "psql -U postgres -c 'SELECT 1'")],
    ["a server older than the option", probed("redis:6", "redis-cli ping")],
    ["two commands of one name", probed("nginx:1.29", "curl http://127.0.0.1/a && curl http://127.0.0.1/b")],
    ["a command in quotes inside of another one", probed("nginx:1.29", '["CMD", "bash", "-lc", "eval \\"curl http://127.0.0.1/\\""]')],
    ["words that a shell would read", probed("postgres:17", '["CMD", "pg_isready -h 127.0.0.1 || exit 1"]')],
  ])("leaves alone: %s", async (_, text) => {
    expect((await mended(text)).after).toBe(text);
  });
});

describe("what --fix mends in a Dockerfile", () => {
  it.each<[string, readonly RuleName[], string, string]>([
    [
      "a health check that does not count",
      ["multiple-healthcheck"],
      "FROM a\n  HEALTHCHECK CMD x \\\n    y\nRUN z\nHEALTHCHECK CMD b\n",
      "FROM a\nRUN z\nHEALTHCHECK CMD b\n",
    ],
    [
      "options that do nothing",
      ["healthcheck-option-ignored", "healthcheck-option-ignored"],
      "FROM a\nHEALTHCHECK --start-interval=1s --retries=0 \\\n  CMD x\n",
      "FROM a\nHEALTHCHECK \\\n  CMD x\n",
    ],
    ["single quotes", ["invalid-exec-form"], "FROM a\nENTRYPOINT ['a', 'b c']\n", 'FROM a\nENTRYPOINT ["a", "b c"]\n'],
    [
      "curl across lines",
      ["curl-without-fail"],
      "FROM nginx:1.29\r\nHEALTHCHECK --interval=5s \\\r\n  CMD curl \\\r\n  # why\r\n  -s http://127.0.0.1/ || exit 1\r\nUSER x\r\n",
      "FROM nginx:1.29\r\nHEALTHCHECK --interval=5s \\\r\n  CMD curl -f \\\r\n  # why\r\n  -s http://127.0.0.1/ || exit 1\r\nUSER x\r\n",
    ],
    [
      "a list of words",
      ["curl-without-fail"],
      'FROM nginx:1.29\nHEALTHCHECK CMD ["curl",  "http://127.0.0.1/"]\n',
      'FROM nginx:1.29\nHEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1/"]\n',
    ],
    [
      "a doubled dollar sign",
      ["double-dollar-in-dockerfile"],
      "FROM nginx:1.29\nENV PORT=80\nHEALTHCHECK CMD curl -f http://127.0.0.1:$$PORT/\n",
      "FROM nginx:1.29\nENV PORT=80\nHEALTHCHECK CMD curl -f http://127.0.0.1:$PORT/\n",
    ],
  ])("%s", async (_, rules, before, after) => {
    expect(await mended(before, "Dockerfile")).toEqual({ after, rules });
  });

  it("leaves alone what is run by images that are based on it", async () => {
    const text = "FROM nginx:1.29\nONBUILD HEALTHCHECK CMD curl http://127.0.0.1/\n";
    expect((await mended(text, "Dockerfile")).after).toBe(text);
  });
});
