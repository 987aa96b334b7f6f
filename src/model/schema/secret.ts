import * as z from "zod";
import type { Text } from "../interpolation.ts";
import { chosen, custom, parseWithin } from "./forms.ts";
import { attributes, show } from "./object.ts";
import { flag, hostPath, labels, mapOf, type OrVariable, scalar, text, textOrNumber } from "./scalar.ts";

const source = {
  /** The name outside of the stack. Default: the stack's name, `_` and this one's. @see https://docs.docker.com/reference/compose-file/secrets/ */
  name: text.optional(),
  /** The file that holds the value; relative to the stack's module. Default: none. @see https://docs.docker.com/reference/compose-file/secrets/ */
  file: hostPath.optional(),
  /** The variable of the launching shell that holds the value. Default: none. @see https://docs.docker.com/reference/compose-file/secrets/ */
  environment: text.optional(),
};

const management = {
  /** Whether it exists already and is not managed by this stack (Swarm). Default: false. @see https://docs.docker.com/reference/compose-file/secrets/ */
  external: flag.optional(),
  /** Labels. Default: none. @see https://docs.docker.com/reference/compose-file/secrets/ */
  labels: labels.optional(),
  /** The driver that templates the value (Swarm). Default: none. @see https://docs.docker.com/reference/compose-file/secrets/ */
  templateDriver: text.optional(),
};

/** Secrets. @see https://docs.docker.com/reference/compose-file/secrets/ */
export const secretSchema = attributes({
  ...source,
  ...management,
  /** The driver that keeps the value (Swarm). Default: none. @see https://docs.docker.com/reference/compose-file/secrets/ */
  driver: text.optional(),
  /** Options of the driver; keys stay as written. Default: none. @see https://docs.docker.com/reference/compose-file/secrets/ */
  driverOpts: mapOf(textOrNumber).optional(),
});

/** Configs. @see https://docs.docker.com/reference/compose-file/configs/ */
export const configSchema = attributes({
  ...source,
  /** The value itself. Default: none. @see https://docs.docker.com/reference/compose-file/configs/ */
  content: text.optional(),
  ...management,
});

/** A service's use of a secret or config. @see https://docs.docker.com/reference/compose-file/services/#secrets */
export const grantSchema = attributes({
  /** The secret or config. @see https://docs.docker.com/reference/compose-file/services/#secrets */
  source: text,
  /** The file in the container. Default: `/run/secrets/NAME` for a secret, `/NAME` for a config. @see https://docs.docker.com/reference/compose-file/services/#secrets */
  target: text.optional(),
  /** The owner's user id; a file that is mounted keeps its own. Default: 0. @see https://docs.docker.com/reference/compose-file/services/#secrets */
  uid: textOrNumber.optional(),
  /** The owner's group id; a file that is mounted keeps its own. Default: 0. @see https://docs.docker.com/reference/compose-file/services/#secrets */
  gid: textOrNumber.optional(),
  /** The file's mode, e.g. 0o440. Default: 0o444. @see https://docs.docker.com/reference/compose-file/services/#secrets */
  mode: scalar<OrVariable<number>>(
    (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 0o7777,
    "a file mode",
    "write 0o440",
  ).optional(),
});

interface Handle {
  readonly name: string;
}

interface GrantHandle {
  readonly kind: "grant";
  readonly of: Handle;
  readonly target: Text;
  readonly spec: object;
}

/** A grant after parsing. */
export interface GrantModel extends z.output<typeof grantSchema> {}

/** A secret or config in the list of a service: the handle, or what its `.at()` made. */
export function grantOf<In>(kind: "secret" | "config"): z.ZodType<GrantModel, In> {
  const schema = z.unknown().transform((value, context) => {
    const { source, target, spec } = parts(value as Partial<Handle> & Partial<GrantHandle>);
    return parseWithin(grantSchema, { source, ...(target === undefined ? {} : { target }), ...spec }, context);
  });
  const wrong = custom(
    () => false,
    (input) => `${show(input)} is not a ${kind} (write ${kind}("name", ...) or what its .at() returns)`,
  );
  return chosen((value) => (isGrant(value, kind) ? schema : wrong), grantSchema);
}

function isGrant(value: unknown, kind: string): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { kind: own, of } = value as { kind?: string; of?: { kind?: string } };
  return own === kind || (own === "grant" && of?.kind === kind);
}

function parts(value: Partial<Handle> & Partial<GrantHandle>): { source: string; target?: Text | undefined; spec: object } {
  if (value.kind === "grant") return { source: value.of?.name ?? "", target: value.target, spec: value.spec ?? {} };
  return { source: value.name ?? "", spec: {} };
}
