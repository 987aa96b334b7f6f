import { fileURLToPath } from "node:url";
import { chainFloor, endOf } from "./launch-floor.ts";
import { composeUp, newProject, type Project, removeProject, type Timed, type Usage, up, usageOf, variant } from "./timed-launch.ts";

/** A figure and the bar that it is held against. */
export interface Figure {
  readonly what: string;
  readonly bar: number;
  /** Ours and the other's, in seconds, of each round; without an other, the figure itself counts. */
  readonly ours: readonly number[];
  readonly other?: readonly number[];
  readonly unit?: string;
}

/** What is measured; rounds are interleaved: ours, theirs, ours, theirs. */
export interface LaunchCase {
  readonly name: string;
  measure(rounds: number): Promise<readonly Figure[]>;
}

const PRELUDE = `import { probe, service, stack } from "stackwright";
const box = { image: "busybox:1.37", init: true } as const;
const ready = (script = "") => ({ ...box, command: ["sh", "-c", script + "touch /ready; exec sleep 1000"],
  healthcheck: probe.file("/ready") });
const many = (count, spec) => Array.from({ length: count }, (_, index) => service("web-" + index, spec));
`;

const READY_LATER = "sleep 0.3; touch /ready; echo ready; exec sleep 1000";
const APPLICATIONS = fileURLToPath(new URL("../stacks", import.meta.url));
const FLASK = `import { config } from "stackwright"; import { flask } from ${JSON.stringify(`${APPLICATIONS}/shared/flask.ts`)};\n`;

export const CASES: readonly LaunchCase[] = [
  againstCompose("one", "1 service", 0.7, `[service("web", ready())]`),
  againstCompose("five", "5 independent services", 0.85, `many(5, ready())`),
  { name: "chain", measure: chain },
  againstCompose("fifty", "50 independent services", 1.1, `many(50, ready())`),
  { name: "usage", measure: ownUsage },
  { name: "hundred", measure: hundred },
  againstDocuments("numbers", "numbers, our default probes / interval 5 s", NUMBERS()),
  againstDocuments("postgres-web", "postgres-web, our default probes / interval 5 s", POSTGRES_WEB(), { imports: FLASK }),
  againstDocuments("postgres-web-as-written", "the same / interval 5 s, and none for the web", POSTGRES_WEB(), {
    imports: FLASK,
    documents: (given, service) => (service === "db" ? everyFiveSeconds(given) : undefined),
  }),
  { name: "failure", measure: failure },
];

function againstCompose(name: string, what: string, bar: number, services: string): LaunchCase {
  return {
    name,
    measure: async (rounds) =>
      inProject(name, services, async (project) => {
        const runs = await interleaved(
          rounds,
          () => up(project).then(well),
          () => composeUp(project).then(well),
        );
        return [{ what: `${what} / Compose`, bar, ours: seconds(runs.ours), other: seconds(runs.others) }];
      }),
  };
}

async function ownUsage(rounds: number): Promise<readonly Figure[]> {
  return inProject("usage", `many(50, ready())`, async (project) => {
    const usages: Usage[] = [];
    for (let round = 0; round < rounds; round++) usages.push(await usageOf(project));
    return [
      { what: "our own process, 50 services: CPU", bar: 0.5, ours: usages.map(({ cpuSeconds }) => cpuSeconds), unit: "s" },
      { what: "our own process, 50 services: memory", bar: 120, ours: usages.map(({ megabytes }) => megabytes), unit: "MB" },
    ];
  });
}

async function chain(rounds: number): Promise<readonly Figure[]> {
  const links = `(() => { let before; for (let i = 0; i < 5; i++) before = service("link-" + i, { ...ready("sleep 0.3; "),
    ...(before === undefined ? {} : { dependsOn: [before.healthy()] }) }); return [before]; })()`;
  return inProject("chain", links, async (project) => {
    const floors: number[] = [];
    const runs = await interleaved(
      rounds,
      () => up(project).then(well),
      async () => {
        floors.push(await chainFloor(5, READY_LATER));
        return composeUp(project).then(well);
      },
    );
    const what = "chain of 5, each ready 0.3 s after its start";
    return [
      { what: `${what} / Compose`, bar: 0.8, ours: seconds(runs.ours), other: seconds(runs.others) },
      { what: `${what} / the floor`, bar: 1.2, ours: seconds(runs.ours), other: floors },
    ];
  });
}

async function hundred(rounds: number): Promise<readonly Figure[]> {
  return inProject("hundred", `many(100, ready())`, async (probed) =>
    inProject("hundred-plain", `many(100, { ...box, command: ["sleep", "1000"] })`, async (plain) => {
      const runs = await interleaved(
        rounds,
        () => up(probed).then(well),
        () => up(plain).then(well),
      );
      return [
        {
          what: "100 services, our default probes / without health checks",
          bar: 1.25,
          ours: seconds(runs.ours),
          other: seconds(runs.others),
        },
      ];
    }),
  );
}

// What the documents of both stacks have: an interval of 5 s, and no other word about the start but its period.
function againstDocuments(
  name: string,
  what: string,
  services: string,
  { documents = everyFiveSeconds, imports }: { documents?: Parameters<typeof variant>[2]; imports?: string } = {},
): LaunchCase {
  return {
    name,
    measure: async (rounds) =>
      inProject(
        name,
        services,
        async (project) => {
          const file = await variant(project, "documents", documents);
          const runs = await interleaved(
            rounds,
            () => up(project).then(well),
            () => composeUp(project, file).then(well),
          );
          return [{ what, bar: 0.3, ours: seconds(runs.ours), other: seconds(runs.others) }];
        },
        imports,
      ),
  };
}

function everyFiveSeconds(given: object): object {
  const { start_interval: _, ...check } = given as { start_interval?: string };
  return { ...check, interval: "5s", start_period: "5s" };
}

async function failure(rounds: number): Promise<readonly Figure[]> {
  const services = `[service("slow", { ...ready("sleep 10; "), healthcheck: probe.file("/ready", { startPeriod: "12s" }) }),
    service("dead", { ...box, command: ["sh", "-c", "sleep 1; exit 3"] })]`;
  return inProject("failure", services, async (project) => {
    const lag = async (run: () => Promise<Timed>): Promise<number> => {
      const began = Date.now();
      const { endedAt } = await run();
      return (endedAt - (await endOf(project.name, "dead", began, endedAt))) / 1000;
    };
    const lags = await interleaved(
      rounds,
      () => lag(() => up(project)),
      () => lag(() => composeUp(project)),
    );
    return [
      { what: "failure told, after the culprit's end", bar: 0.3, ours: lags.ours, unit: "s" },
      { what: "(the same by Compose)", bar: Number.POSITIVE_INFINITY, ours: lags.others, unit: "s" },
    ];
  });
}

function NUMBERS(): string {
  return `[service("numbers-api", { build: ${JSON.stringify(`${APPLICATIONS}/numbers/api`)}, healthcheck: probe.http({ port: 80, path: "/health", via: "node" }) }),
  service("numbers-web", { build: ${JSON.stringify(`${APPLICATIONS}/numbers/web`)}, environment: { RNG_URL: "http://numbers-api/rng" },
    restart: "on-failure", healthcheck: probe.http({ port: 80, path: "/health", via: "node" }) })]`;
}

function POSTGRES_WEB(): string {
  return `(() => {
  const environment = { POSTGRES_USER: "shop", POSTGRES_DB: "shop", POSTGRES_PASSWORD: "secret" };
  const db = service("db", { image: "postgres:15", environment, healthcheck: probe.postgres({ user: "shop", database: "shop" }) });
  return [flask("web", ${JSON.stringify(`${APPLICATIONS}/postgres-web/app`)}, { dependsOn: [db.healthy()],
    environment: { DB_HOST: db.host, DB_USER: "shop", DB_NAME: "shop", DB_PASSWORD_FILE: "/password" },
    configs: [config("password", { content: "secret" }).at("/password")] })];
})()`;
}

async function inProject<T>(name: string, services: string, run: (project: Project) => Promise<T>, imports = ""): Promise<T> {
  const project = await newProject(`bench-${name}`, `${imports}${PRELUDE}export default stack("bench-${name}", ${services});\n`);
  try {
    return await run(project);
  } finally {
    await removeProject(project);
  }
}

async function interleaved<A, B>(rounds: number, ours: () => Promise<A>, others: () => Promise<B>): Promise<{ ours: A[]; others: B[] }> {
  const runs: { ours: A[]; others: B[] } = { ours: [], others: [] };
  // The first of each fills caches, and builds what has to be built.
  await ours();
  await others();
  for (let round = 0; round < rounds; round++) {
    runs.ours.push(await ours());
    runs.others.push(await others());
  }
  return runs;
}

function well<T extends Timed>(timed: T): T {
  if (timed.exitCode !== 0) throw new Error(`exit code ${timed.exitCode}:\n${timed.output}`);
  return timed;
}

function seconds(runs: readonly Timed[]): readonly number[] {
  return runs.map((run) => run.seconds);
}
