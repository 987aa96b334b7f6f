import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readHealthcheck } from "../../src/dockerfile/healthcheck.ts";
import { readDockerfile, stageNamed } from "../../src/dockerfile/read-dockerfile.ts";

describe("readDockerfile", () => {
  it("follows the stages that the image is made of, down to the image below them", () => {
    const text = "ARG V=22\nARG IMAGE=node:${V}-slim\nFROM $IMAGE AS Base\nFROM golang AS tools\nFROM base AS app\nFROM app\n";
    const { chain, base } = readDockerfile(text);
    expect(chain.map(({ index }) => index)).toEqual([3, 2, 0]);
    expect(base).toBe("node:22-slim");
  });

  it("takes the stage that is asked for, by its name, and the build arguments that are given", () => {
    const text = "ARG V=22\nFROM node:$V AS one\nFROM alpine:${V}\n";
    expect(readDockerfile(text, { target: "ONE", args: new Map([["V", "20"]]) }).base).toBe("node:20");
    expect(readDockerfile(text).base).toBe("alpine:22");
    expect(() => readDockerfile(text, { target: "tow" })).toThrow('has no stage "tow"');
    // Measured: docker build --target 0 fails, with every builder.
    expect(() => readDockerfile(text, { target: "1" })).toThrow('has no stage "1"');
  });

  it.each([
    ["a platform", "FROM --platform=linux/amd64 a:1", "a:1"],
    ["an argument without value", "ARG V\nFROM a:$V", undefined],
    ["an argument whose value only the build knows", "FROM a:${TARGETARCH}", undefined],
    ["a pattern", "ARG V=1.2\nFROM a:${V%.*}", undefined],
    ["a default inside of a default", "FROM ${A:-${B:-c:1}}", "c:1"],
    ["an endless default", `FROM ${"${A:-".repeat(10_000)}`, undefined],
    ["no image", "FROM", undefined],
    ["nothing", "# nothing", undefined],
  ])("knows the base or says that it does not: %s", (_, text, base) => {
    expect(readDockerfile(text).base).toBe(base);
  });

  it("finds the stage that is copied from by its name or number, and images in none", () => {
    const { stages } = readDockerfile("FROM a AS Build\nFROM b\n");
    expect(stageNamed(stages, "build")?.index).toBe(0);
    expect(stageNamed(stages, "1")?.index).toBe(1);
    expect(stageNamed(stages, "2")).toBeUndefined();
    expect(stageNamed(stages, "nginx:1")).toBeUndefined();
  });

  it("says where each part of a health check stands, whatever lies between its lines", () => {
    const text = "FROM a\n  healthcheck --interval=5s \\\r\n  # why --timeout=1s\n\n --retries='3' CMD curl -f \\\n   http://x\nCMD y\n";
    const [check] = readDockerfile(text).stages[0]?.healthchecks ?? [];
    const slice = ({ start, end }: { start: number; end: number }) => text.slice(start, end);
    expect(check?.options.map(({ name, value, span }) => [name, value, slice(span)])).toEqual([
      ["interval", "5s", "--interval=5s"],
      ["retries", "3", "--retries='3'"],
    ]);
    expect(check?.type).toBe("CMD");
    expect(check?.command.text).toBe("curl -f    http://x");
    expect(slice(check?.command.span ?? { start: 0, end: 0 })).toBe("curl -f \\\n   http://x");
    expect(slice(check?.span ?? { start: 0, end: 0 })).toMatch(/^healthcheck[\s\S]*x$/);
  });

  it("reads the health check of an ONBUILD as one of later images", () => {
    const { stages } = readDockerfile("FROM a\nonbuild HEALTHCHECK --retries=2 CMD x\n");
    expect(stages[0]?.healthchecks).toMatchObject([{ onbuild: true, type: "CMD", options: [{ name: "retries", value: "2" }] }]);
  });

  it("never fails, whatever it is given", () => {
    const words = fc.constantFrom(
      "FROM",
      "a",
      "AS",
      "HEALTHCHECK",
      "ONBUILD",
      "CMD",
      "--x=",
      '"',
      "'",
      "$",
      "${",
      "}",
      "\\",
      "[",
      "]",
      "<<E",
      "\n",
      " ",
      "\r\n",
      "ARG",
      "ENV",
      "A=",
      "#",
      "`",
      "# escape=`\n",
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const { stages } = readDockerfile(parts.join(""));
        for (const { instructions } of stages) for (const each of instructions) readHealthcheck(each);
      }),
      { numRuns: 2000 },
    );
  });
});
