/** What went wrong, as a closed set; `src/cli/exit-code.ts` maps each to an exit code. */
export type ErrorCode =
  /** The command line, or the environment it needs, is wrong. */
  | "usage"
  /** The stack is wrong, or its module can't be loaded. */
  | "invalid-stack"
  /** No Docker Engine or Compose answers, it is too old, or it went away. */
  | "no-engine"
  /** A build, a pull or the creation of a container failed. */
  | "create-failed"
  /** A launched stack did not become ready; `cause` is the report. */
  | "not-ready"
  /** A file can't be read or written. */
  | "file";

/** One thing that is wrong, where it is, and what to do about it. */
export interface Issue {
  /** Where in the stack, e.g. `db.healthcheck.interval`; empty where no place applies. */
  readonly path: string;
  /** What is wrong: the value received and what is accepted. */
  readonly message: string;
  /** The definition that caused it, as `file:line:column`. */
  readonly source?: string | undefined;
  /** What to change. */
  readonly hint?: string | undefined;
  /** What kind of thing is wrong. Default: an attribute or its value. */
  readonly kind?: IssueKind | undefined;
}

/** What is wrong with a stack. Default: an attribute or its value. */
export type IssueKind =
  /** The value of an attribute or an option, where it would be taken for something else otherwise. */
  | "attribute"
  /** The text of a Compose file is not YAML. */
  | "yaml"
  /** A file that the stack is read from can't be read. */
  | "file"
  /** A name stands for nothing, or for what names it. */
  | "reference"
  /** Two things have one name. */
  | "name"
  /** The module of a stack throws, or exports no stack. */
  | "module";

/** The one error class: everything a user can cause is a `StackError`; anything else is a bug of ours. */
export class StackError extends Error {
  override readonly name = "StackError";
  readonly code: ErrorCode;
  readonly issues: readonly Issue[];

  constructor(code: ErrorCode, issues: readonly Issue[], options?: ErrorOptions) {
    super(issues.map(formatIssue).join("\n"), options);
    this.code = code;
    this.issues = issues;
  }

  /** An error with a single issue. */
  static of(code: ErrorCode, message: string, rest: Partial<Issue> & ErrorOptions = {}): StackError {
    const { cause, ...issue } = rest;
    return new StackError(code, [{ path: "", message, ...issue }], { cause });
  }
}

/** One issue as a line of text: `source  path  message`, and its hint below. */
export function formatIssue(issue: Issue): string {
  const line = [issue.source, issue.path, issue.message].filter(Boolean).join("  ");
  return issue.hint === undefined ? line : `${line}\n    ${issue.hint}`;
}
