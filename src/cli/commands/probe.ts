import { unsoundness } from "../../check/judge.ts";
import { missingOf } from "../../check/local-images.ts";
import { parseStack } from "../../check/parse-stack.ts";
import { notOnThisMachine } from "../../check/rules/local-images.ts";
import { contentsOf } from "../../drive/image-contents.ts";
import { StackError } from "../../errors.ts";
import { image } from "../../model/image.ts";
import { service } from "../../model/service.ts";
import { stack } from "../../model/stack.ts";
import type { AnyProbe } from "../../probe/catalog.ts";
import { type Explanation, explainProbe } from "../../probe/explain.ts";
import { scriptsOfImage } from "../../probe/inputs.ts";
import { EXIT } from "../exit-code.ts";
import { parseProbe, withoutPlace } from "../probe-argument.ts";
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
export async function probe(console: Console, name: string, text: string, { json, has, images }: ProbeOptions): Promise<number> {
  const parsed = parseProbe(text);
  refuseUnsound(parsed, name, has);
  const explanation = explainProbe(parsed, { name, has });
  const missing = images === true ? await missingIn(name, explanation.needs, scriptsOfImage(parsed)) : undefined;
  if (json === true) console.line(JSON.stringify({ ...explanation, ...(missing === undefined ? {} : { missing }) }));
  else print(console, explanation, missing);
  return explanation.problem !== undefined || (missing?.length ?? 0) > 0 ? EXIT.findings : EXIT.done;
}

async function missingIn(image: string, ways: Explanation["needs"], scripts: readonly string[]): Promise<readonly string[]> {
  const found = await contentsOf(image, { programs: new Set(ways.flat()), scripts: new Set(scripts) });
  if (found !== undefined) return [...missingOf(ways, found.programs), ...scripts.filter((script) => !found.scripts.has(script))];
  const { message, ...rest } = notOnThisMachine(image);
  throw StackError.of("usage", message, rest);
}

// A stack of one service is judged as any other is.
function refuseUnsound(healthcheck: AnyProbe, name: string, has: readonly string[] = []): void {
  const named = withoutPlace(() => image(name, { has }));
  const subject = parseStack(stack("probe", [service("image", { image: named, healthcheck })]));
  const issues = unsoundness(subject)
    .filter(({ rule }) => rule !== "probe-refused")
    .map(({ path, message, hint }) => ({ path: path.replace(/^image(?:\.healthcheck)?(?:\.|$)/, ""), message, hint }));
  if (issues.length > 0) throw new StackError("usage", issues);
}

function print(
  { line, style }: Console,
  { probe: type, test, waitingTest, problem, why, proves, doesNotProve, timing, waitsWithin }: Explanation,
  missing?: readonly string[],
): void {
  if (problem !== undefined) {
    line(`${style.red("refused")}  ${problem.message}`);
    line(`  ${style.dim(problem.hint)}`);
    return;
  }
  for (const [head, texts] of [
    ["command", [test === undefined ? withoutCommand(type) : JSON.stringify(test)]],
    ["as generated: it waits inside a young container", waitingTest === undefined ? [] : [JSON.stringify(waitingTest)]],
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
    ...timing.toHealthy.map(({ readyUntil, quick, worst }, index) => [
      "ready to healthy",
      `${readyUntil === null ? (index === 0 ? "" : "later: ") : `ready within ${readyUntil} s: `}at most ${quick} s and a look; at worst, where looks hang, ${worst} s`,
    ]),
    ["never ready to unhealthy", `at worst ${timing.worstToUnhealthyFromStart} s after the start`],
    ["failure to unhealthy", `at worst ${timing.worstToUnhealthy} s`],
  ];
  for (const row of table(rows)) line(`  ${row}`);
}

function withoutCommand(type: string): string {
  return type === "none" ? "none: the health check is switched off, the image's own too" : "the image's own, or none";
}

function verdict(missing: readonly string[]): string {
  return missing.length === 0 ? "everything that the command needs is there" : `missing: ${missing.join(", ")}`;
}
