import type * as z from "zod";
import { type ByteSize, bytes } from "../byte-size.ts";
import { isInterpolation } from "../interpolation.ts";
import { type OrVariable, scalar } from "./scalar.ts";

const HOW = 'write "64m", "1.5g" or a whole number of bytes';

/** A number of bytes; the canonical form is a whole number as a text, which no reader drops or rounds. */
export const byteSize: z.ZodType<OrVariable<string>, OrVariable<ByteSize<"64m" | "1.5g">>> = scalar<OrVariable<ByteSize<"64m" | "1.5g">>>(
  (value) => bytes(value) !== undefined,
  "a number of bytes",
  HOW,
).transform((value) => (isInterpolation(value) ? value : String(bytes(value))));

/** A number of bytes, or -1 for no limit: Compose takes that one as a number only. */
export const byteSizeOrUnlimited: z.ZodType<OrVariable<string | -1>, OrVariable<ByteSize<"64m" | "1.5g"> | -1>> = scalar<
  OrVariable<ByteSize<"64m" | "1.5g"> | -1>
>((value) => value === -1 || bytes(value) !== undefined, "a number of bytes", `${HOW}, or -1 for no limit`).transform((value) =>
  isInterpolation(value) || value === -1 ? (value as OrVariable<-1>) : String(bytes(value)),
);
