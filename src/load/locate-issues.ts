import { existsSync, readFileSync } from "node:fs";
import { type Issue, StackError } from "../errors.ts";
import { placeOfText, textOfPlace } from "../model/place.ts";
import { attributePlace, optionPlace } from "./attribute-place.ts";

/**
 * Sharpens the places of issues: from the call that defined a service to the attribute at fault.
 * (The loader keeps lines but not columns.)
 */
export function locateIssues(error: StackError): StackError {
  return new StackError(error.code, error.issues.map(locateIssue), { cause: error.cause });
}

/** Sharpens the place of one issue. */
export function locateIssue<Some extends Issue>(issue: Some): Some {
  const { file, line } = placeOfText(issue.source) ?? {};
  // In a Compose file and in a Dockerfile the places are exact already.
  if (file === undefined || line === undefined || !/\.[mc]?[jt]s$/.test(file) || !existsSync(file)) return issue;
  const [name = "", ...path] = issue.path.split(".");
  const source = readFileSync(file, "utf8");
  const place = issue.kind === "attribute" ? optionPlace(source, line, [name, ...path]) : attributePlace(source, line, name, path);
  return place === undefined ? issue : { ...issue, source: textOfPlace({ file, ...place }) };
}
