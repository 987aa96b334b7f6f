import { type Duration, env, from, needs, network, probe, service, stack, startAfter } from "stackwright";

// Made beforehand: docker network create nat
const nat = network("nat", { name: "nat", external: true });

// The application's own check utility, so that no image needs curl: -u URL or -c KEY of a setting, -t milliseconds.
const utility = from("node:22-slim", { as: "http-check" })
  .workdir("/src")
  .copy("http-check/http-check.mjs", ".")
  .run(["node", "--check", "http-check.mjs"]);

const check = (...options: readonly string[]) => ["node", "http-check.mjs", ...options] as const;
const run = ["node", "server.mjs"] as const;

const application = (folder: string, startPeriod: Duration) =>
  from("node:22-slim")
    .workdir("/app")
    .copy("/src/http-check.mjs", ".", { from: utility })
    .copy(`${folder}/server.mjs`, ".")
    .expose(80)
    .healthcheck(
      probe.command(check("-u", "http://127.0.0.1/health", "-t", "800"), { interval: "5s", timeout: "1s", retries: 2, startPeriod }),
    );

/** The API of `numbers`, which takes two seconds to start here. */
export const api = service("numbers-api", {
  build: { context: "../numbers", dockerfile: application("api", "5s").cmd(run) },
  command: ["sh", "-c", "sleep 2; exec node server.mjs"],
  ports: [{ target: 80, published: env("NUMBERS_API_PORT", { default: "8087" }) }],
  networks: [nat],
});

// Health checks run often and are cheap; this one runs once, before the application: it asks for what that will ask for.
const afterApi = startAfter([needs.command(check("-c", "RNG_URL", "-t", "900"))], run, { retries: 0 });

/** The front end. No order is given: it ends when the API is not there, and is restarted until it is. */
export const web = service("numbers-web", {
  build: { context: "../numbers", dockerfile: application("web", "10s").cmd(afterApi) },
  environment: { RNG_URL: `http://${api.host}/rng` },
  ports: [{ target: 80, published: env("NUMBERS_WEB_PORT", { default: "8088" }) }],
  networks: [nat],
  restart: "on-failure",
});

export default stack("numbers-v3", [api, web]);
