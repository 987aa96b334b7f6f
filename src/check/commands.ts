import type { Issue } from "../errors.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { show } from "../model/schema/object.ts";
import { type Draft, issueAt } from "./draft.ts";

/** Commands in one text that Compose, which splits it into words without a shell, would cut off or refuse. */
export function checkCommands({ services }: Draft): readonly Issue[] {
  return [...services.values()].flatMap((service) =>
    commandsOf(service).flatMap(([path, command]) => {
      const message = typeof command === "string" ? problem(command) : undefined;
      return message === undefined ? [] : [issueAt(service.definition, `${service.name}.${path}`, message, HINT)];
    }),
  );
}

const HINT = 'write a list, or let a shell read it: ["sh", "-c", "a && b"]';

function commandsOf({ model }: CheckedService): readonly (readonly [path: string, command: unknown])[] {
  const hooks = (["preStart", "postStart", "preStop"] as const).flatMap((name) =>
    (model[name] ?? []).map(({ command }, index) => [`${name}.${index}.command`, command] as const),
  );
  const watches = (model.develop?.watch ?? []).map(({ exec }, index) => [`develop.watch.${index}.exec.command`, exec?.command] as const);
  return [["command", model.command], ["entrypoint", model.entrypoint], ...hooks, ...watches];
}

/** What is wrong with a command, by the rules of the library that Compose splits it with. @see https://github.com/mattn/go-shellwords */
function problem(command: string): string | undefined {
  let quote: string | undefined;
  for (let at = 0; at < command.length; at++) {
    const char = command[at] ?? "";
    if (char === "\\" && quote !== "'") {
      if (++at === command.length) return `${show(command)} ends with a backslash that escapes nothing`;
    } else if (quote !== undefined) {
      if (char === CLOSING[quote]) quote = undefined;
    } else if (char === "(" && command[at - 1] === "$") quote = "(";
    else if (char === "'" || char === '"' || char === "`") quote = char;
    else if (char === "(" || char === ")") return `${show(command)} has a ${char} that only a shell understands`;
    else if (";&|<>".includes(char))
      return `${show(command)} is cut off before ${show(char)}: Compose splits it into words, and no shell reads it`;
  }
  return quote === undefined ? undefined : `${show(command)} has a ${quote} that is not closed`;
}

const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', "`": "`", "(": ")" };
