import type { WrittenHealthcheck } from "../../dockerfile/healthcheck.ts";
import type { JoinedText } from "../../dockerfile/joined-text.ts";
import type { Instruction } from "../../dockerfile/structure.ts";
import { triggerOf } from "../../dockerfile/trigger.ts";
import { type Place, placeOfText } from "../../model/place.ts";
import { textDifference } from "../../model/text-difference.ts";
import { isWrittenPath, type WrittenValue } from "../../model/written.ts";
import { instructionsIn, readBuilds, stagesIn } from "../dockerfile-builds.ts";
import { imageName } from "../images.ts";
import type { Judgement } from "../judge.ts";
import type { RuleName } from "../rules.ts";
import type { DockerfileText, Subject } from "../subject.ts";
import type { Fix, TextEdit } from "./fix.ts";
import { MENDERS, type WrittenTest } from "./mend-test.ts";

/**
 * What mends a finding where that is safe: in a Compose file that was read, or in a Dockerfile of the user's. Nothing mends a
 * module in TypeScript, whose author the hint tells what to write.
 */
export function fixOf(judgement: Judgement, subject: Subject): Fix | undefined {
  const place = placeOfText(judgement.source);
  if (place === undefined) return undefined;
  const dockerfile = subject.dockerfiles.find(({ file }) => file === place.file);
  return dockerfile === undefined ? inCompose(judgement, place, subject) : inDockerfile(judgement, place, dockerfile);
}

function inCompose({ rule, path, hint, severity }: Judgement, place: Place, subject: Subject): Fix | undefined {
  if (subject.stack.written === undefined) return undefined;
  const [name = "", ...attributes] = path.split(".");
  const written = writtenValue(subject, ["services", name, ...attributes]);
  if (rule === "invalid-duration") {
    const isNumber = (typeof written === "number" || typeof written === "string") && /^[1-9]\d*$/.test(String(written));
    return isNumber
      ? { title: "gives the time its unit, seconds", edits: [{ kind: "attribute", ...place, value: `${written}s` }] }
      : undefined;
  }
  if (rule === "version-field") return { title: "takes the version out", edits: [{ kind: "attribute", ...place, value: undefined }] };
  const mender = MENDERS[rule];
  if (mender === undefined || attributes.join(".") !== "healthcheck.test" || !isTest(written)) return undefined;
  // Whether the launching shell has the variable, too, only the launch knows; the rule is not sure where it only advises.
  if (rule === "compose-interpolation-in-test" && severity === "info") return undefined;
  const service = subject.services.get(name);
  const mended = mender.mend(written, { image: service === undefined ? undefined : imageName(service), hint });
  return mended === undefined ? undefined : { title: mender.title, edits: [{ kind: "attribute", ...place, value: mended }] };
}

function isTest(value: unknown): value is WrittenTest {
  return typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"));
}

/** A value of the Compose files, merged, as it is written. */
function writtenValue({ stack }: Subject, path: readonly string[]): WrittenValue | undefined {
  for (const { document } of stack.written?.parts ?? []) {
    let value: WrittenValue | undefined = document;
    for (const key of path) value = value instanceof Map ? (value.get(key) as WrittenValue | undefined) : undefined;
    if (value !== undefined) return value !== null && isWrittenPath(value) ? undefined : value;
  }
  return undefined;
}

function inDockerfile({ rule, hint }: Judgement, place: Place, dockerfile: DockerfileText): Fix | undefined {
  const offset = offsetOf(dockerfile.text, place);
  const instruction = instructionsIn(dockerfile).find(({ start, end }) => start <= offset && offset < end);
  if (instruction === undefined || instruction.keyword === "ONBUILD") return undefined;
  const fix = DOCKERFILE_FIXES[rule]?.(instruction, dockerfile, offset);
  if (fix !== undefined) return fix;
  const check = stagesIn(dockerfile)
    .flatMap(({ healthchecks }) => healthchecks)
    .find(({ span }) => span.start === instruction.start);
  const mender = MENDERS[rule];
  if (check === undefined || mender === undefined) return undefined;
  const image = readBuilds(dockerfile)[0]?.written.base;
  const test = check.exec === undefined ? ["CMD-SHELL", check.command.text] : ["CMD", ...check.exec];
  const mended = mender.mend(test, { image, hint });
  const edit = mended === undefined || typeof mended === "string" ? undefined : commandEdit(check, instruction, mended, place.file);
  return edit === undefined ? undefined : { title: mender.title, edits: [edit] };
}

type DockerfileFix = (instruction: Instruction, dockerfile: DockerfileText, offset: number) => Fix | undefined;

const DOCKERFILE_FIXES: { readonly [Name in RuleName]?: DockerfileFix } = {
  "multiple-healthcheck": ({ start, end }, { file = "", text }) => {
    const lineStart = text.lastIndexOf("\n", start - 1) + 1;
    const newline = text.indexOf("\n", end);
    if (text.slice(lineStart, start).trim() !== "" || newline === -1) return undefined;
    return {
      title: "takes out a HEALTHCHECK that does not count",
      edits: [{ kind: "text", file, start: lineStart, end: newline + 1, text: "" }],
    };
  },
  "healthcheck-option-ignored": (_, dockerfile, offset) => {
    const { file = "", text } = dockerfile;
    const checks = stagesIn(dockerfile).flatMap(({ healthchecks }) => healthchecks);
    const option = checks.flatMap(({ options }) => options).find(({ span }) => span.start === offset);
    if (option === undefined) return undefined;
    const { start, end } = option.span;
    const blanks = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
    return { title: `takes out --${option.name}, which does nothing`, edits: [{ kind: "text", file, start, end: end + blanks, text: "" }] };
  },
  "invalid-exec-form": (instruction, { file = "" }, offset) => {
    const { joined, end } = triggerOf(instruction) ?? instruction;
    const at = joined.text.indexOf("[");
    const [list] = /^\[\s*'[^'"\\]*'(?:\s*,\s*'[^'"\\]*')*\s*\]$/.exec(joined.text.slice(Math.max(at, 0)).trimEnd()) ?? [];
    if (list === undefined || joined.spanOf(at, at + 1).start !== offset) return undefined;
    return {
      title: "writes the list as JSON",
      edits: [
        { kind: "text", file, start: offset, end: Math.min(end, joined.spanOf(at, at + list.length).end), text: list.replaceAll("'", '"') },
      ],
    };
  },
};

/** The change of a HEALTHCHECK's command: the whole list in exec form, what differs in shell form. */
function commandEdit(
  check: WrittenHealthcheck,
  { joined }: Instruction,
  [, ...words]: readonly string[],
  file: string,
): TextEdit | undefined {
  const { command, exec } = check;
  if (exec !== undefined) {
    return { kind: "text", file, ...command.span, text: `[${words.map((word) => JSON.stringify(word)).join(", ")}]` };
  }
  return differenceEdit(joined, command.index, command.text, words[0] ?? "", file);
}

function differenceEdit(joined: JoinedText, index: number, before: string, after: string, file: string): TextEdit | undefined {
  const { at, removed, inserted } = textDifference(before, after);
  const from = index + at;
  // What is put in follows the character before it, not what may be lines below.
  const { start, end } = removed === "" ? pointAfter(joined, from) : joined.spanOf(from, from + removed.length);
  return { kind: "text", file, start, end, text: inserted };
}

function pointAfter(joined: JoinedText, index: number): { start: number; end: number } {
  const { end } = joined.spanOf(index - 1, index);
  return { start: end, end };
}

function offsetOf(text: string, { line, column }: Place): number {
  const lines = text.split("\n");
  return lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
}
