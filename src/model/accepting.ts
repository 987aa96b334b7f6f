import { type Issue, StackError } from "../errors.ts";
import { isRecord, type Problem, problemsOf, type Rule, type Rules } from "./accepted.ts";
import { definedBy, placeOf } from "./definition.ts";
import { textOfPlace } from "./place.ts";

/**
 * A function of the DSL that refuses what its types refuse, for those whom no compiler tells: all that is wrong at once, with
 * the place of the call.
 *
 * @param name as users write it: "probe.http".
 * @param parameters what each argument must be, in their order; options may be the last.
 */
// biome-ignore lint/suspicious/noExplicitAny: any function, whatever it takes
export function accepting<Run extends (...values: any[]) => unknown>(name: string, parameters: Rules, run: Run): Run {
  const self = ((...values: unknown[]) => {
    const problems = problemsOfCall(Object.entries(parameters), values);
    if (problems.length > 0) throw new StackError("invalid-stack", problems.map(asIssue(name, self)));
    try {
      return run(...values);
    } catch (error) {
      throw placed(error, self);
    }
  }) as Run;
  return self;
}

function problemsOfCall(parameters: readonly (readonly [name: string, rule: Rule])[], values: readonly unknown[]): readonly Problem[] {
  const problems = parameters.flatMap(([name, rule], index) =>
    problemsOfArgument(name, rule, rule.rest === true ? values.slice(index) : values[index]),
  );
  // `urls.map(needs.http)` hands more over than that; but nobody hands over options by chance.
  const isSurplus = parameters.at(-1)?.[1].rest !== true && values.slice(parameters.length).some(isFilled);
  return isSurplus ? [...problems, { path: [], message: surplusOf(parameters) }] : problems;
}

function isFilled(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length > 0;
}

function problemsOfArgument(name: string, rule: Rule, value: unknown): readonly Problem[] {
  if ("options" in rule) return problemsOf(rule, value);
  if (value !== undefined) return problemsOf(rule, value, name);
  return rule.required === true ? [{ path: [name], message: `is missing: ${rule.accepted}` }] : [];
}

function surplusOf(parameters: readonly (readonly [string, Rule])[]): string {
  const names = parameters.map(([name]) => name);
  return names.length === 0 ? "takes no options" : `takes no options beside ${names.join(" and ")}`;
}

function asIssue(name: string, caller: (...values: never[]) => unknown): (problem: Problem) => Issue {
  const source = textOfPlace(placeOf(definedBy(caller)));
  return ({ path, message }) => ({ path: [name, ...path].join("."), message, source, kind: "attribute" });
}

/** What only the function itself found, with the place of its call. */
function placed(error: unknown, caller: (...values: never[]) => unknown): unknown {
  if (!(error instanceof StackError) || error.issues.every(({ source }) => source !== undefined)) return error;
  const source = textOfPlace(placeOf(definedBy(caller)));
  return new StackError(
    error.code,
    error.issues.map((issue) => ({ ...issue, source: issue.source ?? source })),
    { cause: error.cause },
  );
}
