import type { CheckedService } from "../../model/checked-stack.ts";
import { show } from "../../model/schema/object.ts";
import { atService, eachService } from "../judging.ts";
import type { Rule } from "../rule.ts";
import { rule } from "../rule.ts";

export const UNSPLITTABLE_COMMAND = rule({
  name: "unsplittable-command",
  severity: "error",
  refuses: "every stack",
  summary: "A command in one text can't be split into words.",
  why: "Compose splits it as a shell would split words, and refuses the file where a quote is open or a bracket needs a shell.",
  fix: "Close the quote, write a list, or let a shell read it.",
  bad: `services:
  web:
    image: busybox:1.37
    command: echo 'ready
`,
  good: `services:
  web:
    image: busybox:1.37
    command: echo 'ready'
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it", "https://github.com/mattn/go-shellwords"],
  judge: judgeCommands("unsplittable"),
});

export const COMMAND_CUT_OFF = rule({
  name: "command-cut-off",
  severity: "error",
  refuses: "typescript",
  summary: "A command in one text has a `;`, `&`, `|`, `<` or `>` outside of quotes.",
  why: "Compose splits the text into words, and no shell reads it: what stands behind the sign is dropped without a word.",
  fix: 'Write a list, or let a shell read it: `["sh", "-c", "migrate && serve"]`.',
  bad: `services:
  web:
    image: busybox:1.37
    command: migrate && serve
`,
  good: `services:
  web:
    image: busybox:1.37
    command: ["sh", "-c", "migrate && serve"]
`,
  sources: [
    "Measured: of `command: migrate && serve`, `docker compose config` 2.40 keeps `migrate`",
    "https://github.com/mattn/go-shellwords",
  ],
  judge: judgeCommands("cut off"),
});

function judgeCommands(kind: Flaw["kind"]): Rule["judge"] {
  const hint = 'write a list, or let a shell read it: ["sh", "-c", "a && b"]';
  return eachService((service) =>
    commandsOf(service).flatMap(([path, command]) => {
      const flaw = typeof command === "string" ? flawOf(command) : undefined;
      return flaw?.kind === kind ? [atService(service, path, `${show(command)} ${flaw.message}`, { hint })] : [];
    }),
  );
}

interface Flaw {
  readonly kind: "unsplittable" | "cut off";
  readonly message: string;
}

function commandsOf({ model }: CheckedService): readonly (readonly [path: string, command: unknown])[] {
  const hooks = (["preStart", "postStart", "preStop"] as const).flatMap((name) =>
    (model[name] ?? []).map(({ command }, index) => [`${name}.${index}.command`, command] as const),
  );
  const watches = (model.develop?.watch ?? []).map(({ exec }, index) => [`develop.watch.${index}.exec.command`, exec?.command] as const);
  return [["command", model.command], ["entrypoint", model.entrypoint], ...hooks, ...watches];
}

/** What is wrong with a command, by the rules of the library that Compose splits it with. */
function flawOf(command: string): Flaw | undefined {
  const unsplittable = (message: string): Flaw => ({ kind: "unsplittable", message });
  const open = new Set<string>();
  const isHidden = (char: string): boolean => [...(HIDES[char] ?? "")].some((quote) => open.has(quote));
  let before = "";
  for (let at = 0; at < command.length; at++) {
    const char = command[at] ?? "";
    if (char === "\\" && !open.has("'")) {
      if (++at === command.length) return unsplittable("ends with a backslash that escapes nothing");
    } else if (char in HIDES && !isHidden(char)) {
      if (char === "(" && (open.has("(") || before !== "$")) return unsplittable("has a ( that only a shell understands");
      toggle(open, char === ")" ? "(" : char);
    } else if (open.size === 0 && ";&|<>".includes(char))
      return { kind: "cut off", message: `is cut off before ${show(char)}: Compose splits it into words, and no shell reads it` };
    before = command[at] ?? "";
  }
  const [quote] = open;
  return quote === undefined ? undefined : unsplittable(`has a ${quote} that is not closed`);
}

/** The signs that open or close something, each with what it may stand in without doing so. Quotes may overlap. */
const HIDES: Readonly<Record<string, string>> = { "'": '"(', '"': "'(", "`": "'\"(", "(": "'\"`", ")": "'\"`" };

function toggle(open: Set<string>, quote: string): void {
  if (!open.delete(quote)) open.add(quote);
}
