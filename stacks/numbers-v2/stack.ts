import { from, needs, network, probe, service, stack, startAfter } from "stackwright";

const nat = network("nat");
const application = from("node:22-slim").workdir("/app").copy("server.mjs", ".").expose(80);
const run = ["node", "server.mjs"] as const;

/** The API of `numbers`, whose image now brings the health check. */
export const api = service("numbers-api", {
  build: {
    context: "../numbers/api",
    dockerfile: application.healthcheck(probe.http({ port: 80, path: "/health", interval: "5s", startPeriod: "5s" })).cmd(run),
  },
  ports: ["8083:80"],
  networks: [nat],
});

const rng = `http://${api.host}/rng` as const;

/** The front end, whose image asks for a number before the application starts: without the API it exits at once and says why. */
export const web = service("numbers-web", {
  build: { context: "../numbers/web", dockerfile: application.cmd(startAfter([needs.http(rng)], run, { retries: 0 })) },
  environment: { RNG_URL: rng },
  ports: ["8084:80"],
  networks: [nat],
  dependsOn: [api.healthy()],
});

export default stack("numbers-v2", [web]);
