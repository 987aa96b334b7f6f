import { isInterpolation, type Text } from "../../model/interpolation.ts";
import { readScript, readWords } from "./read-script.ts";
import { type Step, wordOf } from "./script.ts";

/** The command of a health check, read. */
export interface ReadTest {
  /** Whether the program is run as it is, or a shell gets a script. */
  readonly form: "exec" | "shell";
  readonly step: Step;
}

/** What the test of a health check runs; `undefined` where it runs nothing, or a variable says how. */
export function readTest(test: Text | readonly Text[] | undefined): ReadTest | undefined {
  if (test === undefined) return undefined;
  if (!Array.isArray(test)) return shellForm(test as Text);
  const [kind, ...words] = test as readonly Text[];
  if (kind === "CMD" && words.length > 0) return { form: "exec", step: readWords(words) };
  if (kind === "CMD-SHELL" && words[0] !== undefined && !isInterpolation(kind)) return shellForm(words[0]);
  return undefined;
}

/** The shell form of a test. The engine puts `/bin/sh -c` before it, or what the image's SHELL says. */
function shellForm(script: Text): ReadTest {
  return {
    form: "shell",
    step: {
      type: "wrapper",
      by: { type: "command", words: ["/bin/sh", "-c"].map(wordOf), variables: new Map(), redirections: [] },
      shell: "sh",
      step: readScript(script),
    },
  };
}
