import type * as z from "zod";
import { required } from "./accepted.ts";
import { accepting } from "./accepting.ts";
import { type Definition, definedBy } from "./definition.ts";
import { attributes, NAME } from "./handle-arguments.ts";
import type { modelSchema, modelUseSchema } from "./schema/model.ts";

/** Attributes of a model. @see https://docs.docker.com/reference/compose-file/models/ */
export interface ModelSpec extends z.input<typeof modelSchema> {}

/** The variables in which a service is told of a model. @see https://docs.docker.com/reference/compose-file/services/#models */
export interface ModelUseSpec extends z.input<typeof modelUseSchema> {}

/** A model of artificial intelligence; a service uses it by naming it in `models`. */
export interface Model {
  readonly kind: "model";
  readonly name: string;
  readonly spec: ModelSpec;
  readonly definition: Definition;
  /** The model, made known in variables of the given names. */
  with(use: ModelUseSpec): ModelUse;
}

/** A model as one service uses it. */
export interface ModelUse {
  readonly kind: "model use";
  readonly model: Model;
  readonly spec: ModelUseSpec;
}

const MODEL = required(attributes('{ model: "ai/smollm2" }'));
const USE = required(attributes('{ modelVar: "LLM" }'));

/** A model of the stack: `model("llm", { model: "ai/smollm2" })`. Names: letters, digits, ".", "_" and "-". */
export const model = accepting("model", { name: NAME, spec: MODEL }, (name: string, spec: ModelSpec): Model => {
  const self: Model = Object.freeze<Model>({
    kind: "model",
    name,
    spec,
    definition: definedBy(model),
    with: accepting("model().with", { use: USE }, (use: ModelUseSpec) =>
      Object.freeze<ModelUse>({ kind: "model use", model: self, spec: use }),
    ),
  });
  return self;
});
