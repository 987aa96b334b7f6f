import type { Balancing, LoadBalancer, UpstreamServer } from "./nginx-configuration.ts";

/** Everything for which nginx would not start: it would say so too, but only when its container is there. */
export function problemsOf({ servers, balancing = { by: "round-robin" } }: LoadBalancer): readonly string[] {
  const all: readonly UpstreamServer[] = servers;
  return [
    ...all.flatMap(problemsOfServer),
    ...(all.every(({ backup }) => backup === true) ? ["no server is left that is not a backup"] : []),
    ...balancingProblems(all, balancing),
    ...(balancing.by === "hash" ? problemsOfKey(balancing.key) : []),
  ];
}

function problemsOfServer({ host, port, weight, maxConns, maxFails, failTimeout }: UpstreamServer): readonly string[] {
  const problems: readonly (readonly [isFine: boolean, problem: string])[] = [
    [
      /^(?:[\w.-]+|\[[0-9a-f:.]+\])$/i.test(host),
      `${JSON.stringify(host)} is no host (write a name, or an address; one of IPv6 in brackets)`,
    ],
    // A service may be called so, but this is how nginx writes sockets.
    [host.toLowerCase() !== "unix", `the host "unix" is taken for a socket`],
    [isWhole(port, 1) && port <= 65_535, `${port} is no port (write 1 to 65535)`],
    [weight === undefined || isWhole(weight, 1), `${weight} is no weight (write a whole number from 1)`],
    [maxConns === undefined || isWhole(maxConns, 0), `maxConns is ${maxConns} (write a whole number, 0 for no limit)`],
    [maxFails === undefined || isWhole(maxFails, 0), `maxFails is ${maxFails} (write a whole number, 0 for never)`],
    [
      failTimeout === undefined || /^\d{1,9}[smhd]$/.test(failTimeout),
      `failTimeout is ${JSON.stringify(failTimeout)} (write whole seconds, minutes, hours or days: "10s")`,
    ],
  ];
  return problems.flatMap(([isFine, problem]) => (isFine ? [] : [`${host}: ${problem}`]));
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}

const WAYS: readonly Balancing["by"][] = ["round-robin", "least-connections", "ip-hash", "hash", "random"];

function balancingProblems(servers: readonly UpstreamServer[], { by }: Balancing): readonly string[] {
  if (!WAYS.includes(by)) return [`${JSON.stringify(by)} is no way to choose a server (write one of ${WAYS.join(", ")})`];
  if (by === "round-robin" || by === "least-connections") return [];
  return servers.flatMap(({ host, backup }) => (backup === true ? [`${host} can't be a backup where servers are chosen by ${by}`] : []));
}

function problemsOfKey(key: string): readonly string[] {
  return /\$(?!\w|\{\w+\})/.test(key) ? [`the key ${JSON.stringify(key)} has a "$" that no name of a variable follows`] : [];
}
