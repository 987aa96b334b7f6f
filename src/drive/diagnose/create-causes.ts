import { harmless, oneLine } from "../harmless.ts";
import type { CauseRule, Finding } from "./culprit.ts";
import type { Hint } from "./file-words.ts";
import { PAUSED } from "./time-causes.ts";
import { lastMatch } from "./words.ts";

/** What Compose left when it could not create the containers. */
export interface Creation {
  /** The output of builds. */
  readonly output: string;
  /** Progress and errors. */
  readonly errors: string;
}

/** Why containers could not be created, from what Compose printed, the most telling first. */
export const CREATE_CAUSES: readonly CauseRule<Creation>[] = [
  { cause: "no-space", find: noSpace },
  { cause: "build-failed", find: buildFailed },
  { cause: "image-denied", find: imageDenied },
  { cause: "image-missing", find: imageMissing },
  { cause: "registry-unreachable", find: registryUnreachable },
  { cause: "network-absent", find: networkAbsent },
  { cause: "volume-absent", find: volumeAbsent },
  { cause: "name-in-use", find: nameInUse },
  { cause: "subnet-taken", find: subnetTaken },
  { cause: "driver-missing", find: driverMissing },
  { cause: "limit-refused", find: limitRefused },
  { cause: "network-in-use", find: networkInUse },
  { cause: "mount-missing", find: mountMissing },
  { cause: "paused", find: paused },
  { cause: "env-file-missing", find: envFileMissing },
  { cause: "create-failed", find: createFailed },
];

function noSpace({ errors, output }: Creation): Finding | undefined {
  const found = lastMatch(`${output}\n${errors}`, /no space left on device/i);
  return (
    found && {
      message: `the engine's disk is full: ${found.line}`,
      hint: "docker system df shows what takes it, docker system prune frees what nothing uses",
    }
  );
}

/** The lines of the Dockerfile around the step that failed, as BuildKit shows them. */
export function stepLines({ errors, output }: Creation): readonly string[] {
  const lines = errors.split("\n").filter((line) => /^(?:\S*Dockerfile\S*:\d+|\s+\d+ \|)/.test(line));
  const step = /(?:^|\n)#(\d+) ERROR/.exec(output)?.[1] ?? [...output.matchAll(/^#(\d+) /gm)].at(-1)?.[1];
  const said = output.split("\n").filter((line) => line.startsWith(`#${step} `) && !/ (?:DONE|CACHED)/.test(line));
  return [...lines.map((line) => `build ${harmless(line)}`), ...said.slice(-10).map((line) => `build ${harmless(line)}`)];
}

function buildFailed({ errors }: Creation): Finding | undefined {
  const found = lastMatch(errors, /failed to solve: (.*)|unable to prepare context: (.*)|failed to (?:build|read dockerfile):? ?(.*)/);
  if (found === undefined) return undefined;
  const reason = found.match[1] ?? found.match[2] ?? found.match[3] ?? found.line;
  const step = /^ +\d+ \| >>> (.*)$/m.exec(errors)?.[1];
  const where = step === undefined ? "" : ` at "${harmless(step.trim(), 200)}"`;
  return { message: `its image can't be built${where}: ${oneLine(reason)}`, hint: buildHint(reason) };
}

function buildHint(reason: string): string {
  if (/exit code: \d+/.test(reason)) return "the command of that step failed: what it printed is above";
  if (/parse error|unknown instruction/.test(reason)) return "mend the Dockerfile at that line";
  if (/target stage .* could not be found/.test(reason)) return "the Dockerfile has no stage of this name: check build.target";
  if (/^(?:failed to read dockerfile: )?open .*no such file/.test(reason))
    return "there is no such Dockerfile in the build context: check build.context, and build.dockerfile (relative to it)";
  if (/error fetching|unable to access|git error/.test(reason))
    return "its source can't be fetched: check the URL in build.context, and that the engine's host can reach it";
  if (/not found|no such file/.test(reason) && /checksum|context|path/.test(reason))
    return "the file or folder is not in the build context: check build.context, the path (relative to the context) and .dockerignore";
  if (/resolve source metadata|pull access denied|failed to do request/.test(reason))
    return "the base image can't be pulled: check FROM, docker login, and that the registry can be reached";
  return "mend the Dockerfile at the step above";
}

function imageDenied({ errors }: Creation): Finding | undefined {
  const found = lastMatch(
    errors,
    /pull access denied|unauthorized|access to the resource is denied|no basic auth credentials|403 Forbidden|Error(?: response from daemon:)? denied/i,
  );
  return (
    found && {
      message: `its image can't be pulled, access is denied: ${withoutPrefix(found.line)}`,
      hint: "check the image's name, and sign in: docker login REGISTRY (a registry answers so for an image that does not exist, too)",
    }
  );
}

function imageMissing({ errors }: Creation): Finding | undefined {
  const found = lastMatch(
    errors,
    /manifest unknown|manifest for .* not found|repository does not exist|No such image|name unknown|not found: manifest/i,
  );
  return (
    found && {
      message: `its image does not exist: ${withoutPrefix(found.line)}`,
      hint: "check the image's name and tag; an image of your own needs build",
    }
  );
}

function registryUnreachable({ errors }: Creation): Finding | undefined {
  const found = lastMatch(
    errors,
    /(?:Get|Head) "?https?:\/\/[^\s"]+\/v2\/.*(?:no such host|connection refused|timeout|deadline|certificate|reset|EOF)/i,
  );
  return (
    found && {
      message: `its image is not on this machine, and the registry can't be reached: ${withoutPrefix(found.line)}`,
      hint: "check the image's name, the network and proxy of the engine; an image of your own needs build",
    }
  );
}

function networkAbsent({ errors }: Creation): Finding | undefined {
  const name = /network (\S+) declared as external, but could not be found/.exec(errors)?.[1];
  return name === undefined
    ? undefined
    : {
        message: `the external network "${name}" does not exist`,
        hint: `create it first (docker network create ${name}), or take external: true out`,
      };
}

function volumeAbsent({ errors }: Creation): Finding | undefined {
  const name = /external volume "([^"]+)" not found/.exec(errors)?.[1];
  return name === undefined
    ? undefined
    : {
        message: `the external volume "${name}" does not exist`,
        hint: `create it first (docker volume create ${name}), or take external: true out`,
      };
}

function nameInUse({ errors }: Creation): Finding | undefined {
  const match = /container name "\/?([^"]+)" is already in use by container "([0-9a-f]{12})/.exec(errors);
  return match === null
    ? undefined
    : {
        message: `another container (${match[2]}) has its name "${match[1]}"`,
        hint: ({ attribute }) =>
          `remove that one (docker rm ${match[1]}), or take ${attribute("containerName")} out: Compose names containers by itself`,
      };
}

function subnetTaken({ errors }: Creation): Finding | undefined {
  const match = /failed to create network (\S+):.*(?:(Pool overlaps)|address pools have been fully subnetted)/.exec(errors);
  if (match === null) return undefined;
  const [, name, overlaps] = match;
  return overlaps === undefined
    ? {
        message: `the network "${name}" can't be created: its addresses are taken`,
        hint: "choose another subnet in ipam, or leave it out; docker network prune frees what nothing uses",
      }
    : {
        message: `the network "${name}" can't be created: its subnet overlaps with that of another network`,
        hint: "choose another subnet in its ipam, or leave it out to get a free one; the other network may be of this stack, too (docker network inspect shows its subnet)",
      };
}

function driverMissing({ errors }: Creation): Finding | undefined {
  const log = /error looking up logging plugin ([^\s:]+): plugin .* not found/.exec(errors)?.[1];
  if (log !== undefined) {
    return {
      message: `the engine has no driver "${log}" for its log`,
      hint: ({ attribute }) =>
        `correct driver in ${attribute("logging")}, or take it out: docker info lists the drivers that the engine has`,
    };
  }
  const match = /(?:create (\S+): error looking up volume plugin \S+:|failed to create network (\S+):.*) plugin "([^"]+)" not found/.exec(
    errors,
  );
  if (match === null) return undefined;
  const [, volume, network, driver] = match;
  const [what, more] = volume === undefined ? [`network "${network}"`, ", also in its ipam"] : [`volume "${volume}"`, ""];
  return {
    message: `the ${what} can't be created: the engine has no driver "${driver}"`,
    hint: `correct its driver${more}, or take it out: docker info lists the drivers that the engine has, docker plugin install adds one`,
  };
}

/** What the engine says of a limit that it can't set: what that means, and what to change. */
const REFUSED_LIMITS: readonly (readonly [says: RegExp, means: (shown: string) => string, hint: Hint])[] = [
  [
    /Minimum memory limit allowed is (\S+)/,
    (least) => `its memory limit is too low: the engine takes ${least} or more`,
    ({ attribute }) => `raise ${attribute("memLimit")}, or memory in the limits of deploy.resources`,
  ],
  [
    /Minimum memory limit can not be less than memory reservation limit/,
    () => "its memory limit is below what is reserved for it",
    ({ attribute }) => `lower ${attribute("memReservation")}, or raise ${attribute("memLimit")} (in deploy.resources: memory)`,
  ],
  [
    /Range of CPUs is from \S+ to (\S+),/,
    (most) => `it may use more processors than the engine has: ${Number(most)}`,
    ({ attribute }) => `lower ${attribute("cpus")} (in the limits of deploy.resources as well)`,
  ],
];

function limitRefused({ errors }: Creation): Finding | undefined {
  for (const [says, means, hint] of REFUSED_LIMITS) {
    const match = says.exec(errors);
    if (match !== null) return { message: means(match[1] ?? ""), hint };
  }
  return undefined;
}

// It is created anew where what the stack says of it has changed.
function networkInUse({ errors }: Creation): Finding | undefined {
  const name = /removing network: network (\S+) .*has active endpoints/.exec(errors)?.[1];
  return name === undefined
    ? undefined
    : {
        message: `the network "${name}" has changed in the stack and can't be made anew: other containers are in it`,
        hint: `--remove-orphans removes those of services that the stack has no more; docker network inspect ${name} shows all`,
      };
}

function mountMissing({ errors }: Creation): Finding | undefined {
  const source = /bind source path does not exist: (\S+)/.exec(errors)?.[1];
  return source === undefined
    ? undefined
    : {
        message: `what it mounts is not there: ${source}`,
        hint: "create it, or correct the path in volumes (relative to the stack's file)",
      };
}

function paused({ errors }: Creation): Finding | undefined {
  return errors.includes("cannot start a paused container") ? PAUSED : undefined;
}

function envFileMissing({ errors }: Creation): Finding | undefined {
  const file = /env file (\S+) not found/.exec(errors)?.[1];
  return file === undefined
    ? undefined
    : {
        message: `its file of variables is not there: ${file}`,
        hint: ({ attribute }) => `create it, correct the path in ${attribute("envFile")}, or mark it required: false`,
      };
}

function createFailed({ errors }: Creation): Finding | undefined {
  const lines = errors.split("\n").filter((line) => line.trim() !== "" && !/^ (?:Container|Network|Volume|Image) /.test(line));
  return {
    message: `Docker Compose could not create the containers: ${withoutPrefix(oneLine(lines.at(-1) ?? "it printed nothing"))}`,
    hint: "a reason that is not recognised: what Compose printed is above",
  };
}

function withoutPrefix(line: string): string {
  return line.replace(/^(?:\S+ )?Error(?: response from daemon)?:? /, "").replace(/^Error response from daemon: /, "");
}
