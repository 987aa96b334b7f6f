import type { EngineSilence } from "../../drive/patience.ts";
import type { Console } from "./console.ts";

/** What is told of an engine that gives no answer, or answers again. */
export function silenceLine({ answers, seconds, patience }: EngineSilence): string {
  return answers
    ? `the Docker Engine answers again, after ${seconds.toFixed(1)} s`
    : `the Docker Engine gives no answer, and is waited for: up to ${patience} s`;
}

/** Tells it beside the output of a command. */
export function tellSilence(console: Console): (silence: EngineSilence) => void {
  return (silence) => console.error(silenceLine(silence));
}
