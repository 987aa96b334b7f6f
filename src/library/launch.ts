import type { Stack } from "../model/stack.ts";
import type { Launched, LaunchOptions } from "./launched.ts";

/**
 * Launches a stack and waits until every service is ready, e.g. for the tests of an application: several at once, each
 * with its own name and free ports of the host.
 *
 * @throws {StackError} `not-ready` with the culprits where it does not become ready: then nothing of it is left.
 */
export async function launch(stack: Stack, options: LaunchOptions = {}): Promise<Launched> {
  // What drives Docker is loaded only by those who launch: every stack imports this package.
  const { launchInstance } = await import("./instance.ts");
  return launchInstance(stack, options);
}
