import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patchHealthcheck, withHeader } from "../../src/emit/dockerfile-patch.ts";
import { randomDockerfiles } from "./random-dockerfile.ts";

const LINE = "HEALTHCHECK CMD new";

describe("patchHealthcheck", () => {
  it("puts the line after the last instruction of the final stage", () => {
    expect(patchHealthcheck("FROM a AS b\nCMD x\n\nFROM c\nCMD y\n# end\n", LINE)).toBe(
      "FROM a AS b\nCMD x\n\nFROM c\nCMD y\nHEALTHCHECK CMD new\n# end\n",
    );
  });

  it("puts it into a stage by name, in any case", () => {
    const patched = "FROM a AS Build\nHEALTHCHECK CMD new\nFROM c\n";
    expect(patchHealthcheck("FROM a AS Build\nFROM c\n", LINE, { stage: "build" })).toBe(patched);
  });

  it("replaces the one that counts and takes out those that never did", () => {
    expect(patchHealthcheck("FROM a\nHEALTHCHECK CMD one\nRUN x\n\thealthcheck NONE\nCMD y", LINE)).toBe(
      "FROM a\nRUN x\n\tHEALTHCHECK CMD new\nCMD y",
    );
  });

  it.each([
    ["a missing final newline", "FROM a", "FROM a\nHEALTHCHECK CMD new"],
    ["CRLF", "FROM a\r\nCMD x\r\n", "FROM a\r\nCMD x\r\nHEALTHCHECK CMD new\r\n"],
    ["CRLF in some lines", "FROM a\nCMD x\r\n# c\n", `FROM a\nCMD x\r\n${LINE}\r\n# c\n`],
    ["LF in the last line", "FROM a\r\nCMD x\n", `FROM a\r\nCMD x\n${LINE}\n`],
    ["CRLF and continuation", "FROM a\r\nHEALTHCHECK CMD x \\\r\n # c\r\n y\r\n", "FROM a\r\nHEALTHCHECK CMD new\r\n"],
    ["a byte order mark", "\ufeffFROM a\n", "\ufeffFROM a\nHEALTHCHECK CMD new\n"],
    ["another escape character", "# escape=`\nFROM a\nHEALTHCHECK CMD x `\n y\nRUN c:\\\n", `# escape=\`\nFROM a\n${LINE}\nRUN c:\\\n`],
    ["a heredoc that looks like it", "FROM a\nRUN <<EOF\nHEALTHCHECK NONE\nEOF\n", `FROM a\nRUN <<EOF\nHEALTHCHECK NONE\nEOF\n${LINE}\n`],
    ["a delimiter with a backslash", "FROM a\nRUN <<\\EOF\nFROM b\nEOF\n", `FROM a\nRUN <<\\EOF\nFROM b\nEOF\n${LINE}\n`],
    ["a delimiter that is quoted in part", `FROM a\nRUN <<E"O"'F G'\nFROM b\nEOF G\n`, `FROM a\nRUN <<E"O"'F G'\nFROM b\nEOF G\n${LINE}\n`],
    ["a heredoc on a file descriptor", "FROM a\nRUN x 3<<EOF\nFROM b\nEOF\n", `FROM a\nRUN x 3<<EOF\nFROM b\nEOF\n${LINE}\n`],
    ["two heredocs", "FROM a\nCOPY <<A <<B /x/\nA\nFROM b\nB\n", `FROM a\nCOPY <<A <<B /x/\nA\nFROM b\nB\n${LINE}\n`],
    ["<< in quotes", 'FROM a\nRUN ["sh", "-c", "cat <<EOF"]\nHEALTHCHECK NONE\n', `FROM a\nRUN ["sh", "-c", "cat <<EOF"]\n${LINE}\n`],
    ["<< in continued quotes", 'FROM a\nRUN echo "a \\\n <<EOF" <<B\nEOF\nB\n', `FROM a\nRUN echo "a \\\n <<EOF" <<B\nEOF\nB\n${LINE}\n`],
    ["a doubled escape character", "FROM a\nRUN x \\\\\nHEALTHCHECK NONE\n", `FROM a\nRUN x \\\\\n${LINE}\n`],
    ["ONBUILD", "FROM a\nONBUILD HEALTHCHECK NONE\n", `FROM a\nONBUILD HEALTHCHECK NONE\n${LINE}\n`],
    [
      "a comment inside of an instruction",
      "FROM a\nRUN x \\\n# HEALTHCHECK NONE\n y\n",
      `FROM a\nRUN x \\\n# HEALTHCHECK NONE\n y\n${LINE}\n`,
    ],
    ["a keyword in two pieces", "FROM a\nHEALTH\\\nCHECK NONE\n", `FROM a\n${LINE}\n`],
    ["exotic blanks", "FROM a\n\u00a0HEALTHCHECK NONE\n", `FROM a\n\u00a0${LINE}\n`],
    ["a lone carriage return", "FROM a\n# x\rHEALTHCHECK NONE\nCMD y\n", `FROM a\n# x\rHEALTHCHECK NONE\nCMD y\n${LINE}\n`],
    ["an instruction that is never finished", "FROM a\nCMD x \\\n# end\n", `FROM a\n${LINE}\nCMD x \\\n# end\n`],
    ["arguments before the first stage", "ARG V=1\nFROM a:$V\n", `ARG V=1\nFROM a:$V\n${LINE}\n`],
  ])("keeps every other byte: %s", (_, before, after) => {
    expect(patchHealthcheck(before, LINE)).toBe(after);
    expect(patchHealthcheck(after, LINE)).toBe(after);
  });

  it("names the stages where there is none of that name", () => {
    expect(() => patchHealthcheck("FROM a AS build\nFROM b\n", LINE, { stage: "biuld" })).toThrow(
      'the Dockerfile has no stage "biuld" (its stages: build)\n    did you mean "build"?',
    );
    expect(() => patchHealthcheck("# nothing\n", LINE)).toThrow("has no FROM instruction");
    expect(() => patchHealthcheck("FROM a \\\n", LINE)).toThrow("ends in the middle of its FROM");
  });

  it("refuses a here-document that has no end: the line would become a part of it", () => {
    for (const text of ["FROM a\nRUN <<EOF\nx\n", "FROM a\nCOPY <<A <<B /d/\nA\nb\n EOF", "FROM a\nONBUILD RUN <<E"]) {
      expect(() => patchHealthcheck(text, LINE)).toThrow("ends in the middle of a here-document");
    }
    expect(patchHealthcheck("FROM a\nCOPY <<A <<-B /d/\nA\n\tB", LINE)).toBe(`FROM a\nCOPY <<A <<-B /d/\nA\n\tB\n${LINE}`);
  });

  it("changes nothing but HEALTHCHECK lines, whatever the Dockerfile looks like, and nothing the second time", () => {
    fc.assert(
      fc.property(randomDockerfiles, ({ before, after, stage }) => {
        expect(patchHealthcheck(before, LINE, { stage })).toBe(after);
        expect(patchHealthcheck(after, LINE, { stage })).toBe(after);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("withHeader", () => {
  it.each([
    ["FROM a\n", "# h\nFROM a\n"],
    ["# syntax=docker/dockerfile:1\n# escape=`\n# c\nFROM a\n", "# syntax=docker/dockerfile:1\n# escape=`\n# h\n# c\nFROM a\n"],
    ["\ufeffFROM a\n", "\ufeff# h\nFROM a\n"],
    ["\ufeff# escape=`\r\nFROM a\r\n", "\ufeff# escape=`\r\n# h\r\nFROM a\r\n"],
    ["# not a directive\n# escape=`\nFROM a", "# h\n# not a directive\n# escape=`\nFROM a"],
  ])("stands below the directives: %j", (before, after) => {
    expect(withHeader(before, "# h\n")).toBe(after);
  });
});
