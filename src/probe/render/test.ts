import type { AnyProbe, CommandedProbe } from "../catalog.ts";
import type { Contents } from "../facts/contents.ts";
import { choose } from "./choose.ts";
import type { Context } from "./context.ts";
import { quoteAll } from "./quote.ts";
import type { Refusal } from "./refusal.ts";
import { inExecForm, limitFunction, searchScript } from "./search.ts";
import { unfit } from "./unfit.ts";
import { type Way, wholeSeconds } from "./way.ts";
import { type SingleProbe, waysOf } from "./ways-of.ts";

/** What the command is made for. */
export interface Surroundings extends Context {
  /** The image's name as the user wrote it. */
  readonly name?: string | undefined;
  readonly contents?: Contents | undefined;
}

/** The command that does a probe, or why there is none. */
export type Test =
  | {
      readonly kind: "test";
      /** As Compose takes it: `["CMD", ...]` or `["CMD-SHELL", script]`. */
      readonly test: readonly string[];
      /** The ways it goes, the first that works in this order. */
      readonly ways: readonly Way[];
      /** The programs that it needs: all of one of these lists. */
      readonly needs: readonly (readonly string[])[];
      /** Programs that must be in the image although nobody knows whether they are. */
      readonly assumed: readonly string[];
    }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/** Renders the command of a probe. */
export function testOf(probe: CommandedProbe, surroundings: Surroundings): Test {
  const refusal = unfit(probe, surroundings);
  if (refusal !== undefined) return { kind: "refused", refusal };
  if (probe.type === "all" || probe.type === "any") return combined(probe.type, probe.probes as readonly AnyProbe[], surroundings);
  const ways = waysOf(probe as SingleProbe, surroundings).map((way) => located(way, surroundings.contents));
  const choice = choose(ways, surroundings.contents, surroundings.name, "via" in probe ? probe.via : undefined);
  switch (choice.kind) {
    case "refused":
      return choice;
    case "way":
      return {
        kind: "test",
        test: words(choice.way, surroundings),
        ways: [choice.way],
        needs: [choice.way.needs],
        assumed: choice.assumed,
      };
    case "search":
      return {
        kind: "test",
        test: ["CMD-SHELL", searchScript(choice.ways, surroundings.limit)],
        ways: choice.ways,
        needs: choice.ways.map(({ needs }) => needs),
        assumed: ["sh"],
      };
  }
}

/** A way by its program's whole path, where the image has it in a folder that is not on PATH. */
function located(way: Way, contents: Contents | undefined): Way {
  const [program, ...others] = typeof way.run === "string" ? [] : way.run;
  const path = [...(contents?.has ?? [])].find((each) => each.startsWith("/") && each.endsWith(`/${program}`));
  if (program === undefined || path === undefined || contents?.has.has(program) === true) return way;
  return { ...way, needs: way.needs.map((each) => (each === program ? path : each)), run: [path, ...others] };
}

function words({ run, unlimited }: Way, { contents, limit }: Surroundings): readonly string[] {
  const plain = typeof run === "string" ? ["CMD-SHELL", run] : ["CMD", ...run];
  // Busybox's leaves a watcher behind at each look: a zombie for ever, where process 1 does not reap.
  if (unlimited !== true || contents?.lacks.has("timeout") === true || contents?.has.has("busybox") === true) return plain;
  if (contents?.has.has("timeout") === true) return ["CMD", "timeout", wholeSeconds(limit), ...inExecForm(run)];
  // Where nobody knows, the shell looks; for that alone none is assumed.
  const hasShell = typeof run === "string" || contents?.has.has("sh") === true;
  return hasShell ? ["CMD-SHELL", `${limitFunction(limit)}; limited ${quoteAll(inExecForm(run))}`] : plain;
}

function combined(type: "all" | "any", probes: readonly AnyProbe[], surroundings: Surroundings): Test {
  const parts = probes.flatMap((probe) => (probe.type === "none" || probe.type === "fromImage" ? [] : [probe]));
  if (parts.length < probes.length || parts.length === 0) {
    return {
      kind: "refused",
      refusal: { message: `probe.${type} needs probes that have a command`, hint: "leave probe.none() and probe.fromImage() out" },
    };
  }
  // What can't be done in the image is left out where another probe will do.
  const possible = type === "any" ? parts.filter((part) => testOf(part, surroundings).kind === "test") : parts;
  const share = { ...surroundings, limit: surroundings.limit / Math.max(1, possible.length) };
  const tests = (possible.length === 0 ? parts : possible).map((part) => testOf(part, share));
  const refused = tests.find((test) => test.kind === "refused");
  if (refused !== undefined) return refused;
  const done = tests.flatMap((test) => (test.kind === "test" ? [test] : []));
  const [only] = done;
  if (type === "any" && only !== undefined && done.length === 1) return only;
  const shell = choose([JOINING], surroundings.contents, surroundings.name, undefined);
  if (shell.kind === "refused") return shell;
  return {
    kind: "test",
    test: ["CMD-SHELL", done.map(({ test }) => asShell(test)).join(type === "all" ? " && " : " || ")],
    ways: done.flatMap(({ ways }) => ways),
    needs: type === "all" ? allOf(done.map(({ needs }) => needs)) : done.flatMap(({ needs }) => needs),
    assumed: [...new Set(done.flatMap(({ assumed }) => assumed))],
  };
}

/** Several commands are one by the shell alone. */
const JOINING: Way = { tool: "sh", needs: ["sh"], run: "" };

/** What is needed by things that are all done, each of which needs one of several lists. */
function allOf(parts: readonly (readonly (readonly string[])[])[]): readonly (readonly string[])[] {
  return parts.reduce<readonly (readonly string[])[]>(
    (before, lists) => {
      const both = before.flatMap((one) => lists.map((other) => [...new Set([...one, ...other])]));
      return [...new Map(both.map((list) => [list.toSorted().join(), list])).values()];
    },
    [[]],
  );
}

function asShell([form, ...rest]: readonly string[]): string {
  // The end of a line ends a comment and a here-document, too.
  return form === "CMD" ? quoteAll(rest) : `( ${rest[0] ?? ""}\n)`;
}
