import { quoteAll } from "./quote.ts";
import type { Way } from "./way.ts";

/** A script that goes the first way for which everything is there. */
export function searchScript(ways: readonly Way[]): string {
  const branches = ways.map((way) => `${found(way)}; then ${typeof way.run === "string" ? way.run : `exec ${quoteAll(way.run)}`}`);
  const names = [...new Set(ways.map(({ tool }) => tool))].join(", ");
  return `if ${branches.join("; elif ")}; else echo "none of ${names} is in this image"; exit 1; fi`;
}

function found({ needs }: Way): string {
  return needs
    .filter((program) => program !== "sh")
    .map((program) => `command -v ${program} >/dev/null 2>&1`)
    .join(" && ");
}
