import { probe } from "stackwright";
import { describe, expect, it } from "vitest";
import type { AnyProbe } from "../../src/probe/catalog.ts";
import type { Refusal } from "../../src/probe/render/refusal.ts";
import { type RenderedProbe, renderProbe } from "../../src/probe/render.ts";
import { CASES } from "./golden-cases.ts";
import { IMAGES } from "./images.ts";

/** What comes out for an image; the variants that a refusal proposes are those of the image alone, and stand beside its name. */
function outcome(rendered: RenderedProbe, image: string | undefined): { readonly text: string; readonly aside?: string } {
  if (rendered.problem !== undefined) return refused(rendered.problem, image);
  if (rendered.healthcheck === undefined) return { text: "(the image's own)" };
  const { test, disable } = rendered.healthcheck;
  if (disable === true) return { text: "(disabled)" };
  const assumed = rendered.test?.assumed ?? [];
  return { text: `${JSON.stringify(test)}${assumed.length === 0 ? "" : `\n  assumes ${assumed.join(", ")}`}` };
}

function refused({ message, hint }: Refusal, image = "?"): { readonly text: string; readonly aside?: string } {
  const plain = (text: string): string => text.replaceAll(image, "IMAGE");
  const ways = hint.split("; ");
  const variants = ways.filter(isVariant).join("; ");
  // Where the facts come from is told by the facts, and not by each probe.
  const why = message.replace(/ \((?:measured|documented|likely|not checked)\b.*$/, "");
  const text = ["REFUSED", plain(why), ...ways.filter((way) => !isVariant(way)).map(plain)].join("\n  ");
  return { text, ...(variants === "" ? {} : { aside: variants }) };
}

function isVariant(way: string): boolean {
  return way.startsWith("take a variant");
}

// The same outcome for many images is written once.
function table(probed: AnyProbe, images: readonly (string | undefined)[]): string {
  const groups = new Map<string, { readonly plain: string[]; readonly explained: string[] }>();
  for (const image of images) {
    const { text, aside } = outcome(renderProbe(probed, image), image);
    const group = groups.get(text) ?? { plain: [], explained: [] };
    groups.set(text, group);
    if (aside === undefined) group.plain.push(image ?? "(unknown image)");
    else group.explained.push(`    ${image}  ${aside}`);
  }
  return [...groups].map(([text, { plain, explained }]) => [text, ...inLines(plain), ...explained, ""].join("\n")).join("\n");
}

function inLines(images: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const image of images) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + image.length < 120) lines[lines.length - 1] = `${last}, ${image}`;
    else lines.push(`    ${image}`);
  }
  return lines;
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
