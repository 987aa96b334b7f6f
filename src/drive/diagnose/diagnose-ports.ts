import { PROJECT_LABEL, SERVICE_LABEL } from "../engine/engine.ts";
import type { TakenPort } from "../ports/taken-ports.ts";
import type { Culprit } from "./culprit.ts";
import { portHint } from "./start-causes.ts";
import { type WrittenIn, writtenOf } from "./written.ts";

/** Names who has the ports that services want: a culprit for each service. */
export function diagnosePorts(taken: readonly TakenPort[], written: (service: string) => WrittenIn | undefined): readonly Culprit[] {
  return [...new Set(taken.map(({ wanted }) => wanted.service))].flatMap((service) => {
    const own = taken.filter(({ wanted }) => wanted.service === service);
    const [first] = own;
    if (first === undefined) return [];
    return [
      {
        service,
        failure: "create-failed",
        cause: "port-taken",
        message: `host port ${portOf(first)} is taken by ${holderOf(first)}`,
        evidence: own.map((each) => `port ${portOf(each)}/${each.wanted.protocol}: ${holderOf(each)}`),
        hint: portHint(first.wanted.port),
        ...writtenOf(written(service)),
      },
    ];
  });
}

function portOf({ wanted: { address = "0.0.0.0", port } }: TakenPort): string {
  return address.includes(":") && !address.startsWith("[") ? `[${address}]:${port}` : `${address}:${port}`;
}

function holderOf({ holder, wanted: { port } }: TakenPort): string {
  if (holder === undefined) return `a process of this machine that is no container (ss -lntup "sport = :${port}" shows which)`;
  const { Names = [], Id, Labels } = holder;
  const name = `the container ${Names[0]?.replace(/^\//, "") ?? Id.slice(0, 12)}`;
  const project = Labels[PROJECT_LABEL];
  const service = Labels[SERVICE_LABEL];
  return project === undefined ? name : `${name} (${service === undefined ? "" : `service ${service} of `}project ${project})`;
}
