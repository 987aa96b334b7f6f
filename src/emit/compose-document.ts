import { snakeCase } from "../model/attribute-name.ts";
import type { CheckedService, CheckedStack } from "../model/checked-stack.ts";
import { composeText, isInterpolation } from "../model/interpolation.ts";
import { type HostPath, isHostPath } from "../model/schema/scalar.ts";
import { buildOf } from "./dockerfile-files.ts";
import { beginsWithVariable, type Layout, rebase } from "./layout.ts";
import type { Node } from "./node.ts";

/** The Compose file of a stack. */
export interface ComposeDocument {
  /** As plain values: what the specification calls the document. */
  readonly document: Map<string, Node>;
  /** Whether a path in it begins with a variable, so that it matters from which folder it is read. */
  readonly dependsOnFolder: boolean;
}

/** The Compose file of a stack, to be read from a folder, absolute. */
export function composeDocument(stack: CheckedStack, layout: Layout, folder: string): ComposeDocument {
  const writing: Writing = { ...layout, outputFolder: folder, dependsOnFolder: false };
  const services = mapValues(stack.services, (service) =>
    toNode({ ...asWritten(service.model), build: buildOf(service, layout) }, writing),
  );
  const document = new Map<string, Node>([["name", stack.name]]);
  if (stack.include.length > 0) document.set("include", toNode(stack.include, writing));
  document.set("services", services);
  for (const section of ["models", "networks", "volumes", "configs", "secrets"] as const) {
    if (stack[section].size > 0)
      document.set(
        section,
        mapValues<object>(stack[section], (model) => toNode(model, writing)),
      );
  }
  for (const [key, value] of Object.entries(stack.extensions)) if (value !== undefined) document.set(key, extension(value));
  return { document, dependsOnFolder: writing.dependsOnFolder };
}

interface Writing extends Layout {
  dependsOnFolder: boolean;
}

/** A short form with variables in it is emitted as it is: only their values tell Compose which long one it stands for. */
function asWritten(model: CheckedService["model"]): object {
  const { ports, volumes } = model;
  return {
    ...model,
    // A range is several ports of one short form.
    ...(ports === undefined ? {} : { ports: [...new Set(ports.map((port) => port.short ?? port))] }),
    ...(volumes === undefined ? {} : { volumes: volumes.map((mount) => mount.short ?? mount) }),
  };
}

/**
 * Objects are the specification's: their keys change from camelCase to snake_case.
 * Maps are the user's: their keys stay as written.
 */
function toNode(value: unknown, writing: Writing, attribute = ""): Node {
  if (typeof value === "string" || isInterpolation(value)) return composeText(value);
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((each) => toNode(each, writing));
  if (isHostPath(value)) return pathNode(value, writing);
  if (value instanceof Map) return userMap(value, writing, attribute);
  return attributeMap(value as object, writing);
}

function pathNode(path: HostPath, writing: Writing): string {
  writing.dependsOnFolder ||= beginsWithVariable(path);
  return rebase(path, writing);
}

function attributeMap(value: object, writing: Writing): Node {
  const map = new Map<string, Node>();
  for (const [key, each] of Object.entries(value)) {
    if (each === undefined) continue;
    if (key.startsWith("x-")) map.set(key, extension(each));
    else map.set(snakeCase(key), toNode(each, writing, key));
  }
  return map;
}

// Compose takes a key that begins with `x-` out of a map, as an extension; a list has no keys.
const LISTABLE = new Set(["additionalContexts", "annotations", "args", "environment", "extraHosts", "labels", "sysctls"]);

function userMap(value: ReadonlyMap<string, unknown>, writing: Writing, attribute: string): Node {
  const swallowed = LISTABLE.has(attribute) && [...value.keys()].some((key) => key.startsWith("x-"));
  if (!swallowed) return mapValues(value, (each) => toNode(each, writing));
  return [...value].flatMap(([key, each]) => (Array.isArray(each) ? each : [each]).map((item) => entry(key, toNode(item, writing))));
}

// In a list the key is a part of a value, and interpolated like it.
function entry(key: string, value: Node): string {
  return value === null ? composeText(key) : `${composeText(key)}=${String(value)}`;
}

function extension(value: unknown): Node {
  if (typeof value === "string" || isInterpolation(value)) return composeText(value);
  if (Array.isArray(value)) return value.map(extension);
  if (typeof value === "object" && value !== null) return new Map(Object.entries(value).map(([key, each]) => [key, extension(each)]));
  return value as Node;
}

function mapValues<T>(map: ReadonlyMap<string, T>, change: (value: T) => Node): Map<string, Node> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
