import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alwaysSucceeds, missingPrograms } from "../../../src/check/command/outcome.ts";
import { readTest } from "../../../src/check/command/read-test.ts";
import { requestsOf } from "../../../src/check/command/requests.ts";
import { givenTo } from "../../../src/check/command/tools.ts";
import { isUnreadable, usesOf } from "../../../src/check/command/uses.ts";

/** Pieces of scripts, put together without regard to grammar. */
const script = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        "curl -fsS",
        "sh -c '",
        "'",
        '"',
        "$(",
        ")",
        "`",
        "|",
        "||",
        "&&",
        ";",
        "\n",
        "\\",
        "${A:-",
        "}",
        "if",
        "then",
        "fi",
        "<<E",
        "[[",
        "]]",
      ),
      fc.constantFrom(
        "timeout 5",
        "env A=b",
        "nc -z h 1",
        "http://a:1/b",
        "--",
        "-o",
        "2>&1",
        ">/dev/tcp/h/1",
        "exit 0",
        "\ue000",
        "\u0000",
      ),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(" "));

describe("whatever stands in a test", () => {
  it("is read, or called unreadable, and never throws", () => {
    fc.assert(
      fc.property(script, fc.boolean(), (text, isList) => {
        const read = readTest(isList ? ["CMD", ...text.split(" ")] : text);
        if (read === undefined) return;
        for (const { command } of usesOf(read.step)) {
          givenTo(command);
          requestsOf(command, () => undefined);
        }
        alwaysSucceeds(read.step);
        missingPrograms(read.step, () => true);
      }),
      { numRuns: 2000 },
    );
  });

  it("and what can't be read at all is never called green for good", () => {
    fc.assert(
      fc.property(script, (text) => {
        const read = readTest(text);
        if (read === undefined || !isUnreadable(read.step) || usesOf(read.step).length > 1) return;
        expect(alwaysSucceeds(read.step)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});
