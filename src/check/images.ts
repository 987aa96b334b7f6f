import type { CheckedService } from "../model/checked-stack.ts";
import { isInterpolation, type Part, type Text } from "../model/interpolation.ts";
import { factsOf } from "../probe/facts/contents.ts";
import type { Confidence, ImageFacts } from "../probe/facts/fact.ts";

/** What is known about the image that a service starts from; `undefined` for one that is built, and where nothing is. */
export function imageFacts(service: CheckedService): ImageFacts | undefined {
  const name = imageName(service);
  return name === undefined ? undefined : factsOf(name);
}

/**
 * The name of the image that a service starts from: variables have their defaults. `undefined` where it is built, or where
 * a variable without default says which one it is.
 */
export function imageName({ model }: CheckedService): string | undefined {
  return model.build !== undefined || model.image === undefined ? undefined : usualText(model.image);
}

/** A text with the defaults of its variables; `undefined` where one has none. */
export function usualText(text: Text): string | undefined {
  if (!isInterpolation(text)) return text;
  const parts = text.parts.map(usualPart);
  return parts.every((part) => part !== undefined) ? parts.join("") : undefined;
}

function usualPart(part: Part): string | undefined {
  if (typeof part === "string") return part;
  if (part.operator !== ":-" && part.operator !== "-") return undefined;
  const parts = (part.operand ?? []).map(usualPart);
  return parts.every((each) => each !== undefined) ? parts.join("") : undefined;
}

/** Whether a fact is sure enough to call something an error. */
export function isSure(confidence: Confidence | undefined): boolean {
  return confidence !== undefined && confidence !== "low";
}
