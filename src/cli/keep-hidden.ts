import { openEngine } from "../drive/engine/engine.ts";
import { hideSecrets, type OpenedStack } from "./opened-stack.ts";
import type { Console } from "./render/console.ts";

/** Secrets that are hidden for as long as a command goes on. */
export interface Hiding {
  /** When the values of all containers that have started by now are known. */
  known(): Promise<void>;
  close(): void;
}

/** Hides what the containers of a stack were given as secrets, and what those are given that start later, by whomever. */
export async function keepHidden(console: Console, opened: OpenedStack): Promise<Hiding> {
  const engine = openEngine();
  const over = new AbortController();
  let pending = hideSecrets(console, engine, opened);
  try {
    await pending;
  } catch (error) {
    engine.close();
    throw error;
  }
  void listen();
  return {
    known: () => pending,
    close: () => {
      over.abort();
      engine.close();
    },
  };

  async function listen(): Promise<void> {
    try {
      for await (const { Action } of await engine.events(opened.project.name, over.signal)) {
        // A container that is gone again has nothing more to say.
        if (Action === "start") pending = hideSecrets(console, engine, opened).catch(() => undefined);
      }
    } catch {
      // Without events only what was there at first is known.
    }
  }
}
