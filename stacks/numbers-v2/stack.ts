import { network, probe, service, stack } from "stackwright";

const nat = network("nat");

/** The API of `numbers`, with the health check in its image: the second version of its Dockerfile. */
export const api = service("numbers-api", {
  build: { context: "../numbers/api", dockerfile: "../../numbers-v2/api.Dockerfile" },
  ports: ["8083:80"],
  networks: [nat],
  healthcheck: probe.fromImage({ interval: "5s", startPeriod: "5s", startInterval: "500ms" }),
});

/** The front end, whose image asks for the API before the application starts: without it, it exits and says why. */
export const web = service("numbers-web", {
  build: { context: "../numbers/web", dockerfile: "../../numbers-v2/web.Dockerfile" },
  environment: { RNG_URL: `http://${api.host}/rng` },
  ports: ["8084:80"],
  networks: [nat],
  dependsOn: [api.healthy()],
});

export default stack("numbers-v2", [web]);
