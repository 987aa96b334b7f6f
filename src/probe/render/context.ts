import type { ImageName } from "../facts/image-name.ts";
import type { Limit } from "./way.ts";

/** What a recipe may depend on besides the probe's own options. */
export interface Context {
  readonly limit: Limit;
  /** Absent where the image is built, or named by a variable. */
  readonly image?: ImageName | undefined;
}
