import { StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";
import { type AnyProbe, probe } from "../probe/catalog.ts";

/**
 * A probe as the command line takes it: `postgres`, `http:8080/health`, `tcp:6379`, or a name with options in JSON,
 * `postgres {"query":true}`.
 *
 * @throws {StackError} `usage`
 */
export function parseProbe(text: string): AnyProbe {
  const [, name = "", port, path, json] = /^([A-Za-z]+)(?::(\d+))?(\/[^\s{]*)?\s*(\{.*\})?$/.exec(text.trim()) ?? [];
  const make = Object.hasOwn(probe, name) ? (probe[name as keyof typeof probe] as (options: object) => AnyProbe) : undefined;
  if (make === undefined || NEEDS_MORE.has(name)) throw unknown(name === "" ? text : name);
  const options = { ...(port === undefined ? {} : { port: Number(port) }), ...(path === undefined ? {} : { path }), ...parseOptions(json) };
  const made = make(options);
  if (NEEDS_PORT.has(name) && (made as { port?: number }).port === undefined) {
    throw StackError.of("usage", `probe.${name} needs a port`, { hint: `write ${name}:8080` });
  }
  return made;
}

// Their first argument is a command, a script, a name, a path or other probes.
const NEEDS_MORE = new Set(["command", "shell", "script", "process", "file", "all", "any"]);
const NEEDS_PORT = new Set(["http", "https", "tcp", "grpc"]);

function parseOptions(json: string | undefined): object {
  try {
    return json === undefined ? {} : (JSON.parse(json) as object);
  } catch (cause) {
    throw StackError.of("usage", `the probe's options are not JSON: ${(cause as Error).message}`, { cause });
  }
}

function unknown(name: string): StackError {
  const names = Object.keys(probe).filter((each) => !NEEDS_MORE.has(each));
  const near = nearName(name, names);
  return StackError.of("usage", `"${name}" is not a probe that can be explained${near === undefined ? "" : `; did you mean "${near}"?`}`, {
    hint: `write NAME, NAME:PORT, NAME:PORT/PATH or NAME{...options as JSON}; names: ${names.join(", ")}`,
  });
}
