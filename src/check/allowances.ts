import type { CheckedService } from "../model/checked-stack.ts";
import { type Definition, placeOf } from "../model/definition.ts";
import { textOfPlace } from "../model/place.ts";
import type { Finding } from "./rule.ts";
import type { ComposeText, DockerfileText, Subject } from "./subject.ts";

/** A finding that somebody accepts: `"x-stackwright": { allow: { RULE: REASON } }`, or `# stackwright: allow RULE -- REASON`. */
export interface Allowance {
  /** As it was written; maybe no rule at all. */
  readonly rule: string;
  /** Why; an allowance without a reason allows nothing. */
  readonly reason: string | undefined;
  /** Where it was written, as findings say it. */
  readonly at: Pick<Finding, "path" | "source">;
  /** Whether it is meant for a finding. */
  readonly covers: (finding: Finding) => boolean;
}

/** Every allowance of a stack and its Dockerfiles. */
export function allowancesOf(subject: Subject): readonly Allowance[] {
  return [
    ...declared(subject.extensions, { path: "x-stackwright", definition: subject.stack.definition }, () => true),
    ...[...subject.services.values()].flatMap((service) =>
      declared(service.model, { path: `${service.name}.x-stackwright`, definition: service.definition }, isOf(service.name)),
    ),
    ...subject.composeFiles.flatMap((file) => inComposeFile(file, [...subject.services.values()])),
    ...subject.dockerfiles.flatMap(inDockerfile),
  ];
}

interface At {
  readonly path: string;
  readonly definition: Definition;
}

function declared(holder: object, { path, definition }: At, covers: Allowance["covers"]): readonly Allowance[] {
  const allow = (holder as { readonly "x-stackwright"?: { readonly allow?: unknown } | null })["x-stackwright"]?.allow;
  if (typeof allow !== "object" || allow === null) return [];
  return Object.entries(allow).map(([rule, reason]) => {
    const place = placeOf(definition, ["x-stackwright", "allow", rule]);
    const source = textOfPlace(place);
    return {
      rule,
      reason: typeof reason === "string" ? reasonIn(reason) : undefined,
      at: { path: `${path}.allow.${rule}`, source },
      covers,
    };
  });
}

const isOf =
  (service: string) =>
  ({ path }: Finding): boolean =>
    path === service || path.startsWith(`${service}.`);

interface Comment {
  readonly rules: readonly string[];
  readonly reason: string | undefined;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Comments of the form `# stackwright: allow RULE, RULE -- REASON`. */
function commentsIn(text: string): readonly Comment[] {
  return text.split("\n").flatMap((line, index) => {
    const start = line.indexOf("# stackwright:");
    if (start < 0) return [];
    const [words = "", ...rest] = line.slice(start + "# stackwright:".length).split(" -- ");
    const [verb, ...rules] = words.split(/[\s,]+/).filter((word) => word !== "");
    if (verb !== "allow") return [];
    return [{ rules, reason: reasonIn(rest.join(" -- ")), line: index + 1, column: start + 1 }];
  });
}

function reasonIn(text: string): string | undefined {
  return text.trim() === "" ? undefined : text.trim();
}

function allowancesIn(file: string | undefined, comments: readonly Comment[], scopeOf: (comment: Comment) => Scope): readonly Allowance[] {
  return comments.flatMap((comment) => {
    const { path, covers } = scopeOf(comment);
    const source = file === undefined ? undefined : textOfPlace({ file, ...comment });
    return comment.rules.map((rule) => ({ rule, reason: comment.reason, at: { path, source }, covers }));
  });
}

interface Scope {
  readonly path: string;
  readonly covers: Allowance["covers"];
}

/** A comment inside of a service, or right above it, is meant for the service; any other one for the whole file. */
function inComposeFile({ file, text }: ComposeText, services: readonly CheckedService[]): readonly Allowance[] {
  const lines = text.split("\n");
  const starts = services.flatMap(({ name, definition }) => {
    const place = placeOf(definition);
    return place?.file === file ? [{ name, line: place.line }] : [];
  });
  return allowancesIn(file, commentsIn(text), ({ line }) => {
    const name = starts.find((start) => start.line === lineBelow(lines, line))?.name ?? serviceAround(starts, lines, line);
    return name === undefined
      ? { path: "", covers: ({ source }) => source?.startsWith(`${file}:`) === true }
      : { path: name, covers: isOf(name) };
  });
}

/** The line that a comment stands above, past other comments; its own where it ends a line. */
function lineBelow(lines: readonly string[], line: number): number {
  let below = line;
  while (below <= lines.length && /^\s*(?:#|$)/.test(lines[below - 1] ?? "")) below++;
  return below;
}

function serviceAround(starts: readonly { name: string; line: number }[], lines: readonly string[], line: number): string | undefined {
  const before = starts.filter((start) => start.line <= line).toSorted((a, b) => b.line - a.line)[0];
  if (before === undefined) return undefined;
  // What begins in the first column ends the section of the services.
  return lines.slice(before.line, line).some((each) => /^[^\s#]/.test(each)) ? undefined : before.name;
}

function inDockerfile({ file, text, builds }: DockerfileText): readonly Allowance[] {
  const covers = ({ path, source }: Finding): boolean =>
    file === undefined ? builds.some(({ service }) => path === `${service.name}.build`) : source?.startsWith(`${file}:`) === true;
  return allowancesIn(file, commentsIn(text), () => ({ path: "", covers }));
}
