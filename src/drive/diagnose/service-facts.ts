import type { CheckedService, CheckedStack } from "../../model/checked-stack.ts";
import { callOf, placeOf } from "../../model/definition.ts";
import { composeText, type Text } from "../../model/interpolation.ts";
import { textOfPlace } from "../../model/place.ts";
import type { LaunchPlan } from "../decide/launch-plan.ts";
import type { ServiceFacts } from "./diagnose.ts";
import type { CreatedService } from "./diagnose-creation.ts";
import type { WrittenIn } from "./written.ts";

/**
 * What diagnosis has to know of a service of the stack.
 *
 * @param plan who takes part. Default: all.
 */
export function serviceFacts({ services }: CheckedStack, name: string, plan?: LaunchPlan): ServiceFacts | undefined {
  const service = services.get(name);
  if (service === undefined) return undefined;
  const off = [...services.values()].flatMap((each): [string, string[]][] =>
    plan === undefined || plan.services.has(each.name) ? [] : [[each.name, textsIn(each.model.profiles).slice()]],
  );
  return {
    kind: service.kind,
    ...writtenAt(service),
    others: [...services.keys()].filter((other) => other !== name),
    ...(off.length === 0 ? {} : { off: new Map(off) }),
    dependsOn: [...(service.model.dependsOn?.keys() ?? [])],
  };
}

/** What the diagnosis of a failed creation has to know of the services of the stack. */
export function createdServices({ services, networks, volumes }: CheckedStack): readonly CreatedService[] {
  return [...services.values()].map((service) => {
    const { image, build, containerName } = service.model;
    // The attributes of the specification, whatever their form: only the names that they mention count.
    const mentioned = new Set(textsIn([service.model.networks, service.model.volumes, service.model.envFile]));
    const outside = [...networks, ...volumes].flatMap(([name, model]) =>
      mentioned.has(name) || (name === "default" && service.model.networks === undefined) ? [name, ...textsIn([model.name])] : [],
    );
    return {
      name: service.name,
      ...writtenAt(service),
      image: image === undefined ? undefined : textOf(image),
      builds: build !== undefined,
      context: build?.context === undefined ? undefined : textOf(build.context.path),
      uses: [
        ...textsIn([containerName]),
        ...outside,
        ...textsIn([service.model.envFile])
          .map((path) => path.replace(/^\.\//, ""))
          .filter((path) => path.includes(".")),
      ],
    };
  });
}

function writtenAt({ definition }: CheckedService): WrittenIn {
  return {
    source: textOfPlace(placeOf(definition)),
    calledAt: textOfPlace(callOf(definition)),
    ...(definition.placeOf === undefined ? {} : { isCompose: true }),
  };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Map) return [...value.keys(), ...[...value.values()].flatMap(textsIn)].map(String);
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  return [];
}

function textOf(text: Text): string {
  return composeText(text);
}
