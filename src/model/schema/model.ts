import * as z from "zod";
import type { Model, ModelUse } from "../model.ts";
import { chosen, custom, parseWithin, withForms } from "./forms.ts";
import { attributes, show } from "./object.ts";
import { listOf, literalInteger, mapOf, text } from "./scalar.ts";

/** Models of artificial intelligence. @see https://docs.docker.com/reference/compose-file/models/ */
export const modelSchema = attributes({
  /** The name outside of the stack. Default: the model's in the stack. @see https://docs.docker.com/reference/compose-file/models/ */
  name: text.optional(),
  /** The model: an OCI artifact such as "ai/smollm2". @see https://docs.docker.com/reference/compose-file/models/#model */
  model: text,
  /** The most tokens that the model looks at. Default: the model's. @see https://docs.docker.com/reference/compose-file/models/#context_size */
  contextSize: literalInteger(1).optional(),
  /** Flags for the program that runs the model. Default: none. @see https://docs.docker.com/reference/compose-file/models/#runtime_flags */
  runtimeFlags: listOf(text).optional(),
});

/** How a service is told of a model. @see https://docs.docker.com/reference/compose-file/services/#models */
export const modelUseSchema = attributes({
  /** The variable that gets the model's URL. Default: the model's name in upper case and `_URL`. @see https://docs.docker.com/reference/compose-file/services/#models */
  endpointVar: text.optional(),
  /** The variable that gets the model's name. Default: the model's name in upper case. @see https://docs.docker.com/reference/compose-file/services/#models */
  modelVar: text.optional(),
});

/** A service's use of a model, after parsing. */
export interface ModelUseModel extends z.output<typeof modelUseSchema> {}

const used = z.unknown().transform((value, context): [string, ModelUseModel | null] => {
  const handle = value as Model | ModelUse;
  if (handle.kind === "model") return [handle.name, null];
  const use = parseWithin(modelUseSchema, handle.spec, context);
  // Nothing said of it is the same as the model alone.
  return [handle.model.name, Object.keys(use ?? {}).length === 0 ? null : use];
});

const wrong = custom(
  () => false,
  (input) => `${show(input)} is not a model (write model("llm", ...) or what its .with() returns)`,
);

const KINDS = ["model", "model use"];

/** The models of a service: handles in, a map by name out. */
export const models: z.ZodType<Map<string, ModelUseModel | null>, readonly (Model | ModelUse)[]> = withForms(
  listOf(
    chosen<[string, ModelUseModel | null], Model | ModelUse>((value) =>
      KINDS.includes((value as { kind?: string } | null)?.kind ?? "") ? used : wrong,
    ),
  ).transform((entries) => new Map(entries)),
  mapOf(modelUseSchema),
);
