/** What the engine remembers between the runs of a container. */
export interface RestartState {
  /** Restarts so far. */
  readonly restarts: number;
  /** Seconds of the last back-off; 0 before the first. */
  readonly backOff: number;
}

export const NO_RESTARTS: RestartState = { restarts: 0, backOff: 0 };

const FIRST = 0.1;
const LONGEST = 60;
/** A run of this many seconds makes the back-off begin anew. */
const STABLE = 10;

/**
 * What follows an exit: the state with the back-off until the next run, or `undefined` where the policy starts none.
 *
 * @see https://github.com/moby/moby/blob/v26.1.5/restartmanager/restartmanager.go
 */
export function afterExit(policy: string, before: RestartState, exitCode: number, ranFor: number): RestartState | undefined {
  if (!restarts(policy, before, exitCode)) return undefined;
  const last = ranFor >= STABLE ? 0 : before.backOff;
  return { restarts: before.restarts + 1, backOff: last === 0 ? FIRST : Math.min(LONGEST, last * 2) };
}

function restarts(policy: string, { restarts }: RestartState, exitCode: number): boolean {
  const [name, most] = policy.split(":");
  if (name === "always" || name === "unless-stopped") return true;
  // No maximum, and a maximum of 0, mean for ever.
  return name === "on-failure" && exitCode !== 0 && (Number(most ?? 0) === 0 || restarts < Number(most));
}
