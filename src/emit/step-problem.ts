import type { Step } from "../model/dockerfile-step.ts";
import type { Text } from "../model/interpolation.ts";

/** Why a build would refuse an instruction, whatever its words look like; `undefined` where nothing is wrong with it. */
export function stepProblem(step: Step): string | undefined {
  switch (step.type) {
    case "env":
    case "label":
      return Object.keys(step.values).length === 0 ? "names nothing (write { NAME: value })" : undefined;
    case "expose":
      return step.ports.length === 0 ? "names no port" : step.ports.map(portProblem).find((problem) => problem !== undefined);
    case "add":
    case "copy":
      return step.sources.length === 0 ? "copies nothing (write a source)" : undefined;
    case "file":
      // Where the file's text follows, a path has no form in which blanks are a part of it.
      return typeof step.target === "string" && /^$|\s/.test(step.target)
        ? `can't write to ${JSON.stringify(step.target)}, a path with blanks`
        : undefined;
    case "volume":
      return step.paths.length === 0 || step.paths.includes("") ? "has no path" : undefined;
    case "shell":
      return step.command.length === 0 ? "has no program" : undefined;
    case "workdir":
    case "user":
    case "stopsignal":
      return step.value === "" ? "is empty" : undefined;
    default:
      return undefined;
  }
}

const HIGHEST_PORT = 65_535;

function portProblem(port: Text | number): string | undefined {
  if (typeof port === "object") return undefined;
  const [, first, last = first, rest] = /^(\d+)(?:-(\d+))?(?:\/(?:tcp|udp|sctp))?(.*)$/i.exec(String(port)) ?? [];
  const isRight = rest === "" && Number(first) >= 1 && Number(first) <= Number(last) && Number(last) <= HIGHEST_PORT;
  return isRight ? undefined : `${JSON.stringify(port)} is not a port (write 80, "8000-8010" or "53/udp", up to ${HIGHEST_PORT})`;
}
