import type { ContainerState } from "../decide/snapshot.ts";
import { oneLine } from "../harmless.ts";
import type { CauseRule, Finding, Seen } from "./culprit.ts";

/** Why the engine could not start a container, from what it says. */
export const START_CAUSES: readonly CauseRule<Seen>[] = [
  { cause: "port-taken", find: portTaken },
  { cause: "port-privileged", find: portPrivileged },
  { cause: "no-such-address", find: noSuchAddress },
  { cause: "address-taken", find: addressTaken },
  { cause: "user-missing", find: userMissing },
  { cause: "mount-missing", find: mountMissing },
  { cause: "command-not-found", find: commandNotFound },
  { cause: "not-executable", find: notExecutable },
  { cause: "wrong-architecture", find: wrongArchitecture },
  { cause: "network-absent", find: networkAbsent },
  { cause: "no-space", find: noSpace },
  { cause: "hook-failed", find: hookFailed },
  { cause: "removed", find: beingRemoved },
  { cause: "start-failed", find: startFailed },
];

/** The host port that the engine says is taken. */
export function takenPort(error: string): { readonly address: string; readonly port: number } | undefined {
  if (!/port is already allocated|address already in use|ports are not available/i.test(error)) return undefined;
  const match = /(?:Bind for |listen \w+ |exposing port \w+ )?([\d.[\]:]*):(\d+)(?: ->|: | failed)/.exec(error);
  return match === null ? undefined : { address: `${match[1]}:${match[2]}`, port: Number(match[2]) };
}

function portTaken({ service, container, portHolder, rival }: Seen): Finding | undefined {
  const taken = takenPort(container.error);
  if (taken === undefined) return undefined;
  // Also one that does not run yet: the engine may have given it the port a moment ago. A stranger's is told by its name.
  if (rival !== undefined && (portHolder === undefined || portHolder === rival.name)) return wantedTwice(taken, service, rival);
  return {
    message: `host port ${taken.address} is taken${portHolder === undefined ? "" : ` by the container ${portHolder}`}`,
    hint: portHint(taken.port),
  };
}

function wantedTwice(
  { address, port }: { readonly address: string; readonly port: number },
  service: string,
  rival: ContainerState,
): Finding {
  return rival.service === service
    ? {
        message: `each of its replicas wants host port ${address}, and only one can have it`,
        hint: `publish a range with a port for each replica: ports: ["${port}-${port + 1}:..."], or no host port to get free ones`,
      }
    : {
        message: `host port ${address} is wanted twice in this stack: the service ${rival.service} publishes it as well`,
        hint: "give one of the two another port of the host, or name none to get a free one",
      };
}

/** What to do where a port of the host is taken. */
export function portHint(port: number): string {
  return `stop what listens on ${port}, publish another port of the host, or name none to get a free one`;
}

// Of an engine that a normal user runs.
function portPrivileged({ container }: Seen): Finding | undefined {
  const match = /cannot expose privileged port (\d+).*currently (\d+)/.exec(container.error);
  if (match === null) return undefined;
  const [, port = "", from = "1024"] = match;
  return {
    message: `host port ${port} can't be published: the engine runs as a normal user, who has those from ${from} on`,
    hint: `publish one of these, or allow it on the engine's host: sysctl net.ipv4.ip_unprivileged_port_start=${port}`,
  };
}

function noSuchAddress({ container }: Seen): Finding | undefined {
  const match = /listen \w+ (\S+):(\d+): bind: cannot assign requested address/.exec(container.error);
  return match === null
    ? undefined
    : {
        message: `port ${match[2]} can't be published on ${match[1]}: the engine's host has no such address`,
        hint: "publish it on an address that this machine has, 127.0.0.1 or one of ip address, or on all of them: leave the address out",
      };
}

// The engine says no more than this of an address inside of a network.
function addressTaken({ container }: Seen): Finding | undefined {
  return /^address already in use$/i.test(container.error.trim())
    ? {
        message: "an address that it asks for is taken: another container has it in that network",
        hint: ({ attribute }) =>
          `give it another ${attribute("ipv4Address")}, or none; those without one of their own take the first that is free, so that they may have it (docker network inspect shows who does)`,
      }
    : undefined;
}

function userMissing({ container }: Seen): Finding | undefined {
  const match = /unable to find (user|group) (\S+): no matching entries/i.exec(container.error);
  return match === null
    ? undefined
    : {
        message: `the image has no ${match[1]} "${match[2]}"`,
        hint: ({ attribute }) =>
          `correct ${match[1] === "user" ? attribute("user") : `${attribute("user")} or ${attribute("groupAdd")}`}, make it in the image, or write its number, e.g. ${attribute("user", "1000:1000")}`,
      };
}

function mountMissing({ container }: Seen): Finding | undefined {
  const { error } = container;
  const source = /bind source path does not exist: (\S+)/.exec(error)?.[1];
  if (source !== undefined) {
    return {
      message: `what it mounts is not there: ${source}`,
      hint: "create it, or correct the path in volumes (relative to the stack's file)",
    };
  }
  const match = /error mounting "([^"]+)" to rootfs at "([^"]+)".*?(not a directory|no such file or directory|permission denied)/s.exec(
    error,
  );
  if (match === null) return undefined;
  return {
    message: `${match[1]} can't be mounted at ${match[2]}: ${match[3]}`,
    hint: "a file can only be mounted on a file and a folder on a folder; Docker makes a folder of a source that is not there",
  };
}

function commandNotFound({ container }: Seen): Finding | undefined {
  const match = /exec: "?([^"]+?)"?: (?:executable file not found|stat [^:]+: no such file|no such file)/.exec(container.error);
  if (match === null) return undefined;
  const image = container.settings?.image;
  return {
    message: `"${match[1]}" is not a program of the image${image === undefined ? "" : ` ${image}`}`,
    hint: "check command and entrypoint: the program must be in the image, and a list is not split into words",
  };
}

function notExecutable({ container }: Seen): Finding | undefined {
  const match = /exec: "?([^"]+?)"?: permission denied/.exec(container.error);
  return match === null
    ? undefined
    : {
        message: `"${match[1]}" can't be executed: permission denied`,
        hint: "chmod +x it in the image (on the host where it is mounted), and check user",
      };
}

function wrongArchitecture({ container }: Seen): Finding | undefined {
  return /exec format error/.test(container.error)
    ? {
        message: `its program can't run on this machine: ${oneLine(container.error)}`,
        hint: "the image is for another architecture (set platform), or its script has no #! line",
      }
    : undefined;
}

function beingRemoved({ container }: Seen): Finding | undefined {
  return /marked for removal/.test(container.error)
    ? {
        message: "its container was being removed when it was to be started",
        hint: "another launch, or a down, of the same stack is at work: let it finish, then run up again",
      }
    : undefined;
}

function networkAbsent({ container }: Seen): Finding | undefined {
  const match = /network (\S+) not found/.exec(container.error);
  return match === null
    ? undefined
    : {
        message: `its network is gone: ${oneLine(container.error)}`,
        hint: "something removed the network; down and up make it and the containers anew",
      };
}

function noSpace({ container }: Seen): Finding | undefined {
  return /no space left on device/.test(container.error)
    ? {
        message: `the engine's disk is full: ${oneLine(container.error)}`,
        hint: "docker system df shows what takes it, docker system prune frees what nothing uses",
      }
    : undefined;
}

/** The exit code of a hook that failed, from what Compose says. */
export function hookExitCode(error: string): number | undefined {
  const code = /hook exited with status (\d+)/.exec(error)?.[1];
  return code === undefined ? undefined : Number(code);
}

function hookFailed({ service, container, hook }: Seen): Finding | undefined {
  const code = hookExitCode(container.error);
  return code === undefined
    ? undefined
    : {
        message: `it started, and ${hookCalled(hook)} failed with exit code ${code}`,
        hint: ({ attribute }) =>
          `run the commands of ${attribute("postStart")} by hand (docker compose run ${service} ...): Docker Compose does not show what they print; the service is stopped, so that up runs them again`,
      };
}

/** A hook by its words, where they are known. */
export function hookCalled(hook: string | undefined): string {
  return hook === undefined ? "a hook of it" : `its hook "${oneLine(hook, 200)}"`;
}

function startFailed({ container }: Seen): Finding | undefined {
  return {
    message: `the engine could not start it: ${oneLine(container.error)}`,
    hint: "the engine's message names what is missing",
  };
}
