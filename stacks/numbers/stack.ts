import { env, network, probe, service, stack } from "stackwright";

const nat = network("nat");

/** Gives out random numbers three times, then breaks; its health check notices. */
export const api = service("numbers-api", {
  build: "./api",
  ports: ["8087:80"],
  networks: [nat],
  healthcheck: probe.http({
    port: 80,
    path: "/health",
    via: "node",
    interval: "5s",
    timeout: "1s",
    retries: 2,
    startPeriod: "5s",
    startInterval: "500ms",
  }),
});

/** Shows a number. It needs the API, and no order is given: it exits and is restarted until the API answers. */
export const web = service("numbers-web", {
  build: "./web",
  environment: { RNG_URL: `http://${api.host}/rng`, GREETING: env("NUMBERS_GREETING", { default: "Your number" }) },
  ports: ["8088:80"],
  networks: [nat],
  restart: "on-failure",
  healthcheck: probe.http({
    port: 80,
    path: "/health",
    via: "node",
    interval: "5s",
    timeout: "1s",
    retries: 2,
    startPeriod: "10s",
    startInterval: "500ms",
  }),
});

export default stack("numbers", [api, web]);
