import type { Snapshot } from "../drive/decide/snapshot.ts";
import { isUp } from "../drive/engine/is-up.ts";

const controller = new AbortController();
let listens = false;

/** A signal that Ctrl-C gives once; the second time the process says so and ends at once. */
export function interruption(): AbortSignal {
  if (!listens) for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, interrupt);
  listens = true;
  return controller.signal;
}

function interrupt(): void {
  if (controller.signal.aborted) {
    process.stderr.write("interrupted again: what was under way is left as it is\n");
    process.exit(130);
  }
  controller.abort();
}

/** Whether it was given: what fails from then on, e.g. a child that the terminal's Ctrl-C has ended as well, fails because of it. */
export function isInterrupted(): boolean {
  return controller.signal.aborted;
}

interface Interrupted {
  readonly services: readonly { readonly service: string }[];
  readonly snapshot: Pick<Snapshot, "containers">;
  readonly unhooked?: readonly string[];
}

/** What an interrupted launch leaves. */
export function interruptedLaunch({ services, snapshot: { containers }, unhooked = [] }: Interrupted): readonly string[] {
  const up = new Set(containers.filter(({ status }) => isUp({ State: status })).map((container) => container.service));
  const named = services.map(({ service }) => service).filter((service) => up.has(service) && !unhooked.includes(service));
  const running = `interrupted; still running: ${named.length === 0 ? "nothing" : named.join(", ")}`;
  // The old container beside the new one: Compose has told it to stop.
  const places = containers.map(({ service, number }) => `${service} ${number}`);
  return new Set(places).size < places.length ? [running, STOPS_STILL] : [running];
}

/** The engine does not take back what it was told: it kills what does not end within its grace period. */
export const STOPS_STILL = "what was told to stop will stop all the same";

/** What is left by a removal that was interrupted: containers, each with its state. */
export function interruptedRemoval(left: readonly { readonly name: string; readonly state: string }[]): string {
  const containers = left.map(({ name, state }) => `${name} (${state})`).join(", ");
  return `interrupted; ${left.length === 0 ? "no container is left, though a network may be" : `not removed yet: ${containers}`}`;
}
