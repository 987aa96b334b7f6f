import type { Computed } from "./computed.ts";

type Unit = "us" | "ms" | "s" | "m" | "h";

// `${bigint}` is a whole number: without blanks, without exponents. `${bigint}${string}` begins with a digit, and not with a sign.
type Literal =
  | `${bigint}${Unit}`
  | `${bigint}.${bigint}${Unit}`
  | `${bigint}h${bigint}${"m" | "s"}`
  | `${bigint}m${bigint}s`
  | `${bigint}m${bigint}.${bigint}s`
  | `${bigint}s${bigint}ms`
  | `${bigint}h${bigint}m${bigint}s`;

type Calculated =
  | `${Computed}${Unit}`
  | `${Computed}h${number}m`
  | `${number}h${Computed}m`
  | `${Computed}m${number}s`
  | `${number}m${Computed}s`
  | `${Computed}h${number}m${number}s`
  | `${number}h${Computed}m${number}s`
  | `${number}h${number}m${Computed}s`;

/**
 * A time span as the Compose Specification writes it: `"5s"`, `"1m30s"`, `"500ms"`; the units are us, ms, s, m and h, the
 * largest first. Numbers may be computed: `` `${seconds}s` ``.
 *
 * @see https://docs.docker.com/reference/compose-file/extension/#specifying-durations
 */
export type Duration<Like extends string = "5s" | "1m30s" | "500ms"> = Like | (Literal & `${bigint}${string}`) | Calculated;

const SECONDS: Readonly<Record<Unit, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };

// Far beyond any duration: a repeated group of a pattern fills the call stack on a text of megabytes.
const LONGEST = 100;

/** Whether a string is a duration. */
export function isDuration(value: unknown): value is Duration {
  return typeof value === "string" && value.length <= LONGEST && /^(\d+(\.\d+)?(us|ms|s|m|h))+$/.test(value);
}

// A stack has many durations, and few different ones.
const KNOWN = new Map<Duration, number>();

/** A duration in seconds. */
export function seconds(duration: Duration): number {
  const known = KNOWN.get(duration);
  if (known !== undefined) return known;
  let total = 0;
  for (const [, amount, unit] of duration.matchAll(/(\d+(?:\.\d+)?)(us|ms|s|m|h)/g)) {
    total += Number(amount) * SECONDS[unit as Unit];
  }
  KNOWN.set(duration, total);
  return total;
}
