import type { LaunchReport } from "../../drive/bring-up.ts";
import { shown } from "./console.ts";

/**
 * Annotations of GitHub Actions, one for each culprit, at the place of its service.
 *
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function githubAnnotations({ culprits }: Pick<LaunchReport, "culprits">): readonly string[] {
  return culprits.map(({ service, message, hint, source }) => {
    const [, file, line, column] = /^(.*):(\d+):(\d+)$/.exec(source ?? "") ?? [];
    const place = file === undefined ? "" : `file=${property(shown(file))},line=${line},col=${column},`;
    return `::error ${place}title=${property(service)}::${data(`${message}\n${hint}`)}`;
  });
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
