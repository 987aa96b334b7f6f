import { isLine, LINE, listOf, options, required, rule } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { isInterpolation, type Text } from "./interpolation.ts";

export interface ImageOptions {
  /** Programs that the image is known to contain, so that a probe may use them: `["curl"]`, or `["/opt/bin/curl"]` where that is not on its PATH. Default: none. */
  readonly has?: readonly string[];
}

/** An image and what the user knows about it. */
export interface Image {
  readonly kind: "image";
  readonly name: Text;
  readonly has: readonly string[];
}

/** An image with programs that probes may rely on: `image("acme/base:1", { has: ["curl"] })`. */
export const image = accepting(
  "image",
  {
    name: required(rule('an image (write "postgres:17")', (value) => isInterpolation(value) || isLine(value))),
    options: options({ has: listOf(LINE, { accepted: 'a list of programs (write ["curl"])' }) }),
  },
  (name: Text, { has = [] }: ImageOptions = {}): Image => Object.freeze<Image>({ kind: "image", name, has }),
);

/** Whether a value was made by `image()`. */
export function isImage(value: unknown): value is Image {
  return typeof value === "object" && value !== null && !isInterpolation(value) && (value as Partial<Image>).kind === "image";
}
