import type { Computed } from "./computed.ts";

type Letter = "k" | "m" | "g" | "t" | "p" | "K" | "M" | "G" | "T" | "P";
type Unit = "b" | "B" | Letter | `${Letter}${"b" | "B" | "iB" | "ib"}`;

/**
 * A number of bytes: a whole number, or a text with a unit such as `"64m"` or `"1.5gb"`; the units are multiples of 1024.
 *
 * @see https://docs.docker.com/reference/compose-file/extension/#specifying-byte-values
 */
export type ByteSize<Like extends string = "64m" | "1.5g"> =
  | number
  | Like
  | (`${number}${Unit | ""}` & `${bigint}${string}`)
  | `${Computed}${Unit | ""}`;

const POWERS = " kmgtp";

/** The bytes of a size; `undefined` where it is none. Whole: parts of a byte are cut off, as Docker does. */
export function bytes(size: unknown): number | undefined {
  if (typeof size === "number") return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
  const match = typeof size === "string" ? /^(\d+(?:\.\d+)?) ?(?:([kmgtp])?(?:i?b)?)$/i.exec(size) : null;
  if (match === null) return undefined;
  const [, amount = "", letter = " "] = match;
  const result = Math.floor(Number(amount) * 1024 ** POWERS.indexOf(letter.toLowerCase()));
  return Number.isSafeInteger(result) ? result : undefined;
}
