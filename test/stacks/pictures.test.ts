import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { planMermaid } from "../../src/cli/render/plan-graph.ts";
import { planLaunch } from "../../src/drive/decide/launch-plan.ts";
import { loadStack } from "../../src/load/load-stack.ts";
import { forecast } from "../../src/plan/forecast.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const README = `${ROOT}stacks/README.md`;

// With `-u` they are drawn anew.
it("the pictures of the gallery are those of its plans", async () => {
  await expect(await withPictures(readFileSync(README, "utf8"))).toMatchFileSnapshot(README);
});

/** The text with a picture in the block for it under each heading: what `stackwright plan STACK --format mermaid` prints. */
async function withPictures(text: string): Promise<string> {
  const [start = "", ...sections] = text.split(/^(?=## )/m);
  const drawn = sections.map(async (section) => {
    const picture = await pictureOf(section.slice("## ".length, section.indexOf("\n")));
    return section.replace(/^```mermaid\n[^`]*/m, () => `\`\`\`mermaid\n${picture}`);
  });
  return [start, ...(await Promise.all(drawn))].join("");
}

async function pictureOf(name: string): Promise<string> {
  const checked = checkStack((await loadStack(name, ROOT)).stack);
  return planMermaid(forecast(checked, planLaunch(checked)));
}
