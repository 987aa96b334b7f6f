import { snakeCase } from "../../model/attribute-name.ts";
import type { WrittenIn } from "./written.ts";

/** What to change, or how to say it in the language of the file in which the service stands. */
export type Hint = string | ((words: FileWords) => string);

/** How things are written in a file: in TypeScript, or in a Compose file. */
export interface FileWords {
  /** An attribute of a service, e.g. `memLimit` or `mem_limit`, with a value where there is one: texts and what consists of them. */
  attribute(name: string, value?: Value): string;
  /** That a service waits for another one. */
  waitFor(service: string, condition: "started" | "healthy"): string;
  /** What to do with a service that is meant to end. */
  meantToEnd(service: string): string;
  /** A health check, by an example in TypeScript: `tcp({ port: 5432 })`. */
  probe(example: string): string;
  /** How another service's address is to be written. */
  readonly address: string;
}

type Value = string | { readonly [key: string]: Value };

/** A hint in the words of the file that the service is written in. */
export function worded(hint: Hint, { isCompose = false }: WrittenIn = {}): string {
  return typeof hint === "string" ? hint : hint(isCompose ? COMPOSE : TYPESCRIPT);
}

const TYPESCRIPT: FileWords = {
  attribute: (name, value) => attributeIn(value, name, (key) => key),
  waitFor: (service, condition) => `dependsOn: [${service}.${condition}()]`,
  meantToEnd: () => "make it a task",
  probe: (example) => `healthcheck: probe.${example}`,
  address: "write its .host instead of a text",
};

const COMPOSE: FileWords = {
  attribute: (name, value) => attributeIn(value, name, snakeCase),
  waitFor: (service, condition) => waitIn(service, `service_${condition}`),
  meantToEnd: (service) =>
    `take away its ports and its health check, or let the service that needs it wait for its end: ${waitIn(service, "service_completed_successfully")}`,
  probe: () => 'healthcheck: { test: ["CMD", ...] } (stackwright probe IMAGE PROBE says a command that the image can run)',
  address: "write the name of a service",
};

function waitIn(service: string, condition: string): string {
  return `depends_on: { ${service}: { condition: ${condition} } }`;
}

function attributeIn(value: Value | undefined, name: string, keyOf: (key: string) => string): string {
  return value === undefined ? keyOf(name) : `${keyOf(name)}: ${valueIn(value, keyOf)}`;
}

function valueIn(value: Value, keyOf: (key: string) => string): string {
  if (typeof value === "string") return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => attributeIn(each, key, keyOf))
    .join(", ")} }`;
}
