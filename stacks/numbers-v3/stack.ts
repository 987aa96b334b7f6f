import { env, network, probe, service, stack } from "stackwright";

// Made beforehand: docker network create nat
const nat = network("nat", { name: "nat", external: true });

/** The API of `numbers`, whose image checks itself with a utility of the application's own. It takes two seconds to start. */
export const api = service("numbers-api", {
  build: { context: "../numbers", dockerfile: "../numbers-v3/api.Dockerfile" },
  command: ["sh", "-c", "sleep 2; exec node server.mjs"],
  ports: [{ target: 80, published: env("NUMBERS_API_PORT", { default: "8087" }) }],
  networks: [nat],
  healthcheck: probe.fromImage({ interval: "5s", timeout: "1s", retries: 2, startPeriod: "5s", startInterval: "500ms" }),
});

/** The front end. No order is given: its image asks for the API, and it is restarted until that is there. */
export const web = service("numbers-web", {
  build: { context: "../numbers", dockerfile: "../numbers-v3/web.Dockerfile" },
  environment: { RNG_URL: `http://${api.host}/rng` },
  ports: [{ target: 80, published: env("NUMBERS_WEB_PORT", { default: "8088" }) }],
  networks: [nat],
  restart: "on-failure",
  healthcheck: probe.command(["node", "http-check.mjs", "-u", "http://127.0.0.1/health", "-t", "800"], {
    interval: "5s",
    timeout: "1s",
    retries: 2,
    startPeriod: "10s",
    startInterval: "500ms",
  }),
});

export default stack("numbers-v3", [api, web]);
