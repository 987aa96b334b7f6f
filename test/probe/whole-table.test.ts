import { describe, expect, it } from "vitest";
import { programsNamed } from "../../src/check/command/programs.ts";
import { readTest } from "../../src/check/command/read-test.ts";
import { argumentsOf, programOf } from "../../src/check/command/script.ts";
import { usesOf } from "../../src/check/command/uses.ts";
import { type Duration, seconds } from "../../src/model/duration.ts";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { probe } from "../../src/probe/catalog.ts";
import { type Contents, contentsOf } from "../../src/probe/facts/contents.ts";
import { evidenceOf } from "../../src/probe/facts/evidence.ts";
import { isSure } from "../../src/probe/render/choose.ts";
import { programsOf, type RenderedProbe, renderProbe } from "../../src/probe/render.ts";
import { CASES, EVERYWHERE } from "./golden-cases.ts";

// What must hold of every probe in every image, whatever the golden files say.

interface Outcome {
  readonly probed: AnyProbe;
  readonly image: string | undefined;
  readonly contents: Contents | undefined;
  readonly rendered: RenderedProbe;
}

/** A probe in an image that has a command there. */
interface Commanded extends Outcome {
  readonly form: "CMD" | "CMD-SHELL";
  readonly words: readonly string[];
  /** All of it. */
  readonly text: string;
}

const outcomesOf = (probed: AnyProbe, images: readonly (string | undefined)[]): readonly Outcome[] =>
  images.map((image) => ({
    probed,
    image,
    contents: image === undefined ? undefined : contentsOf(image),
    rendered: renderProbe(probed, image),
  }));

const commanded = (outcome: Outcome): readonly Commanded[] => {
  const { test } = outcome.rendered;
  if (test === undefined) return [];
  const [form, ...words] = test.test as [Commanded["form"], ...string[]];
  return [{ ...outcome, form, words, text: words.join("\n") }];
};

const programs = ({ rendered }: Commanded): readonly string[] => programsNamed(readTest(rendered.test?.test as string[])?.step as never);

const OWN = new Set(["command", "shell", "script", "all", "any"]);
const isGuarded = (text: string, program: string): boolean => text.includes(`command -v ${program} `);
const name = ({ probed, image }: Outcome): string => `${probed.type} in ${image ?? "an unknown image"}`;

describe.each(CASES)("in every image, %s", (_, probed, images) => {
  const outcomes = outcomesOf(probed, [...EVERYWHERE, ...images]);
  const commands = outcomes.flatMap(commanded);
  const failing = (holds: (command: Commanded) => boolean): readonly string[] =>
    commands.filter((command) => !holds(command)).map((command) => `${name(command)}: ${command.text}`);

  it("runs only programs that the image has, that are assumed and said to be, or that it looks for first", () => {
    const isThere = (command: Commanded, program: string): boolean => {
      const { contents, rendered, text } = command;
      const assumed = rendered.test?.assumed ?? [];
      return contents?.has.has(program) === true || assumed.includes(program) || isGuarded(text, program);
    };
    const own = probed.type === "command" || probed.type === "shell" || probed.type === "script" || probed.type === "file";
    const ours = (program: string): boolean =>
      !/^\/|^(sh|cat|tr|date|stat|test|uname|hostname|cut|true|printf|base64|limited|escaped)$/.test(program);
    expect(
      failing(
        (command) =>
          own ||
          programs(command)
            .filter(ours)
            .every((program) => isThere(command, program)),
      ),
    ).toEqual([]);
  });

  it("says which programs it runs: those that stand in its command", () => {
    const said = (command: Commanded): ReadonlySet<string> => new Set(programsOf(command.rendered).flat());
    const isSaid = (command: Commanded, program: string): boolean =>
      said(command).has(program) || isGuarded(command.text, program) || program === "timeout";
    const ours = (program: string): boolean =>
      !/^\/|^(cat|tr|date|stat|test|uname|hostname|cut|true|printf|limited|escaped)$/.test(program);
    expect(
      failing(
        (command) =>
          probed.type === "command" ||
          programs(command)
            .filter(ours)
            .every((each) => isSaid(command, each)),
      ),
    ).toEqual([]);
  });

  it("runs nothing that the image is known not to have", () => {
    const missing = ({ rendered, contents, image }: Commanded): boolean =>
      image !== undefined &&
      isSure(contents) &&
      rendered.test?.needs.some((programs) => programs.some((program) => contents?.lacks.has(program))) === true;
    expect(failing((command) => probed.type === "any" || !missing(command))).toEqual([]);
  });

  it("takes a shell only for what a shell is needed for, and where there may be one", () => {
    const needsShell = (script: string): boolean => /[$;|&<>`*?[]|\\|^\s*!/.test(script);
    expect(failing(({ form, text }) => form === "CMD" || OWN.has(probed.type) || needsShell(text))).toEqual([]);
    expect(failing(({ form, contents }) => form === "CMD" || !isSure(contents) || contents?.lacks.has("sh") !== true)).toEqual([]);
  });

  it("asks at 127.0.0.1 and nowhere else, past proxies", () => {
    const elsewhere = /\blocalhost\b|\b0\.0\.0\.0\b|https?:\/\/(?!127\.0\.0\.1[:/]|\[::1\])|\b(?!127\.0\.0\.1\b)\d+\.\d+\.\d+\.\d+\b/;
    const proxied = (text: string): boolean =>
      (/\bcurl -|^curl$/m.test(text) && !text.includes("--noproxy")) || (/\bwget -|^wget$/m.test(text) && !/-Y(\n| )off/.test(text));
    expect(failing(({ text }) => !elsewhere.test(text) && !proxied(text))).toEqual([]);
  });

  it("writes nothing to disk", () => {
    const written = (text: string): readonly string[] =>
      [...text.matchAll(/(?<![-=<>])>{1,2}\s*(?!=)(&?[^\s;|&)]*)/g)].map(([, target = ""]) => target);
    const harmless = /^(&\d|\/dev\/null|\/dev\/tcp\/.*)$/;
    const isCode = (word: string): boolean => /^(const|import|\$SIG|\$s=)/.test(word);
    const scripts = ({ words }: Commanded): readonly string[] => words.filter((word) => !isCode(word));
    expect(failing((command) => scripts(command).every((text) => written(text).every((target) => harmless.test(target))))).toEqual([]);
    expect(
      failing(({ text }) => [...text.matchAll(/-[oO](?:\n| )(\S+)/g)].every(([, file]) => file === "/dev/null" || file === "-")),
    ).toEqual([]);
  });

  it("has a limit of its own below Docker's, or is told to have none", () => {
    const limits = (text: string): readonly number[] =>
      [
        ...text.matchAll(/(?:--max-time|-T|-t|-w|-l|timeout|alarm)(?:\n| )(\d+(?:\.\d+)?)/g),
        ...text.matchAll(/(?:timeout=|127\.0\.0\.1",\d+\),|stream_set_timeout\(\$s,)(\d+(?:\.\d+)?)/g),
      ].map(([, number]) => Number(number));
    const inMilliseconds = (text: string): readonly number[] =>
      [...text.matchAll(/,(\d+)\)$/gm)].map(([, number]) => Number(number) / 1000);
    const isBelow = ({ rendered, text }: Commanded): boolean => {
      const { timeout } = rendered.healthcheck ?? {};
      return (
        limits(text).every((limit) => limit < seconds(timeout as Duration) || limit === 1) &&
        inMilliseconds(text).every((limit) => limit < 15)
      );
    };
    expect(failing(isBelow)).toEqual([]);
    // A client that knows no limit is stopped from outside, where that can be done without leaving a process behind.
    const isStopped = ({ rendered, contents, text, words }: Commanded): boolean =>
      rendered.test?.ways.every(({ unlimited }) => unlimited !== true) === true ||
      words[0] === "timeout" ||
      text.includes("exec timeout") ||
      contents?.has.has("timeout") !== true ||
      contents.has.has("busybox");
    expect(failing((command) => OWN.has(probed.type) || isStopped(command))).toEqual([]);
  });

  it("carries no password to a command line, where other processes can read it: only wget knows no other way", () => {
    const inside = (shells: readonly string[]): boolean => shells.some((each) => /PASS|^p$|^e$/.test(each));
    const shown = ({ rendered }: Commanded): readonly string[] =>
      usesOf(readTest(rendered.test?.test as string[])?.step as never)
        .filter(({ command }) => !/^(?:export|escaped|printf|echo|\[|wget)$/.test(programOf(command) ?? "["))
        .flatMap(({ command }) => argumentsOf(command).flatMap(({ pieces }) => pieces))
        .flatMap((piece) => (piece.kind === "variable" ? [piece.name] : piece.kind === "unknown" ? [piece.text] : []));
    expect(failing((command) => !inside(shown(command)))).toEqual([]);
  });

  it("is refused only where that is known, and then with two ways out at least", () => {
    for (const { rendered, image, contents } of outcomes) {
      if (rendered.problem === undefined) continue;
      const { message, hint } = rendered.problem;
      // Whatever programs are in it.
      if (/ has no PHP-FPM$| is a Windows image: | asks for a token /.test(message)) {
        expect(hint.split(/, or (?=[a-z]+ )/).length).toBeGreaterThanOrEqual(2);
        continue;
      }
      if ("via" in probed && message === `${probed.via} can't do this probe`) {
        expect(hint).toMatch(/^write via: .*, or leave it out$/);
        continue;
      }
      expect([image, isSure(contents)]).toEqual([image, true]);
      expect(hint.split("; ").length).toBeGreaterThanOrEqual(2);
      expect(hint).toContain(`image("${image}", { has: [`);
      expect(hint).toContain("copied in");
      if (contents?.row !== undefined) expect(message.endsWith(evidenceOf(contents.row.variant))).toBe(true);
    }
  });
});

it("probes that are all done need programs for each, and one of them may serve for several", () => {
  const both = renderProbe(probe.all([probe.tcp({ port: 1 }), probe.grpc({ port: 2 })]), { name: "acme/unknown:1" });
  const [tcp, grpc] = [probe.tcp({ port: 1 }), probe.grpc({ port: 2 })].map((each) =>
    programsOf(renderProbe(each, { name: "acme/unknown:1" })),
  );
  const lists = programsOf(both).map((list) => new Set(list));
  expect(lists.length).toBeGreaterThan(1);
  for (const list of lists)
    for (const part of [tcp, grpc]) expect(part?.some((needs) => needs.every((program) => list.has(program)))).toBe(true);
});
