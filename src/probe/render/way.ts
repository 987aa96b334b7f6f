/** One way to do a probe inside a container. */
export interface Way {
  /** The program that does it: what `via` names. */
  readonly tool: string;
  /** The programs that must be in the image. */
  readonly needs: readonly string[];
  /** Words to run without a shell, or a script for `sh`. */
  readonly run: readonly string[] | string;
  /** Whether it must be stopped from outside where the image has `timeout`: the tool knows no limit of its own. */
  readonly unlimited?: boolean;
  /** Whether a script that looks for what is there may leave it out, because another way's tool is in every such image. Default: false. */
  readonly rare?: boolean;
  /** Where this way proves less, or writes something. */
  readonly remark?: string;
}

/** Seconds that a probe may take by its own clock, below Docker's. */
export type Limit = number;

/** A limit below the one that somebody else sets, so that the probe itself can say that it was too slow. */
export function limitBelow(seconds: number): Limit {
  return Math.round((seconds > 2 ? seconds - 1 : seconds * 0.8) * 1000) / 1000;
}

/** A limit for a tool that takes whole seconds only, from 1. */
export function wholeSeconds(limit: Limit): string {
  return String(Math.max(1, Math.floor(limit)));
}

/** A way that runs words without a shell. */
export function exec(tool: string, run: readonly string[], more: Partial<Way> = {}): Way {
  return { tool, needs: [tool], run, ...more };
}

/** A way that runs a script in the container's shell. */
export function script(tool: string, run: string, more: Partial<Way> = {}): Way {
  return { tool, needs: ["sh", tool], run, ...more };
}
