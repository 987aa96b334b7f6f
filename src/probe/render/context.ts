import type { ImageName } from "../facts/image-name.ts";
import type { Limit } from "./way.ts";

/** What a recipe may depend on besides the probe's own options. */
export interface Context {
  readonly limit: Limit;
  /** Where another container asks, by the server's name. Default: the server's own container does, on the loopback. */
  readonly host?: string | undefined;
  /** Absent where the image is built, or named by a variable. */
  readonly image?: ImageName | undefined;
}

/** The address that is asked. */
export function addressIn({ host }: Context): string {
  return host ?? "127.0.0.1";
}
