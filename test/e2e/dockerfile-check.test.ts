import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { from, interpolate, needs, probe, stack, startAfter, variable } from "stackwright";
import { describe, expect, it } from "vitest";
import { judge as judgeRules } from "../../src/check/judge.ts";
import { parseStack } from "../../src/check/parse-stack.ts";
import type { Subject } from "../../src/check/subject.ts";
import { patchHealthcheck } from "../../src/emit/dockerfile-patch.ts";
import { dockerfileText } from "../../src/emit/dockerfile-text.ts";
import { healthcheckLine } from "../../src/emit/healthcheck-line.ts";
import { renderProbe } from "../../src/probe/render.ts";
import { randomDockerfiles } from "../emit/random-dockerfile.ts";
import { dockerCheck } from "./dockerfile-check.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const check = dockerCheck();
const CLEAN = { warnings: [], error: undefined };

describe.skipIf(check === undefined)("docker build --check", { timeout: 300_000 }, () => {
  const judge = (text: string) => check?.(text);

  const generated = readdirSync(join(PROJECT, "generated"), { recursive: true, encoding: "utf8" }).filter((path) =>
    /Dockerfile$/.test(path),
  );
  it.each(generated.map((path) => [path]))("finds nothing in generated/%s", (path) => {
    expect(judge(readFileSync(join(PROJECT, "generated", path), "utf8"))).toEqual(CLEAN);
  });

  const tool = from("busybox:1.37", { as: "tool" }).run("cp /bin/busybox /check");
  it.each([
    [
      "health checks of every kind",
      from("node:22-slim")
        .healthcheck(probe.http({ port: 80 }))
        .cmd(["node"]),
    ],
    ["a script", from("a:1").healthcheck(probe.shell("test -f /x && echo $HOME | grep root"))],
    ["none", from("a:1").healthcheck({ disable: true })],
    [
      "stages, arguments and mounts",
      from(interpolate`node:${variable("V")}-slim`, { args: { V: "22" } })
        .workdir("/app")
        .arg("NAME", "a b")
        .env({ GREETING: `it's "$5"`, APP_PATH: interpolate`/app/${variable("NAME")}` })
        .run("npm ci", {
          mounts: [
            { type: "cache", target: "/root/.npm" },
            { type: "bind", from: tool, target: "/t" },
          ],
        })
        .copy("/check", "/check", { from: tool, chmod: "755" })
        .healthcheck(probe.command(["/check", "-u", "http://127.0.0.1/"], { interval: "5s", startPeriod: "10s" }))
        .cmd(["node", "server.mjs"]),
    ],
    ["files and scripts of several lines", from("a:1").file("/etc/x", "a $b\nEOF\n").run("one\ntwo").run("#!/usr/bin/env node\n1")],
    [
      "a start after others",
      from("a:1")
        .entrypoint(startAfter([needs.tcp("db", 5432)], ["/app"]))
        .cmd(["serve"]),
    ],
    [
      "instructions for later images",
      from("a:1")
        .onbuild((later) => later.copy(".", "/app").run("true"))
        .expose(80, "53/udp")
        .volume("/data")
        .stopsignal("SIGINT")
        .user("1000"),
    ],
  ])("finds nothing in what the builder writes: %s", (_, described) => {
    expect(judge(dockerfileText(described))).toEqual(CLEAN);
  });

  it("finds nothing in a patched Dockerfile that it does not find in the original", () => {
    const line = healthcheckLine(renderProbe(probe.http({ port: 80 }), undefined).healthcheck ?? {});
    const kinds = (warnings: readonly string[] = []) => warnings.map((each) => each.split(" ")[0]);
    let judged = 0;
    fc.assert(
      fc.property(randomDockerfiles, ({ before, stage }) => {
        const original = judge(before);
        fc.pre(original !== undefined && original.error === undefined);
        const text = patchHealthcheck(before, line, { stage });
        const patched = judge(text);
        expect(patched?.error).toBeUndefined();
        const place = text.slice(0, text.toUpperCase().indexOf(line.toUpperCase())).split("\n").length;
        expect(patched?.warnings.filter((each) => each.endsWith(` in line ${place}`))).toEqual([]);
        // What the capitals of an old HEALTHCHECK had a part in may now be said of other lines.
        const known = [...kinds(original?.warnings), "ConsistentInstructionCasing"];
        expect(kinds(patched?.warnings).filter((each) => !known.includes(each))).toEqual([]);
        judged++;
      }),
      { numRuns: 20 },
    );
    expect(judged).toBeGreaterThan(15);
  });

  it("refuses what our rules say that the build refuses, and nothing else", () => {
    const refusing = ["invalid-healthcheck-instruction", "unknown-instruction", "unknown-stage"];
    fc.assert(
      fc.property(randomInstructions, (lines) => {
        const text = `FROM scratch AS one\nLABEL a=b\nFROM scratch AS two\n${lines.join("\n")}\nLABEL c=d\nFROM scratch AS three\nLABEL e=f\n`;
        const subject = subjectOf(text);
        const ours = judgeRules(subject).findings.filter(({ rule, severity }) => refusing.includes(rule) && severity === "error");
        expect({ text, refused: judge(text)?.error !== undefined }).toEqual({ text, refused: ours.length > 0 });
      }),
      { numRuns: 40 },
    );
  });
});

function subjectOf(text: string): Subject {
  return { ...parseStack(stack("dockerfile", [])), dockerfiles: [{ text, builds: [] }] };
}

const option = fc
  .tuple(
    fc.constantFrom("interval", "timeout", "start-period", "start-interval", "retries", "retries", "interval", "Interval", "period"),
    fc.constantFrom(
      "=5s",
      "=1m30s",
      "=3",
      "=3",
      "=5s",
      "=500ms",
      "=10",
      "=1d",
      "=-1s",
      "=0",
      "=",
      "",
      "='2s'",
      "=.5h",
      "=2.5",
      "=100us",
      "=-0s",
    ),
  )
  .map((parts) => `--${parts.join("")}`);
const randomInstructions = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(
          fc.array(option, { maxLength: 2 }),
          fc.constantFrom("CMD x", "CMD x", "CMD x", 'CMD ["x"]', "NONE", "CMD", "CMD []", "x", "NONE x", "cmd x", ""),
        )
        .map(([options, rest]) => ["HEALTHCHECK", ...options, rest].join(" ")),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "COPY --from=one /x /x",
        "COPY --from=0 /x /x",
        "COPY --from=two /x /x",
        "COPY --from=three /x /x",
        "COPY --from=2 /x /x",
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom("HEALTCHECK NONE", "cmd x", "WORKDIRS /x") },
  ),
  { minLength: 1, maxLength: 2 },
);
