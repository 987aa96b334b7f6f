import { missingIn } from "../../drive/image-contents.ts";
import { type Explanation, explainProbe } from "../../probe/explain.ts";
import { EXIT } from "../exit-code.ts";
import { parseProbe } from "../probe-argument.ts";
import type { Console } from "../render/console.ts";
import { table } from "../render/table.ts";

interface ProbeOptions {
  readonly json?: boolean;
  /** Programs that the user says are in the image. */
  readonly has?: readonly string[];
  /** Whether the local image is looked into. */
  readonly images?: boolean;
}

/** Explains a probe for an image; exits 1 where it can't be done. */
export async function probe(console: Console, image: string, text: string, { json, has, images }: ProbeOptions): Promise<number> {
  const explanation = explainProbe(parseProbe(text), { name: image, has });
  const missing = images === true ? await missingIn(image, explanation.needs) : undefined;
  if (json === true) console.line(JSON.stringify({ ...explanation, ...(missing === undefined ? {} : { missing }) }));
  else print(console, explanation, missing);
  return explanation.problem !== undefined || (missing?.length ?? 0) > 0 ? EXIT.findings : EXIT.done;
}

function print(
  { line, style }: Console,
  { test, problem, why, proves, doesNotProve, timing, waitsWithin }: Explanation,
  missing?: readonly string[],
): void {
  if (problem !== undefined) {
    line(`${style.red("refused")}  ${problem.message}`);
    line(`  ${style.dim(problem.hint)}`);
    return;
  }
  for (const [head, texts] of [
    ["command", test === undefined ? ["the image's own, or none"] : [JSON.stringify(test)]],
    ["why", why],
    ["proves", [proves]],
    ["does not prove", [doesNotProve]],
    ...(missing === undefined ? [] : [["in the local image", [verdict(missing)]] as const]),
  ] as const) {
    if (texts.length > 0) line(style.bold(head));
    for (const text of texts) line(`  ${text}`);
  }
  if (timing === undefined) return;
  line(style.bold("timing"));
  const rows = [
    [
      "first look",
      `${timing.firstLook} s after the start${waitsWithin === undefined ? "" : `; until ${waitsWithin} s it waits in the container`}`,
    ],
    ["ready to healthy", `at worst ${timing.worstToHealthy} s`],
    ["never ready to unhealthy", `at worst ${timing.worstToUnhealthyFromStart} s after the start`],
    ["failure to unhealthy", `at worst ${timing.worstToUnhealthy} s`],
  ];
  for (const row of table(rows)) line(`  ${row}`);
}

function verdict(missing: readonly string[]): string {
  return missing.length === 0 ? "everything that the command needs is there" : `missing: ${missing.join(", ")}`;
}
