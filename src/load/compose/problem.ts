import { type Issue, StackError } from "../../errors.ts";
import { type Place, textOfPlace } from "../../model/place.ts";

/** An error in a Compose file, at its place. */
export function problem(message: string, place?: Place, rest: Partial<Pick<Issue, "path" | "hint" | "kind">> = {}): StackError {
  return StackError.of("invalid-stack", shortened(message), { source: textOfPlace(place), ...rest });
}

/**
 * Is told what is wrong, so that the rest of the files can be read all the same. Whoever tells puts something in the place of
 * what can't be read of which nobody knows what it is (a variable, what was probably meant), so that nothing follows from it.
 * What makes all the rest unreadable is thrown.
 */
export type Tell = (error: StackError) => void;

/** Whom to tell what somebody else tells as well. */
export const nobody: Tell = () => undefined;

/** Problems that were told of, each once. */
export interface Told {
  readonly tell: Tell;
  readonly errors: readonly StackError[];
}

/** Collects what is told. What is brought in more than once is wrong in one place only. */
export function collected(): Told {
  const errors = new Map<string, StackError>();
  const tell: Tell = (error) => {
    const key = error.issues.map(({ source, message }) => `${source} ${message}`).join("\n");
    if (!errors.has(key)) errors.set(key, error);
  };
  return {
    tell,
    get errors() {
      return [...errors.values()];
    },
  };
}

/** What `read` returns; `undefined` where it fails, which is told. */
export function attempt<Read>(tell: Tell, read: () => Read): Read | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StackError)) throw error;
    tell(error);
    return undefined;
  }
}

/** Tells of problems inside of a definition or an attribute, whose paths begin with its name. */
export function tellAt(tell: Tell, name: string): Tell {
  const within = (issue: Issue): Issue => ({ ...issue, path: issue.path === "" ? name : `${name}.${issue.path}` });
  return ({ code, issues, cause }) => tell(new StackError(code, issues.map(within), { cause }));
}

const LONGEST = 600;

// A name or a circle of a thousand files would fill the screen; both ends say the most.
function shortened(message: string): string {
  return message.length <= LONGEST ? message : `${message.slice(0, LONGEST * 0.6)} ... ${message.slice(-LONGEST * 0.3)}`;
}
