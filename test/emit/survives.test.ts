import {
  checkStack,
  config,
  emitStack,
  env,
  interpolate,
  network,
  type ServiceSpec,
  type Stack,
  service,
  stack,
  volume,
} from "stackwright";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { composeConfig, hasReferee } from "../model/schema/referee.ts";

const LAYOUT = { stackFolder: "/project/stack", outputFolder: "/project/stack", root: "/project", source: "stack.ts" };

/** Texts that YAML, Compose or both would gladly take for something else. */
const HOSTILE: readonly string[] = [
  ...["", " ", "  a  ", "\t", "a\tb", "\n", "a\nb", "a\n", "\na", "a\n\n", "a\r\nb", "\r", " a\n  b\n c ", "a \nb"],
  ...["$", "$$", "$$$", "$A", "${A}", "${A:-b}", "$1", "${1}", "${", "$}", "a$", "$(date)", "100$", "{{.Name}}", "$${A}"],
  ...[
    "010",
    "0o10",
    "0x1F",
    "1.10",
    "1e3",
    "1_000",
    "+1",
    "-1",
    ".5",
    "5.",
    "0",
    "-0",
    "00",
    ".inf",
    "-.INF",
    ".NaN",
    "1:30",
    "22:22",
    "0:0",
    "190:20:30",
  ],
  ...[
    "true",
    "True",
    "TRUE",
    "false",
    "yes",
    "Yes",
    "no",
    "NO",
    "on",
    "Off",
    "y",
    "N",
    "null",
    "Null",
    "~",
    "<<",
    "=",
    "2020-01-01",
    "2001-12-14t21:59:43.10-05:00",
  ],
  ...[
    "-",
    "- a",
    "--",
    "---",
    "...",
    "? a",
    "?",
    ":",
    ": a",
    "a: b",
    "a:",
    "a #b",
    "#",
    "# a",
    "&a",
    "*a",
    "!a",
    "!!str a",
    "|",
    ">",
    "%a",
    "@a",
    "`a`",
    "[a]",
    "{a: b}",
    "[",
    "{",
    ",",
    "a,b",
  ],
  ...[
    "'",
    '"',
    "''",
    '""',
    "'a'",
    '"a"',
    "it's",
    'say "a"',
    "\\",
    "\\n",
    "a\\",
    "\\u0041",
    "\x01",
    "\x07",
    "\x1b[0m",
    "\x7f",
    "\u0085",
    "\u00a0",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\ufeffa",
  ],
  ...["emoji 🦀", "👩‍👩‍👧", "שלום", "\u202eabc", "中文", "é", "e\u0301", "\u{10ffff}", "x-a", "x-", "$x-a"],
  ...["a".repeat(65536), "word ".repeat(20000), "$".repeat(1000), `${" ".repeat(200)}a`, "\n".repeat(100), "a=b", "=", "a=b=c", "=a"],
];

describe("hostile texts arrive as they were written", () => {
  const hostile = stackOf({
    environment: numbered("V", HOSTILE),
    labels: numbered("l", HOSTILE),
    command: HOSTILE.filter((text) => text !== ""),
    "x-all": HOSTILE,
  });
  const values = (each: Record<string, string>) => Object.values(each).map(undollared);

  it.each(["1.2", "1.1"] as const)("for a reader of YAML %s", (version) => {
    const { a } = parse(emitted(hostile), { version }).services;
    expect(values(a.environment)).toEqual(HOSTILE);
    expect(values(a.labels)).toEqual(HOSTILE);
    expect(a.command.map(undollared)).toEqual(HOSTILE.filter((text) => text !== ""));
    expect(a["x-all"].map(undollared)).toEqual(HOSTILE);
  });

  it.skipIf(!hasReferee)("for Docker Compose", () => {
    const a = serviceOf(hostile);
    expect(inOrder(a["environment"], "V").map(undollared)).toEqual(HOSTILE);
    expect(inOrder(a["labels"], "l").map(undollared)).toEqual(HOSTILE);
    expect((a["command"] as string[]).map(undollared)).toEqual(HOSTILE.filter((text) => text !== ""));
  });

  it.skipIf(!hasReferee)("as the content of a config, for Docker Compose", () => {
    const contents = HOSTILE.filter((text) => text !== "");
    const configs = contents.map((content, index) => config(`c${index}`, { content }));
    const found = composeConfig(emitted(stackOf({ configs })))["configs"] as unknown as Record<string, { content: string }>;
    expect(contents.map((_, index) => undollared(found[`c${index}`]?.content ?? ""))).toEqual(contents);
  });

  it.skipIf(!hasReferee)("as a health check, an entry point and a hook, for Docker Compose", () => {
    const words = HOSTILE.filter((text) => text !== "");
    const a = serviceOf(
      stackOf({ entrypoint: words, healthcheck: { test: ["CMD", "x", ...words] }, postStart: [{ command: words }] }),
    ) as unknown as { entrypoint: string[]; healthcheck: { test: string[] }; post_start: { command: string[] }[] };
    expect(a.entrypoint.map(undollared)).toEqual(words);
    expect(a.healthcheck.test.slice(2).map(undollared)).toEqual(words);
    expect(a.post_start[0]?.command.map(undollared)).toEqual(words);
  });
});

describe("hostile keys arrive as they were written", () => {
  const KEYS = HOSTILE.filter((key) => /[^\n]/.test(key) && !key.includes("=") && key.length < 1000);

  it.each(["1.2", "1.1"] as const)("for a reader of YAML %s", (version) => {
    const labels = keyed(KEYS.filter((key) => !key.startsWith("x-")));
    expect(parse(emitted(stackOf({ labels })), { version, stringKeys: true }).services.a.labels).toEqual(labels);
  });

  it.skipIf(!hasReferee)("in the environment, for Docker Compose", () => {
    const environment = keyed(KEYS.filter((key) => !/[\s\u0085]$/.test(key)));
    expect(values(serviceOf(stackOf({ environment }))["environment"] as Record<string, string>)).toEqual(environment);
  });

  it.skipIf(!hasReferee)("where they begin with x- and look like extensions, for Docker Compose", () => {
    const map = { "x-a": "1", "x-$b": "$c", plain: "2" };
    const a = serviceOf(
      stackOf({
        environment: map,
        labels: map,
        annotations: map,
        sysctls: { "x-a": 1 },
        extraHosts: { "x-host": "1.2.3.4", both: ["1.1.1.1", "::1"] },
        build: { args: map, labels: map },
        volumes: [{ type: "volume", target: "/v", volume: { labels: { "x-a": "1" } } }],
      }),
    );
    const build = a["build"] as Record<string, unknown>;
    for (const found of [a["environment"], a["labels"], a["annotations"], build["args"], build["labels"]])
      expect(values(found as Record<string, string>)).toEqual(map);
    expect(a["sysctls"]).toEqual({ "x-a": "1" });
    expect([...(a["extra_hosts"] as string[])].sort()).toEqual(["both=1.1.1.1", "both=::1", "x-host=1.2.3.4"]);
  });
});

describe("what Compose is fragile about", () => {
  it.skipIf(!hasReferee)("a volume of one letter is no Windows drive", () => {
    expect(serviceOf(stackOf({ volumes: [volume("v").at("/d")] }))["volumes"]).toEqual([
      expect.objectContaining({ type: "volume", source: "v", target: "/d" }),
    ]);
  });

  it.skipIf(!hasReferee)("byte sizes are multiples of 1024, and none is dropped", () => {
    const a = serviceOf(stackOf({ memLimit: "1.5g", memReservation: 1048576, shmSize: "64kb", memswapLimit: -1 }));
    expect([a["mem_limit"], a["mem_reservation"], a["shm_size"], a["memswap_limit"]]).toEqual(["1610612736", "1048576", "65536", "-1"]);
  });

  it.skipIf(!hasReferee)("users, modes and ports are not taken for numbers of base 60 or 8", () => {
    const a = serviceOf(
      stackOf({ user: "0:0", ports: ["22:22"], configs: [config("c", { content: "c" }).at("/c", { mode: 0o440, uid: "010" })] }),
    );
    expect(a["user"]).toBe("0:0");
    expect(a["ports"]).toEqual([expect.objectContaining({ target: 22, published: "22" })]);
    expect(a["configs"]).toEqual([expect.objectContaining({ mode: "0440", uid: "010" })]);
  });

  it.skipIf(!hasReferee)("null is inherited, and an empty text is not", () => {
    const text = emitted(stackOf({ environment: { INHERITED: null, EMPTY: "" } }));
    const { a } = composeConfig(text, { INHERITED: "here", EMPTY: "there" })["services"] as unknown as Record<
      string,
      Record<string, unknown>
    >;
    expect(a?.["environment"]).toEqual({ INHERITED: "here", EMPTY: "" });
  });

  it.skipIf(!hasReferee)("only env() is replaced", () => {
    const text = emitted(
      stackOf({
        environment: {
          BOTH: interpolate`$A ${env("A")} \${A}`,
          DEFAULT: env("UNSET_", { default: 'a "b" $c {d}' }),
          JSON: env("UNSET_", { default: '{"a":{"b":1}}' }),
          OPTIONAL: env("UNSET_", { optional: true }),
        },
      }),
    );
    const { a } = composeConfig(text, { A: "x$y" })["services"] as unknown as Record<string, { environment: Record<string, string> }>;
    expect(values(a?.environment)).toEqual({ BOTH: "$A x$y ${A}", DEFAULT: 'a "b" $c {d}', JSON: '{"a":{"b":1}}', OPTIONAL: "" });
  });

  it("a default whose braces don't match is refused: Compose has no way to write it", () => {
    for (const text of ["}", "a}b", "{", "}{"]) expect(() => env("A", { default: text })).toThrow("its braces don't match");
  });

  it("equal values become no anchors, and long ones are not folded", () => {
    const shared = { A: "a b ".repeat(100) };
    const text = emitted(stackOf({ environment: shared, labels: shared, build: { args: shared } }));
    expect(text).not.toMatch(/[&*]a\d/);
    expect(text.split("\n").filter((line) => line.includes("a b a b"))).toHaveLength(3);
  });

  it("comments stand in the header only", () => {
    const [header = "", ...rest] = emitted(stackOf({ networks: [network("n")] })).split(/^(?=name:)/m);
    expect(header).toContain("generated by Stackwright");
    expect(rest.join("")).not.toContain("#");
  });
});

function stackOf(spec: Omit<ServiceSpec, "image">): Stack {
  return stack("survives", [service("a", { image: "x", ...spec } as ServiceSpec)]);
}

function emitted(checked: Stack): string {
  return emitStack(checkStack(checked), LAYOUT).find(({ path }) => path === "compose.yaml")?.text ?? "";
}

function serviceOf(checked: Stack): Record<string, unknown> {
  return (composeConfig(emitted(checked))["services"] as unknown as Record<string, Record<string, unknown>>)["a"] ?? {};
}

function numbered(prefix: string, texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(texts.map((text, index) => [`${prefix}${index}`, text]));
}

function inOrder(map: unknown, prefix: string): readonly string[] {
  return HOSTILE.map((_, index) => (map as Record<string, string>)[`${prefix}${index}`] ?? "absent");
}

function keyed(keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.map((key) => [key, "value"]));
}

function values(map: Readonly<Record<string, string>> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(map ?? {}).map(([key, text]) => [undollared(key), undollared(text)]));
}

// Compose writes every `$` doubled, as we do.
function undollared(text: string): string {
  return text.replaceAll("$$", "$");
}
