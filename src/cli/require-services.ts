import { StackError } from "../errors.ts";
import { nearName } from "../model/near-name.ts";

/**
 * Makes sure that every name is a service of the stack.
 *
 * @throws {StackError} `usage`
 */
export function requireServices({ services }: { readonly services: ReadonlyMap<string, unknown> }, names: readonly string[]): void {
  const unknown = names.find((name) => !services.has(name));
  if (unknown === undefined) return;
  const near = nearName(unknown, services.keys());
  throw StackError.of("usage", `there is no service "${unknown}"${near === undefined ? "" : `; did you mean "${near}"?`}`);
}
