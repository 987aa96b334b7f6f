import { StackError } from "../src/errors.ts";

/** The `StackError` with which a promise is rejected; anything else fails the test. */
export async function stackErrorOf(promise: Promise<unknown>): Promise<StackError> {
  const outcome = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ("value" in outcome) throw new Error(`expected a StackError, got ${JSON.stringify(outcome.value)}`);
  if (outcome.error instanceof StackError) return outcome.error;
  throw outcome.error;
}
