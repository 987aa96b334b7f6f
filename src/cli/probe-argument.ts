import { StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";
import { type AnyProbe, probe } from "../probe/catalog.ts";

/**
 * A probe as the command line takes it: `postgres`, `http:8080/health`, `tcp:6379`, a name with options in JSON,
 * `postgres {"query":true}`, or with its first argument in JSON, `command ["test","-f","/ready"]`, `all ["redis","tcp:80"]`.
 *
 * @throws {StackError} `usage`; `invalid-stack` for options that the probe does not accept.
 */
export function parseProbe(text: string): AnyProbe {
  const trimmed = text.trim();
  const [head = "", name = "", port, path] = /^([A-Za-z][A-Za-z0-9]*)(?::(\d+))?(\/[^\s{]*)?/.exec(trimmed) ?? [];
  const rest = trimmed.slice(head.length).trim();
  if (!Object.hasOwn(probe, name) || !/^(?:$|[{["])/.test(rest)) throw unknown(name === "" ? text : name);
  const options = {
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(path === undefined ? {} : { path }),
    ...optionsIn(rest, name),
  };
  return withoutPlace(() => madeOf(name as keyof typeof probe, options));
}

/** What is made of the command line was written in no file. */
export function withoutPlace<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    throw new StackError(
      error.code,
      error.issues.map(({ source: _, ...issue }) => issue),
      { cause: error.cause },
    );
  }
}

/** The probes whose first argument is no object of options: what it is called there, and what it looks like. */
const FIRST: Readonly<Record<string, { readonly key: string; readonly example: unknown }>> = {
  command: { key: "command", example: ["test", "-f", "/ready"] },
  shell: { key: "script", example: "test -f /ready" },
  script: { key: "file", example: "/check.sh" },
  process: { key: "name", example: "nginx" },
  file: { key: "path", example: "/ready" },
  all: { key: "probes", example: ["redis", "tcp:80"] },
  any: { key: "probes", example: ["redis", "tcp:80"] },
};

function madeOf(name: keyof typeof probe, options: Readonly<Record<string, unknown>>): AnyProbe {
  const first = FIRST[name];
  const make = probe[name] as (...args: readonly unknown[]) => AnyProbe;
  if (first === undefined) return make(options);
  const { [first.key]: value, ...others } = options;
  const isList = Array.isArray(first.example);
  const isRight = isList ? Array.isArray(value) && value.length > 0 && value.every(isText) : isText(value);
  if (!isRight) {
    throw StackError.of("usage", `probe.${name} needs ${isList ? "a list of texts" : "a text"}`, {
      hint: `write ${name} ${JSON.stringify(first.example)}, or ${name} ${JSON.stringify({ [first.key]: first.example })} with more options`,
    });
  }
  return make(first.key === "probes" ? (value as readonly string[]).map(parseProbe) : value, others);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function optionsIn(json: string, name: string): Readonly<Record<string, unknown>> {
  if (json === "") return {};
  const value = parsed(json);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  const key = FIRST[name]?.key;
  if (key !== undefined) return { [key]: value };
  throw StackError.of("usage", `the options of probe.${name} are not a JSON object`, { hint: `write ${name} {"interval":"10s"}` });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw StackError.of("usage", `the probe's options are not JSON: ${(cause as Error).message}`, { cause });
  }
}

function unknown(name: string): StackError {
  const names = Object.keys(probe);
  const near = names.includes(name) ? undefined : nearName(name, names);
  const message = names.includes(name)
    ? `what follows "${name}" is neither a port, nor a path, nor JSON`
    : `"${name}" is not a probe that can be explained${near === undefined ? "" : `; did you mean "${near}"?`}`;
  return StackError.of("usage", message, {
    hint: `write NAME, NAME:PORT, NAME:PORT/PATH or NAME{...options as JSON}; names: ${names.join(", ")}`,
  });
}
