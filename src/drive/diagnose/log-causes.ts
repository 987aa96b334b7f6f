import type { CauseRule, Finding, Seen, ServiceFacts } from "./culprit.ts";
import { escaped, lastMatch, pathIn, startedAgain } from "./words.ts";

/** Why a program ended, as its log tells. */
export const LOG_CAUSES: readonly CauseRule<Seen>[] = [
  { cause: "no-space", find: (seen) => fromLog(seen, noSpace) },
  { cause: "read-only-file-system", find: (seen) => fromLog(seen, readOnly) },
  { cause: "wrong-architecture", find: (seen) => fromLog(seen, wrongArchitecture) },
  { cause: "address-in-use", find: (seen) => fromLog(seen, addressInUse) },
  { cause: "name-not-found", find: (seen) => fromLog(seen, nameNotFound) },
  { cause: "dependency-refused", find: (seen) => fromLog(seen, dependencyRefused) },
  { cause: "authentication-refused", find: (seen) => fromLog(seen, authenticationRefused) },
  { cause: "permission-denied", find: (seen) => fromLog(seen, permissionDenied) },
  { cause: "mount-missing", find: (seen) => fromLog(seen, (log) => folderForFile(log, seen)) },
  { cause: "command-not-found", find: (seen) => fromLog(seen, interpreterMissing) },
  { cause: "file-missing", find: (seen) => fromLog(seen, fileMissing) },
];

function fromLog(
  { container, log, facts }: Seen,
  find: (log: string, facts: ServiceFacts | undefined) => Finding | undefined,
): Finding | undefined {
  // What it said long before it ended has nothing to do with it.
  const finding = find(log.trimEnd().split("\n").slice(-30).join("\n"), facts);
  return finding && { ...finding, message: `${finding.message}${startedAgain(container)}` };
}

function noSpace(log: string): Finding | undefined {
  const found = lastMatch(log, /no space left on device|ENOSPC|disk full/i);
  if (found === undefined) return undefined;
  const path = pathIn(found, log);
  return {
    message: `its disk is full: ${found.line}`,
    hint: `free space${path === undefined ? "" : ` for ${path},`} where its volume or the engine's data lies (docker system df shows what takes it), or raise the size of its tmpfs`,
  };
}

function readOnly(log: string): Finding | undefined {
  const found = lastMatch(log, /read-only file system|EROFS/i);
  if (found === undefined) return undefined;
  const path = pathIn(found, log);
  return {
    message: `it writes to a read-only file system: ${found.line}`,
    hint: ({ attribute }) =>
      `mount a volume or tmpfs ${path === undefined ? "where it writes" : `at ${path.replace(/\/[^/]*$/, "") || path}`}, or take ${attribute("readOnly")} out`,
  };
}

function wrongArchitecture(log: string): Finding | undefined {
  const found = lastMatch(log, /exec format error/i);
  return (
    found && {
      message: `its program can't run on this machine: ${found.line}`,
      hint: "the image is for another architecture (set platform), or its script has no #! line",
    }
  );
}

function addressInUse(log: string): Finding | undefined {
  const found = lastMatch(log, /address (?:already )?in use/i);
  return (
    found && {
      message: `its port is in use inside the container: ${found.line}`,
      hint: ({ attribute }) =>
        `two programs of the container want the same port, or it shares a network with another container (${attribute("networkMode")})`,
    }
  );
}

// Node, busybox, glibc, Go, PostgreSQL, curl, Java, nginx; Python names it in some of its errors only.
const UNKNOWN_HOST =
  /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) ([^\s'",]{1,253})|bad address '([^':]{1,253})|(?:ping|nc|wget|telnet): (?:unknown host |unable to resolve host address )'?([^\s']+)|lookup ([^\s:]+)(?: on [^:]+(?::\d+)?)?: (?:no such host|server misbehaving)|could not translate host name "([^"]+)"|Could not resolve host(?:name)?:? ([^\s;]+)|UnknownHostException:? ([^\s:]+)|\b([\w.-]{1,253}): (?:Name or service not known|Temporary failure in name resolution|Name does not resolve)|Failed to resolve '([^']+)'|Unknown (?:MySQL server )?host '([^']+)'|host not found in (?:upstream|resolver) "([^":/]{1,253})|\[Errno -\d\] (?:Name or service not known|Temporary failure in name resolution|No address associated with hostname)/i;

/** A host name that is not known. */
export function nameNotFound(log: string, facts: ServiceFacts | undefined): Finding | undefined {
  const found = lastMatch(log, UNKNOWN_HOST);
  if (found === undefined) return undefined;
  const name = (found.match.slice(1).find((group) => group !== undefined) ?? calledHost(log))?.replace(/:\d+$/, "");
  if (name === undefined)
    return { message: `it can't find a host that it asks for: ${found.line}`, hint: `the end of its log says which${servicesOf(facts)}` };
  const known = facts?.others.includes(name) === true;
  const profiles = facts?.off?.get(name);
  if (profiles !== undefined)
    return {
      message: `it can't find the host "${name}", a service that takes no part in this launch: ${found.line}`,
      hint: `its profile is not active: --profile ${profiles.join(" or --profile ")} lets it take part`,
    };
  return {
    message: `it can't find the host "${name}": ${found.line}`,
    hint: known
      ? ({ waitFor }) =>
          `"${name}" is a service of this stack: put both on one network (networks), and start after it: ${waitFor(name, "started")}`
      : ({ address }) => `no service of this stack is called "${name}"${servicesOf(facts)}: ${address}`,
  };
}

// Python's errors don't name it; the lines of its traceback do: an address as a pair, or a URL.
function calledHost(log: string): string | undefined {
  const groups = lastMatch(log, /\(["']([\w.-]{1,253})["'], ?\d{1,5}\)|["'][a-z]+:\/\/(?:[^@/"']*@)?([\w.-]{1,253})/i)?.match.slice(1);
  return groups?.find((group) => group !== undefined);
}

function servicesOf(facts: ServiceFacts | undefined): string {
  return facts === undefined || facts.others.length === 0 ? "" : ` (there are: ${facts.others.join(", ")})`;
}

const REFUSED = /ECONNREFUSED|connection refused/i;

function dependencyRefused(log: string, facts: ServiceFacts | undefined): Finding | undefined {
  const found = lastMatch(log, REFUSED);
  if (found === undefined) return undefined;
  const named = facts?.others.find((name) => new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`).test(found.line));
  // An address says nothing; what it waits for is the likeliest.
  const likely = named ?? (facts?.dependsOn.length === 1 ? facts.dependsOn[0] : undefined);
  return {
    message: `${named === undefined ? "another service" : `"${named}"`} does not answer it: ${found.line}`,
    hint: ({ attribute, waitFor }) =>
      likely === undefined
        ? `start after what it asks is healthy (${attribute("dependsOn")}), or make it try again; and check the address and the port (127.0.0.1 is the container itself)`
        : `start after it is healthy: ${waitFor(likely, "healthy")} with a health check that proves that it answers, or make it try again; and check the port`,
  };
}

function authenticationRefused(log: string): Finding | undefined {
  const found = lastMatch(
    log,
    /password authentication failed|access denied for user|NOAUTH|WRONGPASS|invalid password|authentication failed|no password supplied/i,
  );
  return (
    found && {
      message: `it was refused: ${found.line}`,
      hint: "both services must have the same user and password; a volume keeps the password of its first start (down --volumes forgets it)",
    }
  );
}

function permissionDenied(log: string): Finding | undefined {
  const found = lastMatch(log, /permission denied|EACCES|operation not permitted|EPERM/i);
  if (found === undefined) return undefined;
  const path = pathIn(found, log);
  return {
    message: `it may not do what it tries: ${found.line}`,
    hint: `check user and the owner of ${path === undefined ? "what is mounted there" : `${path}, or of what is mounted there`}; a port below 1024 or a kernel setting may need a capability`,
  };
}

// Docker makes a folder of a source that is not there; only where a file was meant its name tells.
function folderForFile(log: string, { container }: Seen): Finding | undefined {
  const found = lastMatch(log, /is a directory|EISDIR/i);
  const files = container.settings?.binds?.filter(({ target }) => /[^/.][^/]*\.[^/]+$/.test(target)) ?? [];
  const bind = files.find(({ target }) => found?.line.includes(target)) ?? (files.length === 1 ? files[0] : undefined);
  return (
    found &&
    bind && {
      message: `it reads a folder where it wants a file, as ${bind.target} may be: ${found.line}`,
      hint: `${bind.source} is mounted there, and Docker makes a folder of a source that does not exist: remove that folder, and create the file or correct the path in volumes`,
    }
  );
}

// The engine's own words, or those of its init (docker-init is tini), of what it was to run.
function interpreterMissing(log: string): Finding | undefined {
  const found = lastMatch(log, /^(?:\[FATAL tini \(\d+\)\] )?exec (\/\S+?)(?: failed)?: no such file or directory/i);
  return (
    found && {
      message: `${found.match[1]} can't be run: it, or the program of its #! line, is not in the container: ${found.line}`,
      hint: "if the file is there, look at its first line: the image must have the program that it names (Alpine has no bash), and it must not end with \\r (save it with the line ends of Unix)",
    }
  );
}

function fileMissing(log: string): Finding | undefined {
  const found = lastMatch(
    log,
    /cannot find (?:module|package) '?([^\s']+)|no such file or directory|ENOENT|ModuleNotFoundError|can't open (?:file )?'?([^\s':]+)/i,
  );
  if (found === undefined) return undefined;
  const path = pathIn(found, log);
  return {
    message: `something that it needs is missing in the container: ${found.line}`,
    hint: ({ attribute }) =>
      `check what the image copies, ${attribute("workingDir")}, and mounts that hide what the image has at ${path ?? "that path"}`,
  };
}
