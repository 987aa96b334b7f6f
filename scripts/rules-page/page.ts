import type { Rule } from "../../src/check/rule.ts";
import { RULES } from "../../src/check/rules.ts";

/** The text of docs/rules.md. */
export function rulesPage(): string {
  return `${HEAD}\n${contents()}\n${RULES.map(section).join("\n")}`;
}

const HEAD = `<!-- Written by \`npm run docs\` from src/check/rules.ts; do not edit. -->
# Rules

\`stackwright check [STACK | compose.yaml | Dockerfile ...]\` judges by these ${RULES.length} rules: every stack of the project where none is named.

What is found as an **error** can never work: the stack can't start, an image can't be built, a check is always red, or always
green; \`check\` exits 1. A **warning** works, but not in a situation that is known to happen, or it does harm beside its work; it
fails \`check\` only with \`--max-warnings\`. An **info** is advice. A finding may matter less than its rule says: a fact about an
image of which we are not sure never makes an error.

Of some rules an error makes a stack *unsound*: \`generate\`, \`plan\` and \`up\` refuse it. A Compose file is refused only where
Compose itself refuses it; what Compose can launch, at least in part, is only reported. A stack in TypeScript is refused for
more, and all that it is refused for is an error there.

## Configuration

In \`stackwright.config.ts\`, at the root of the project (the folder with \`stacks/\`, or the nearest \`package.json\`):

\`\`\`ts
import { defineConfig } from "stackwright";

export default defineConfig({ rules: { "zero-timing": "error", "multiple-healthcheck": "off" } });
\`\`\`

A severity is \`"off"\`, \`"info"\`, \`"warning"\` or \`"error"\`. A single finding is accepted with a reason: by a comment in a Compose
file, inside of the service or right above it (elsewhere it is meant for the whole file), by a comment in a Dockerfile, or by
an extension, which works in TypeScript too:

\`\`\`yaml
services:
  # stackwright: allow zero-timing -- Docker's own default is what we want
  db:
    image: postgres:17
    x-stackwright:
      allow:
        port-conflict: one of the two is launched at a time
\`\`\`

What is allowed is counted; an allowance that allows nothing, or gives no reason, is a finding (\`unused-allowance\`). What makes
a stack unsound can be neither allowed nor switched off.

## Output

\`--format text\` (with annotations where \`GITHUB_ACTIONS\` is set), \`json\` (also \`--json\`), \`sarif\` (2.1.0), \`github\`.
\`--quiet\` tells errors only; \`--max-warnings 0\` fails on warnings. Exit code 1 stands for an error, or too many warnings.

## The rules
`;

function contents(): string {
  const rows = RULES.map(({ name, severity, summary }) => `| [${name}](#${name}) | ${severity} | ${summary} |`);
  return `${["| rule | severity | what is found |", "|---|---|---|", ...rows].join("\n")}\n`;
}

function section({ name, severity, refuses, summary, why, fix, bad, good, sources }: Rule): string {
  return `## ${name}

**${severity}**${refuses === undefined ? "" : `, ${consequence(refuses, severity)}`}. ${summary}

Why: ${why}

Fix: ${fix}

\`\`\`${languageOf(bad)}
${bad.trimEnd()}
\`\`\`

better:

\`\`\`${languageOf(good)}
${good.trimEnd()}
\`\`\`

Sources: ${sources.map(linked).join("; ")}
`;
}

function consequence(refuses: NonNullable<Rule["refuses"]>, severity: Rule["severity"]): string {
  if (refuses === "every stack") return "makes a stack unsound";
  return severity === "error" ? "makes a stack in TypeScript unsound" : "and an error in TypeScript, where it makes the stack unsound";
}

function languageOf(example: string): string {
  if (/^import\s/.test(example)) return "ts";
  return /^(?:#.*\n)*(?:FROM|ARG)\s/.test(example) ? "dockerfile" : "yaml";
}

function linked(source: string): string {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(source) ?? [];
  if (repository !== undefined) return `[${source}](https://github.com/${repository}/issues/${number})`;
  return source.startsWith("https://") ? `<${source}>` : source;
}
