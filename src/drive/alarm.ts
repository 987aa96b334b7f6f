/** Wakes who waits for something to happen. */
export interface Alarm {
  readonly ring: () => void;
  /** Waits until someone rings (true) or the milliseconds have passed (false). */
  wait(milliseconds: number): Promise<boolean>;
}

/** An alarm that was rung before anyone waits wakes the next one who does. */
export function makeAlarm(): Alarm {
  let rung = false;
  let wake = (_rang: boolean): void => undefined;
  return {
    ring: () => {
      rung = true;
      wake(true);
    },
    wait: async (milliseconds) => {
      const timer = { id: undefined as NodeJS.Timeout | undefined };
      const rang =
        rung ||
        (await new Promise<boolean>((resolve) => {
          wake = resolve;
          timer.id = setTimeout(() => resolve(false), Math.max(1, milliseconds));
        }));
      clearTimeout(timer.id);
      rung = false;
      return rang;
    },
  };
}
