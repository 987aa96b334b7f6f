import type { Status } from "../../catalogue/network.ts";

/** Statuses as patterns of a shell's `case`: `2??|304`; the default is 2xx and 3xx. */
export function statusPatterns(status: Status | readonly Status[] | undefined): readonly string[] {
  if (status === undefined) return ["2??", "3??"];
  return [status].flat().map((each) => String(each).replace("xx", "??"));
}

/** Statuses as a regular expression that every language here understands. */
export function statusExpression(status: Status | readonly Status[] | undefined): string {
  return `^(${statusPatterns(status).join("|").replaceAll("?", "\\d")})$`;
}

/** Whether nothing was said about the status. */
export function isDefaultStatus(status: Status | readonly Status[] | undefined): boolean {
  return status === undefined;
}
