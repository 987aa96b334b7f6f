import { StackError } from "../errors.ts";
import { type Duration, isDuration, seconds } from "../model/duration.ts";

/** How a service behaves in a rehearsal, beside doing well; times in seconds since its container was started. */
export type Fault =
  /** It is ready at that time: probes pass, a task exits with 0. */
  | { readonly kind: "ready"; readonly at: number }
  /** It is never ready: probes fail, a task does not end. */
  | { readonly kind: "never" }
  /** It exits, in each run or in the first few. */
  | { readonly kind: "exit"; readonly code: number; readonly at: number; readonly runs: number }
  /** It exits with 1 as soon as it is started, again and again. */
  | { readonly kind: "crash-loop" }
  /** From then on its probes fail and pass in turn, each for that long. */
  | { readonly kind: "flap"; readonly every: number }
  /** Each of its probes takes that long, and passes if it may. */
  | { readonly kind: "slow-probe"; readonly seconds: number }
  /** The kernel kills it: out of memory. */
  | { readonly kind: "oom"; readonly at: number }
  /** From then on its probes fail. */
  | { readonly kind: "unhealthy"; readonly at: number };

/** A fault as it is written: `"ready@4s"`, `"never"`, `"exit:3@2s"`, `"exit:1@2s*3"` (in the first three runs), `"crash-loop"`, ... */
export type FaultText =
  | `ready@${Duration}`
  | "never"
  | `exit:${number}@${Duration}`
  | `exit:${number}@${Duration}*${number}`
  | "crash-loop"
  | `flap@${Duration}`
  | `slow-probe:${Duration}`
  | `oom@${Duration}`
  | `unhealthy@${Duration}`;

/** The forms of a fault, for messages and help. */
export const FAULT_FORMS = "ready@4s, never, exit:3@2s, exit:3@2s*2, crash-loop, flap@10s, slow-probe:2s, oom@5s, unhealthy@30s";

/**
 * Reads a fault.
 *
 * @throws {StackError} `usage`, with the accepted forms.
 */
export function parseFault(text: string, path = ""): Fault {
  const [, kind = "", code, time, runs] = /^([a-z-]+)(?::(\d+)(?=@))?(?:[@:](.+?))?(?:\*(\d+))?$/.exec(text) ?? [];
  const form = FORMS.get(kind);
  if (form === undefined) throw wrong(text, path, `write one of ${FAULT_FORMS}`);
  const separator = text.charAt(kind.length);
  const fits =
    (code !== undefined) === form.code &&
    (time !== undefined) === form.time &&
    (runs === undefined || kind === "exit") &&
    (kind === "exit" || separator === (form.separator ?? ""));
  if (!fits) throw wrong(text, path, `write ${form.example}`);
  if (time !== undefined && !isDuration(time)) throw wrong(text, path, `"${time}" is not a duration: write "5s", "1m30s" or "500ms"`);
  if (kind === "flap" && seconds(time as Duration) === 0) throw wrong(text, path, "it takes longer than 0s: write flap@10s");
  if (Number(code ?? 0) > 255) throw wrong(text, path, `${code} is not an exit code: write a number from 0 to 255`);
  if (runs !== undefined && Number(runs) === 0) throw wrong(text, path, "it happens in at least one run: write exit:3@2s*2");
  return form.fault(time === undefined ? 0 : seconds(time as Duration), Number(code ?? 0), Number(runs ?? Number.POSITIVE_INFINITY));
}

interface Form {
  readonly code: boolean;
  readonly time: boolean;
  readonly separator?: "@" | ":";
  readonly example: string;
  readonly fault: (time: number, code: number, runs: number) => Fault;
}

const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>(
  Object.entries<Form>({
    ready: { code: false, time: true, separator: "@", example: "ready@4s", fault: (at) => ({ kind: "ready", at }) },
    never: { code: false, time: false, example: "never", fault: () => ({ kind: "never" }) },
    exit: { code: true, time: true, example: "exit:3@2s", fault: (at, code, runs) => ({ kind: "exit", code, at, runs }) },
    "crash-loop": { code: false, time: false, example: "crash-loop", fault: () => ({ kind: "crash-loop" }) },
    flap: { code: false, time: true, separator: "@", example: "flap@10s", fault: (every) => ({ kind: "flap", every }) },
    "slow-probe": {
      code: false,
      time: true,
      separator: ":",
      example: "slow-probe:2s",
      fault: (time) => ({ kind: "slow-probe", seconds: time }),
    },
    oom: { code: false, time: true, separator: "@", example: "oom@5s", fault: (at) => ({ kind: "oom", at }) },
    unhealthy: { code: false, time: true, separator: "@", example: "unhealthy@30s", fault: (at) => ({ kind: "unhealthy", at }) },
  }),
);

function wrong(text: string, path: string, hint: string): StackError {
  return StackError.of("usage", `"${text}" is not a fault`, { path, hint });
}
