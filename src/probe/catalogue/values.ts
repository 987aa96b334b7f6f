import { hidden, isLine, isRecord, isText, oneOf, type Rule, rule } from "../../model/accepted.ts";
import { isProbe } from "../../model/schema/healthcheck.ts";

const SHELL_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export const PORT = rule(
  "a port (a whole number from 1 to 65535)",
  (value) => Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535,
);
export const HOST = rule(
  'an address or a host name ("127.0.0.1", "::1", "localhost")',
  (value) => isText(value) && /^[\w.:][\w.:%-]*$/.test(value),
);
export const URL_PATH = rule(
  'the path of a URL: it begins with "/", and blanks, control and non-ASCII characters are written as %20',
  (value) => isText(value) && /^\/[!-~]*$/.test(value) && !value.includes("#"),
);
export const TOOL = oneOf("curl", "wget", "bash", "perl", "python3", "node", "nc");
/** Longer names do not fit into the one byte of their length in the request. */
export const GRPC_SERVICE = rule(
  "the name of a gRPC service, of at most 127 bytes",
  (value) => isText(value) && (value === "" || isLine(value)) && Buffer.byteLength(value) <= 127,
);
/** Those below 200 announce an answer, and are none. */
export const STATUS = rule('a status from 200 to 599, "2xx" to "5xx", or a list of them that is not empty', (value) => {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return (
    all.length > 0 &&
    all.every((each) => (isText(each) ? /^[2-5]xx$/.test(each) : Number.isInteger(each) && Number(each) >= 200 && Number(each) <= 599))
  );
});

export const CREDENTIAL = hidden(
  rule('{ variable: "NAME" } with the name of an environment variable, or { file: "/path" } with an absolute path', isCredential),
);
export const LOGIN = hidden(
  rule(
    '{ user, password }: a user without ":" and control characters, and { variable: "NAME" } or { file: "/path" }',
    (value) =>
      isRecord(value) &&
      isLine(value["user"]) &&
      !value["user"].includes(":") &&
      isCredential(value["password"]) &&
      hasOnly(value, "user", "password"),
  ),
);
/** @see https://www.rfc-editor.org/rfc/rfc9110#name-field-names */
export const HEADERS = hidden(
  rule(
    'headers: names of letters, digits and "-", values of one line of ASCII, or { variable: "NAME" } or { file: "/path" } with a prefix',
    (value) =>
      isRecord(value) &&
      Object.entries(value).every(([name, given]) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && (isHeaderText(given) || isHiddenHeader(given))),
  ),
);
/** Their timings would be those of nothing: the one command has those of the probe that they are part of. */
export const PROBES: Rule = {
  accepted: "a list of probes that has at least one",
  wrong: (value) => {
    if (!Array.isArray(value) || value.length === 0 || !Array.from(value).every(isProbe))
      return "is not a list of probes that has at least one";
    const timed = value.find(({ timing }) => Object.keys(timing).length > 0);
    return timed === undefined
      ? undefined
      : `has a probe.${timed.type} with a timing of its own (${Object.keys(timed.timing).join(", ")}): all of them are one command, give the timing to the whole`;
  },
};

function isHeaderText(value: unknown): boolean {
  return isText(value) && /^[\t -~]*$/.test(value);
}

function isHiddenHeader(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { prefix = "", ...credential } = value;
  return isHeaderText(prefix) && isCredential(credential);
}

function isCredential(value: unknown): boolean {
  if (!isRecord(value)) return false;
  if ("variable" in value) return isText(value["variable"]) && SHELL_NAME.test(value["variable"]) && hasOnly(value, "variable");
  return isLine(value["file"]) && value["file"].startsWith("/") && hasOnly(value, "file");
}

function hasOnly(value: Record<string, unknown>, ...names: readonly string[]): boolean {
  return Object.keys(value).every((name) => names.includes(name));
}
