import { BOOLEAN, either, isRecord, isText, options, type Rule, required, rule } from "./accepted.ts";
import { isInterpolation } from "./interpolation.ts";

/** A name of the user's; which ones Compose takes is judged with the rest of the stack. */
export const NAME = required(rule('a name: a text such as "db"', isText));

/** Attributes, which are judged with the rest of the stack: here they only must be some. */
export function attributes(example: string): Rule {
  return rule(`an object of attributes (write ${example})`, isRecord);
}

/** Where something is in a container. */
export const TARGET = required(rule("a path of the container, or a variable", (value) => isText(value) || isInterpolation(value)));

/** How a service waits for another one. */
export const WAITING = {
  options: options({ restart: either(BOOLEAN, rule("a variable", isInterpolation)), required: BOOLEAN }),
};

/** What one of these functions has made. */
export function made(by: string, ...kinds: readonly string[]): Rule {
  return rule(by, (value) => isRecord(value) && kinds.includes(String(value["kind"])));
}
