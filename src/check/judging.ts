import { snakeCase } from "../model/attribute-name.ts";
import type { CheckedService } from "../model/checked-stack.ts";
import { placeOf } from "../model/definition.ts";
import { textOfPlace } from "../model/place.ts";
import type { DependencyModel } from "../model/schema/depends-on.ts";
import { issueOf } from "./draft.ts";
import type { Finding, Rule } from "./rule.ts";
import type { DockerfileText, Subject } from "./subject.ts";

type Judge = Rule["judge"];

/** Judges one service after the other. */
export function eachService(judge: (service: CheckedService, subject: Subject) => readonly Finding[]): Judge {
  return (subject) => [...subject.services.values()].flatMap((service) => judge(service, subject));
}

/** A service that waits for another one. */
export interface Wait {
  /** The service that waits. */
  readonly service: CheckedService;
  /** The name of the service that it waits for. */
  readonly on: string;
  /** That service; absent where there is none, or none that did parse. */
  readonly target: CheckedService | undefined;
  readonly dependency: DependencyModel;
}

/** Judges one dependency after the other. */
export function eachWait(judge: (wait: Wait, subject: Subject) => readonly Finding[]): Judge {
  return eachService((service, subject) =>
    [...(service.model.dependsOn ?? [])].flatMap(([on, dependency]) =>
      judge({ service, on, target: subject.services.get(on), dependency }, subject),
    ),
  );
}

/** Judges one Dockerfile after the other: those of the services that are built, and those that stand alone. */
export function eachDockerfile(judge: (dockerfile: DockerfileText, subject: Subject) => readonly Finding[]): Judge {
  return (subject) => subject.dockerfiles.flatMap((dockerfile) => judge(dockerfile, subject));
}

type Rest = Pick<Finding, "hint" | "severity">;

/**
 * A finding at an attribute of a service: `"healthcheck.interval"`, or `""` for the service itself.
 *
 * @param path as a list where a key of the user's may contain a dot.
 */
export function atService(
  { name, definition }: CheckedService,
  path: string | readonly string[],
  message: string,
  rest: Rest = {},
): Finding {
  return { ...issueOf(definition, name, typeof path === "string" ? path.split(".").filter((key) => key !== "") : path, message), ...rest };
}

/** A finding at an offset of a Dockerfile. */
export function atDockerfile(dockerfile: DockerfileText, offset: number, message: string, rest: Rest = {}): Finding {
  const { file, text, builds } = dockerfile;
  const lines = text.slice(0, offset).split("\n");
  const source = file === undefined ? placeOfInline(dockerfile) : `${file}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
  return { path: builds[0] === undefined ? "" : `${builds[0].service.name}.build`, message, source, ...rest };
}

// On which line of the Compose file a line of an inline Dockerfile stands depends on how YAML was written.
function placeOfInline({ builds }: DockerfileText): string | undefined {
  const place = builds[0] === undefined ? undefined : placeOf(builds[0].service.definition, ["build", "dockerfileInline"]);
  return textOfPlace(place);
}

/** The name of an attribute as the author of a definition writes it, in quotes: `"start_interval"` in a Compose file. */
export function attribute({ definition }: Pick<CheckedService, "definition">, name: string): string {
  return definition.placeOf === undefined ? `"${name}"` : `"${snakeCase(name)}"`;
}
