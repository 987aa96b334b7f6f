/** Where a service is written, as `file:line:column`. */
export interface Written {
  readonly source?: string | undefined;
  /** Where the function is called that makes it, if there is one. */
  readonly calledAt?: string | undefined;
}

/** Where a service is written, and in which language. */
export interface WrittenIn extends Written {
  /** Whether it is a Compose file. Default: it is TypeScript. */
  readonly isCompose?: boolean | undefined;
}

/** Where a service is written, to be said of its culprit. */
export function writtenOf({ source, calledAt }: WrittenIn = {}): Written {
  return { ...(source === undefined ? {} : { source }), ...(calledAt === undefined ? {} : { calledAt }) };
}
