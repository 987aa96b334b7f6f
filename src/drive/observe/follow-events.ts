import type { Engine, EngineEvent } from "../engine/engine.ts";
import { pause } from "../pause.ts";

export interface EventFollower {
  /** What to be told of. Default: all that inspection shows. */
  readonly actions?: readonly string[];
  readonly onEvent: (event: EngineEvent) => void;
  /** The stream has broken, or could not be opened: until it is open again, something may be missed. */
  readonly onCut?: () => void;
  /** It is open again. */
  readonly onResumed?: () => void;
}

/**
 * Follows what happens to the containers of a project, until the signal ends it. A stream that breaks is opened again. It is ready
 * when it is open, or could not be opened for the first time.
 */
export function followEvents(
  engine: Pick<Engine, "events">,
  project: string,
  { actions, onEvent, onCut, onResumed }: EventFollower,
  signal: AbortSignal,
): { readonly ready: Promise<void>; readonly ended: Promise<void> } {
  let tried = (): void => undefined;
  const ready = new Promise<void>((resolve) => {
    tried = resolve;
  });
  const run = async (): Promise<void> => {
    let wasCut = false;
    while (!signal.aborted) {
      try {
        const events = await engine.events(project, signal, actions);
        if (wasCut) onResumed?.();
        tried();
        for await (const event of events) onEvent(event);
      } catch {
        // Whether the engine is gone for good, others find out.
      }
      wasCut = true;
      onCut?.();
      tried();
      await pause(AGAIN_AFTER, signal);
    }
    tried();
  };
  return { ready, ended: run() };
}

/** Milliseconds after which a stream that broke is opened again. */
const AGAIN_AFTER = 200;
