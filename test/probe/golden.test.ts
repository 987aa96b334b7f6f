import { probe } from "stackwright";
import { describe, expect, it } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import { renderProbe } from "../../src/probe/render.ts";
import { CASES } from "./golden-cases.ts";
import { IMAGES } from "./images.ts";

function show(rendered: ReturnType<typeof renderProbe>): string {
  if (rendered.problem !== undefined) return `REFUSED ${rendered.problem.message}\n    ${rendered.problem.hint}`;
  if (rendered.healthcheck === undefined) return "(the image's own)";
  const { test, disable } = rendered.healthcheck;
  if (disable === true) return "(disabled)";
  const assumed = rendered.test?.assumed ?? [];
  return `${JSON.stringify(test)}${assumed.length === 0 ? "" : `\n    assumes ${assumed.join(", ")}`}`;
}

// The same command for many images is written once.
function table(probed: AnyProbe, images: readonly (string | undefined)[]): string {
  const groups = new Map<string, (string | undefined)[]>();
  for (const image of images) {
    const text = show(renderProbe(probed, image));
    groups.set(text, [...(groups.get(text) ?? []), image]);
  }
  return [...groups].map(([text, members]) => `${members.map((each) => each ?? "(unknown image)").join(", ")}\n  ${text}\n`).join("\n");
}

describe("the command of a probe for an image", () => {
  it.each(CASES)("%s", async (name, probed, images) => {
    await expect(table(probed, images)).toMatchFileSnapshot(`golden/${name}.txt`);
  });

  it("every variant of the table has an image here", () => {
    expect(IMAGES.filter((image) => image.includes(" "))).toEqual([]);
  });

  it("every probe of the catalogue is here", () => {
    const types = new Set(CASES.map(([, { type }]) => type));
    expect(Object.keys(probe).filter((type) => !types.has(type as AnyProbe["type"]))).toEqual([]);
  });
});
