import { existsSync, readFileSync } from "node:fs";
import { type Issue, StackError } from "../errors.ts";
import { attributePlace } from "./attribute-place.ts";

/**
 * Sharpens the places of issues: from the call that defined a service to the attribute at fault.
 * (The loader keeps lines but not columns.)
 */
export function locateIssues(error: StackError): StackError {
  return new StackError(error.code, error.issues.map(locateIssue), { cause: error.cause });
}

/** Sharpens the place of one issue. */
export function locateIssue<Some extends Issue>(issue: Some): Some {
  const match = /^(.*\.[mc]?[jt]s):(\d+):\d+$/.exec(issue.source ?? "");
  if (match === null) return issue;
  const [, file = "", line = ""] = match;
  // In a Compose file and in a Dockerfile the places are exact already.
  if (!existsSync(file)) return issue;
  const [name = "", ...path] = issue.path.split(".");
  const place = attributePlace(readFileSync(file, "utf8"), Number(line), name, path);
  return place === undefined ? issue : { ...issue, source: `${file}:${place.line}:${place.column}` };
}
