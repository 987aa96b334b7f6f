/** Seconds after which an application is ready, and a task done, where nothing else is said. */
export const READY_AT = 0.5;

/** Seconds that the engine itself takes. Measured with Engine 26 on 2 cores. */
export const ENGINE_TAKES = {
  /** From the request to start a container until it runs. */
  start: 0.2,
  /** From the end of the back-off until the container runs again. */
  restart: 0.2,
  /** To run a probe, whatever it does. */
  probe: 0.05,
  /** From the end of the program until the engine knows. */
  exit: 0.1,
} as const;
