import { isInterpolation, type Part, type Text } from "../../model/interpolation.ts";

/**
 * The values of variables, read back out of what became of a text with variables in it. Where a value can end in several places,
 * because it contains what stands behind it, every reading is told; where the text is another one by now, all of it.
 *
 * @param names the variables that are asked for.
 */
export function readBack(text: Text, became: string, names: ReadonlySet<string>): readonly string[] {
  const { literals, asked } = pieces(text, names);
  if (!asked.some(Boolean)) return [];
  const first = gaps(literals, became);
  const last = gaps(literals.map(reversed).toReversed(), reversed(became))
    ?.map(([start, end]): Gap => [became.length - end, became.length - start])
    .toReversed();
  if (first === undefined || last === undefined) return [became];
  return asked.flatMap((isAsked, index) => {
    const [one, other] = [first[index], last[index]];
    if (!isAsked || one === undefined || other === undefined) return [];
    return [became.slice(...one), became.slice(...other), became.slice(one[0], other[1])];
  });
}

type Gap = readonly [start: number, end: number];

interface Pieces {
  /** What stands before, between and behind the variables. */
  readonly literals: readonly string[];
  /** Of the variables in each gap, whether one is asked for: one more literal than gaps. */
  readonly asked: readonly boolean[];
}

// Where nothing stands between two variables, nobody can tell where the value of the first ends.
function pieces(text: Text, names: ReadonlySet<string>): Pieces {
  const literals = [""];
  const asked: boolean[] = [];
  for (const part of isInterpolation(text) ? text.parts : [text]) {
    if (typeof part === "string") literals.push(`${literals.pop()}${part}`);
    else if (asked.length > 0 && literals.at(-1) === "") asked.push(asked.pop() === true || mentions(part, names));
    else {
      asked.push(mentions(part, names));
      literals.push("");
    }
  }
  return { literals, asked };
}

function mentions({ name, operand = [] }: Exclude<Part, string>, names: ReadonlySet<string>): boolean {
  return names.has(name) || operand.some((part) => typeof part !== "string" && mentions(part, names));
}

/** What lies between the literals, each as short as it can be from the left; `undefined` where they do not fit. */
function gaps([head = "", ...others]: readonly string[], became: string): readonly Gap[] | undefined {
  const tail = others.at(-1) ?? "";
  const end = became.length - tail.length;
  if (!became.startsWith(head) || !became.endsWith(tail) || end < head.length) return undefined;
  const found: Gap[] = [];
  let from = head.length;
  for (const literal of others.slice(0, -1)) {
    const at = became.indexOf(literal, from);
    if (at === -1 || at + literal.length > end) return undefined;
    found.push([from, at]);
    from = at + literal.length;
  }
  return [...found, [from, end]];
}

function reversed(text: string): string {
  return text.split("").reverse().join("");
}
