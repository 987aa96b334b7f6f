import { type Limit, wholeSeconds } from "./way.ts";

/** How many probed containers a stack may have before its probes become patient. */
const CROWD = 40;

/**
 * Whether probes wait inside the container instead of being started again and again: starting one costs the engine ten
 * times what most looks cost, so that a hundred containers that start at once would starve each other (docs/probes.md).
 */
export function isCrowd(containers: number): boolean {
  return containers > CROWD;
}

/** The limit of one try of a patient probe; what remains is for waiting. */
export function limitOfTry(limit: Limit): Limit {
  return limit / 2;
}

/** A command that tries again every 250 ms, for half of its time limit; needs a shell. */
export function patient(test: readonly string[], limit: Limit): readonly string[] {
  const [form, ...words] = test;
  const command = form === "CMD" ? words : ["sh", "-c", ...words];
  const wait = wholeSeconds(limit / 2);
  const loop = `end=$(($(date +%s) + ${wait})); until answer=$("$@" 2>&1); do [ "$(date +%s)" -lt $end ] || { echo "$answer"; exit 1; }; sleep 0.25; done`;
  return ["CMD", "sh", "-c", loop, "sh", ...command];
}
