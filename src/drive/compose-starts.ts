import type { LaunchPlan } from "./decide/launch-plan.ts";

/** Starts a service through Compose; the signal ends that. Whether it came to its end. */
export type StartThroughCompose = (service: string, signal: AbortSignal) => Promise<boolean>;

/** The starts of services that use what only Compose runs, e.g. hooks. */
export interface ComposeStarts {
  /** Starts all of a service, once; `undefined` where Compose is not needed for it. */
  start(service: string): Promise<void> | undefined;
  /** The services whose start has not come to its end, or failed. */
  readonly underWay: ReadonlySet<string>;
}

/** The signal ends them; without a way through Compose nothing needs it. */
export function composeStarts(
  { services }: LaunchPlan,
  startThroughCompose: StartThroughCompose | undefined,
  onStarted: () => void,
  signal: AbortSignal,
): ComposeStarts {
  const begun = new Map<string, Promise<void>>();
  const underWay = new Set<string>();
  const begin = async (service: string, start: StartThroughCompose): Promise<void> => {
    underWay.add(service);
    try {
      if (!(await start(service, signal))) return;
      underWay.delete(service);
      onStarted();
    } catch (error) {
      // What failed is begun anew, should it be asked for again.
      begun.delete(service);
      throw error;
    }
  };
  return {
    start: (service) => {
      if (startThroughCompose === undefined || services.get(service)?.needsCompose !== true) return undefined;
      const start = begun.get(service) ?? begin(service, startThroughCompose);
      begun.set(service, start);
      return start;
    },
    underWay,
  };
}
