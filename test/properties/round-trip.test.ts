import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { checkStack, type Layout, readCompose } from "stackwright";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { composeDocument } from "../../src/emit/compose-document.ts";
import { snakeCase } from "../../src/model/attribute-name.ts";
import { firstDifference } from "../corpus/referee.ts";
import { absent } from "../model/schema/absent.ts";
import { official } from "../model/schema/specification.ts";
import { plain } from "./plain.ts";
import { emitted, RUNS, randomProject, SEED } from "./random-project.ts";
import { type Description, describing, description, repaired, SERVICE_ATTRIBUTES, stackOf } from "./random-stack.ts";

it(`${RUNS} random stacks come back from YAML as they were written (STACKWRIGHT_SEED=${SEED})`, { timeout: 3_600_000 }, () => {
  const layout = randomProject();
  const comesBack = fc.property(description, (whole) => void roundTrip(whole, layout));
  fc.assert(comesBack, { numRuns: RUNS, seed: SEED });
});

it(`each attribute of a service in its turn, with all that the specification has below it (STACKWRIGHT_SEED=${SEED})`, {
  timeout: 3_600_000,
}, () => {
  const layout = randomProject();
  const documents = SERVICE_ATTRIBUTES.flatMap((name) => documentsWith(name, layout));
  // Nothing of the specification is left out, whatever becomes a part of it; reading resolves these two.
  expect(absent(official, documents, "")).toEqual(["include", "services.*.extends"]);
});

// Far more than the rarest attribute takes.
const MOST_TURNS = 300;

/** Documents of random stacks that have an attribute, as many as it takes until all that belongs to it stands somewhere. */
function documentsWith(name: string, layout: Layout): readonly unknown[] {
  const path = `services.*.${snakeCase(name)}`;
  const documents: unknown[] = [];
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const comesBack = fc.property(describing(name), (whole) => void documents.push(roundTrip(whole, layout)));
    fc.assert(comesBack, { numRuns: 10, seed: SEED + turn });
    if (!absent(official, documents, "").some((each) => each === path || each.startsWith(`${path}.`) || each.startsWith(`${path}[`))) break;
  }
  return documents;
}

/** The document of a stack, once it was written as YAML and read again. */
function roundTrip(whole: Description, layout: Layout): unknown {
  const { text, document, folder } = emitted(checkStack(stackOf(repaired(whole, checkStack))), layout);
  const file = join(folder, "compose.yaml");
  for (const version of ["1.1", "1.2"] as const)
    expect(firstDifference(document, parse(text, { version, merge: false })), text).toBeUndefined();
  writeFileSync(file, text);
  // From the model, not form for form: what it could not say would be lost.
  const { written: _, ...back } = readCompose(file, { environment: {}, envFiles: [] });
  const again = composeDocument(checkStack(back), { ...layout, stackFolder: folder }, folder);
  expect(firstDifference(document, plain(again.document)), text).toBeUndefined();
  return document;
}
