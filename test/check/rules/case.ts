import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Judgement, judge } from "../../../src/check/judge.ts";
import type { Severity } from "../../../src/check/rule.ts";
import type { RuleName } from "../../../src/check/rules.ts";
import { isDockerfilePath, subjectOfDockerfile, subjectOfStack, subjectOfUnread } from "../../../src/cli/checked-subject.ts";
import { StackError } from "../../../src/errors.ts";
import { readCompose } from "../../../src/load/compose/read-compose.ts";
import { loadModule } from "../../../src/load/load-stack.ts";
import type { Stack } from "../../../src/model/stack.ts";

/** A Compose file, a Dockerfile, or a stack; a case that triggers says where and what. */
export interface RuleCase {
  /** A sentence: what makes this case worth having. */
  readonly title: string;
  /** The text of a Compose file (it begins with a key), of a Dockerfile (`FROM`), or of a stack's module (`import`); or a stack. */
  readonly of: string | Stack;
  /** Further files beside it: `{ "api/Dockerfile": "FROM ..." }`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Where it is found, each time: the path, and for Dockerfiles the line, as `3`. Default: it is found at all. */
  readonly at?: readonly (string | number)[];
  /** Default: the rule's. */
  readonly severity?: Severity;
  /** What each message says. */
  readonly says?: RegExp;
}

/** What triggers a rule, and near misses that must not. */
export type RuleCases = { readonly [Name in RuleName]?: { readonly triggers: readonly RuleCase[]; readonly misses: readonly RuleCase[] } };

/** All that the rules find in a case. */
export async function found(of: RuleCase["of"], files: RuleCase["files"] = {}): Promise<readonly Judgement[]> {
  const folder = mkdtempSync(join(tmpdir(), "stackwright-rule-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return judge({ ...(await subjectOf(of, folder)), localImages: LOCAL_IMAGES }).findings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What was looked into with `check --images`, and what was found there. */
const LOCAL_IMAGES = new Map([
  ["acme/absent:1", undefined],
  ["busybox:1.37", { programs: new Set(["sh", "wget"]), scripts: new Set(["/opt/ready.sh"]) }],
  ["acme/looked-into:1", { programs: new Set(["sh", "curl"]), scripts: new Set<string>() }],
]);

async function subjectOf(of: string | Stack, folder: string): Promise<ReturnType<typeof subjectOfStack>> {
  if (typeof of !== "string") return subjectOfStack({ stack: of, file: join(folder, "stack.ts") });
  const file = join(folder, nameOf(of));
  writeFileSync(file, of);
  if (isDockerfilePath(file)) return subjectOfDockerfile(file);
  try {
    const loaded = file.endsWith(".yaml")
      ? { stack: readCompose(file, { environment: {} }), file }
      : await loadModule({ file, root: folder });
    return subjectOfStack(loaded);
  } catch (error) {
    if (error instanceof StackError) return subjectOfUnread({ name: file, root: folder, error });
    throw error;
  }
}

function nameOf(text: string): string {
  // Which of the two names it has is said by a comment, as in a file of that name.
  if (text.startsWith("# Containerfile\n")) return "Containerfile";
  const first = text.split("\n").find((line) => line.trim() !== "" && !line.startsWith("#")) ?? "";
  if (/^(FROM|ARG)\s/i.test(first)) return "Dockerfile";
  return /^import\s/.test(first) ? "stack.ts" : "compose.yaml";
}
