/** How a launch ends. */
export interface LaunchRules {
  /** Seconds since the launch began; absent: each service's own budget. */
  readonly timeout?: number | undefined;
  /** With a timeout: whether unhealthy is final all the same. Default: false. */
  readonly failFast?: boolean | undefined;
  /** "ready": until all are ready; "started": until all were started. Default: "ready". */
  readonly until?: "ready" | "started" | undefined;
  /** Whether the containers are only watched: one that could be started and that nobody starts is late after 30 s. Default: false. */
  readonly watching?: boolean | undefined;
  /** Whether some of it ran before: then all that can be started is started before a failure ends the launch. Default: false. */
  readonly wasUp?: boolean | undefined;
  /** Whether containers may be missing because their creation was interrupted: they were not removed. Default: false. */
  readonly isCreating?: boolean | undefined;
}
