import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { checkStack, readCompose } from "stackwright";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { composeDocument } from "../../src/emit/compose-document.ts";
import { firstDifference } from "../corpus/referee.ts";
import { absent } from "../model/schema/absent.ts";
import { official } from "../model/schema/specification.ts";
import { plain } from "./plain.ts";
import { emitted, RUNS, randomProject, SEED } from "./random-project.ts";
import { description, repaired, stackOf } from "./random-stack.ts";

// In so many stacks even the rarest attribute stands somewhere.
const LOOKED_AT = 5000;

it(`${RUNS} random stacks come back from YAML as they were written (STACKWRIGHT_SEED=${SEED})`, { timeout: 3_600_000 }, () => {
  const layout = randomProject();
  const file = join(layout.outputFolder, "compose.yaml");
  const documents: unknown[] = [];
  fc.assert(
    fc.property(description, (whole) => {
      const { text, document } = emitted(checkStack(stackOf(repaired(whole, checkStack))), layout);
      if (documents.length < LOOKED_AT) documents.push(document);
      for (const version of ["1.1", "1.2"] as const)
        expect(firstDifference(document, parse(text, { version, merge: false })), text).toBeUndefined();
      writeFileSync(file, text);
      // From the model, not form for form: what it could not say would be lost.
      const { written: _, ...back } = readCompose(file, { environment: {}, envFiles: [] });
      const again = composeDocument(checkStack(back), { ...layout, stackFolder: layout.outputFolder });
      expect(firstDifference(document, plain(again)), text).toBeUndefined();
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // Nothing of the specification is left out, whatever becomes a part of it; reading resolves these two.
  if (RUNS >= LOOKED_AT) expect(absent(official, documents, "")).toEqual(["include", "services.*.extends"]);
});
