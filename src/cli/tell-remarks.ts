import { remarks } from "../check/judge.ts";
import { locateIssue } from "../load/locate-issues.ts";
import { withFiles } from "./checked-subject.ts";
import type { OpenedStack } from "./opened-stack.ts";
import type { CheckResult } from "./render/check-result.ts";
import type { Console } from "./render/console.ts";
import { remarkLines } from "./render/findings.ts";
import { shownIssue } from "./render/shown-lines.ts";
import { settingsOfProject } from "./settings.ts";

/** What the files that are written for a stack take for granted, as the project's configuration wants it told. */
export async function remarksOn({ subject, source, layout }: OpenedStack): Promise<CheckResult["findings"]> {
  // What the files tell of an image can only take an assumption away.
  if (remarks(subject).length === 0) return [];
  const found = remarks(withFiles(subject, source), await settingsOfProject(layout.root));
  return eachOnce(found).map((each) => shownIssue(locateIssue(each)));
}

/** Services that are alike take the same for granted: that is told of the first, with the number of the others. */
function eachOnce(found: CheckResult["findings"]): CheckResult["findings"] {
  const counts = new Map<string, number>();
  for (const { message } of found) counts.set(message, (counts.get(message) ?? 0) + 1);
  const told = new Set<string>();
  return found.flatMap((each) => {
    if (told.has(each.message)) return [];
    told.add(each.message);
    const others = (counts.get(each.message) ?? 1) - 1;
    return [others === 0 ? each : { ...each, message: `${each.message} (and so do ${others} more)` }];
  });
}

/** Tells it beside the output of a command. */
export async function tellRemarks(console: Console, opened: OpenedStack): Promise<void> {
  for (const line of remarkLines(await remarksOn(opened), console.style)) console.error(line);
}
