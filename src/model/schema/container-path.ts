import type * as z from "zod";
import { type Interpolation, isInterpolation } from "../interpolation.ts";
import { scalar } from "./scalar.ts";

/** A path in the container: absolute, as containers have no folder to begin from. */
export type ContainerPath = `/${string}` | `${Letter}:\\${string}` | `\\\\${string}` | Interpolation;
type Letter = "c" | "C" | "d" | "D";

/** A path in the container. */
export const containerPath: z.ZodType<ContainerPath, ContainerPath> = scalar<ContainerPath>(
  isContainerPath,
  "an absolute path of the container",
  'write "/data"',
);

/** Whether a path of the container is absolute, or a variable that may be. */
export function isContainerPath(value: unknown): boolean {
  return isInterpolation(value) || (typeof value === "string" && /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(value));
}

/** Where something is mounted in the container. Compose accepts any text here: whether it is absolute is a rule of `check`. */
export const mountTarget: z.ZodType<ContainerPath, ContainerPath> = scalar<ContainerPath>(
  (value) => typeof value === "string",
  "an absolute path of the container",
  'write "/data"',
);
