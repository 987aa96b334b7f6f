import type { Issue } from "../errors.ts";
import type { CheckedService, ConfigModel, ModelModel, NetworkModel, SecretModel, VolumeModel } from "../model/checked-stack.ts";
import { type Definition, placeOf } from "../model/definition.ts";
import { textOfPlace } from "../model/place.ts";
import type { IncludeModel } from "../model/schema/include.ts";
import type { Extensions } from "../model/schema/object.ts";
import type { Stack } from "../model/stack.ts";

/** A stack whose attributes were parsed, before the rules looked at it as a whole. */
export interface Draft {
  readonly stack: Stack;
  readonly services: ReadonlyMap<string, CheckedService>;
  readonly include: readonly IncludeModel[];
  readonly extensions: Extensions;
  readonly models: ReadonlyMap<string, ModelModel>;
  readonly networks: ReadonlyMap<string, NetworkModel>;
  readonly volumes: ReadonlyMap<string, VolumeModel>;
  readonly secrets: ReadonlyMap<string, SecretModel>;
  readonly configs: ReadonlyMap<string, ConfigModel>;
  /** Where the handles of a section were written, by name. */
  readonly definitions: Readonly<Record<Section, ReadonlyMap<string, Definition>>>;
}

/** Whether everything is known that a name may stand for; what an included file brings is not. */
export function knowsAllNames({ stack, include }: Draft): boolean {
  return include.length === 0 && stack.unread?.isWhole !== false;
}

/** What a stack has beside services. */
export type Section = "models" | "networks" | "volumes" | "secrets" | "configs";

/** An issue at the place of a definition; in a Compose file, in the names that the file uses. */
export function issueAt(definition: Definition, path: string, message: string, hint?: string): Issue {
  // The first word of a path names the definition itself.
  const [name = "", ...attributes] = path.split(".");
  return issueOf(definition, name, attributes, message, hint);
}

/** An issue at an attribute of a definition, whose name and keys may contain dots. */
export function issueOf(definition: Definition, name: string, attributes: readonly string[], message: string, hint?: string): Issue {
  const place = placeOf(definition, attributes);
  return {
    path: [...(name === "" ? [] : [name]), ...(definition.namesOf?.(attributes) ?? attributes)].join("."),
    message,
    source: textOfPlace(place),
    ...(hint === undefined ? {} : { hint }),
  };
}
