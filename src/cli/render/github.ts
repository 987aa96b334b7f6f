import { relative, resolve } from "node:path";
import type { Judgement } from "../../check/judge.ts";
import type { LaunchReport } from "../../drive/launch-report.ts";
import type { Redact } from "../../drive/secrets/redact.ts";
import { placeOfText } from "../../model/place.ts";
import { shown } from "./console.ts";

/** Whether this runs in a workflow of GitHub Actions, or of what is compatible with them. */
export function isOnGitHub(): boolean {
  return !["", "false"].includes(process.env["GITHUB_ACTIONS"] ?? "");
}

/** A finding of `check` as an annotation of GitHub Actions. */
export function githubAnnotation({ severity, rule, path, message, hint, source }: Judgement): string {
  const level = severity === "info" ? "notice" : severity;
  const what = path === "" ? message : `${path}: ${message}`;
  return `::${level} ${placeIn(source)}title=${property(rule)}::${data(hint === undefined ? what : `${what}\n${hint}`)}`;
}

/**
 * Annotations of GitHub Actions, one for each culprit, at the place of its service; redacted before they are escaped.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function githubAnnotations({ culprits }: Pick<LaunchReport, "culprits">, redact: Redact): readonly string[] {
  return culprits.map(({ service, message, hint, source }) => {
    return `::error ${placeIn(source)}title=${property(service)}::${data(redact(`${message}\n${hint}`))}`;
  });
}

// GitHub takes a path that is not absolute for one from the root of the repository, wherever a command runs.
function placeIn(source: string | undefined): string {
  const place = placeOfText(source);
  const root = process.env["GITHUB_WORKSPACE"];
  if (place === undefined) return "";
  const { file, line, column } = place;
  return `file=${property(root ? relative(root, resolve(file)) : shown(file))},line=${line},col=${column},`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
