import type { Rule } from "../../src/check/rule.ts";
import { RULES } from "../../src/check/rules.ts";

/** The text of docs/rules.md. */
export function rulesPage(): string {
  return `${HEAD}\n${contents()}\n${RULES.map(section).join("\n")}`;
}

const HEAD = `<!-- Written by \`npm run docs\` from src/check/rules.ts; do not edit. -->
# Rules

\`stackwright check [STACK | compose.yaml | Dockerfile ...]\` judges by these ${RULES.length} rules: every stack of the project where none is named.

An **error** can never work, or the stack can't start; \`check\` exits 1. A **warning** works, but not in a situation that is
known to happen; it fails \`check\` only with \`--max-warnings\`. An **info** is advice. A finding may matter less than its rule
says: a fact about an image of which we are not sure never makes an error.

Of some rules an error makes a stack *unsound*: \`generate\`, \`plan\` and \`up\` refuse it. A Compose file is refused only where
Compose itself refuses it; what Compose can launch, at least in part, is only reported.
`;

function contents(): string {
  const rows = RULES.map(({ name, severity, summary }) => `| [${name}](#${name}) | ${severity} | ${summary} |`);
  return `${["| rule | severity | what is found |", "|---|---|---|", ...rows].join("\n")}\n`;
}

function section({ name, severity, refuses, summary, why, fix, bad, good, sources }: Rule): string {
  return `## ${name}

**${severity}**${refuses === undefined ? "" : `, ${REFUSES[refuses]}`}. ${summary}

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

const REFUSES = { "every stack": "makes a stack unsound", typescript: "makes a stack in TypeScript unsound" } as const;

function languageOf(example: string): string {
  if (/^import\s/.test(example)) return "ts";
  return /^(?:#.*\n)*(?:FROM|ARG)\s/.test(example) ? "dockerfile" : "yaml";
}

function linked(source: string): string {
  const [, repository, number] = /^([\w.-]+\/[\w.-]+)#(\d+)$/.exec(source) ?? [];
  if (repository !== undefined) return `[${source}](https://github.com/${repository}/issues/${number})`;
  return source.startsWith("https://") ? `<${source}>` : source;
}
