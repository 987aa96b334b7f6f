import type * as z from "zod";
import type { Interpolation } from "../interpolation.ts";
import { scalar } from "./scalar.ts";

/** A path in the container: absolute, as containers have no folder to begin from. */
export type ContainerPath = `/${string}` | `${Letter}:\\${string}` | `\\\\${string}` | Interpolation;
type Letter = "c" | "C" | "d" | "D";

/** A path in the container. */
export const containerPath: z.ZodType<ContainerPath, ContainerPath> = scalar<ContainerPath>(
  (value) => typeof value === "string" && /^(\/|[A-Za-z]:[\\/]|\\\\)/.test(value),
  "an absolute path of the container",
  'write "/data"',
);
