import { config, env, interpolate, network, probe, secret, service, stack, task, volume } from "stackwright";

const backend = network("backend", { internal: true });
const frontend = network("frontend");
const data = volume("db-data", { labels: { keep: true } });
const password = secret("db-password", { environment: "DB_PASSWORD" });
const motd = config("motd", { content: "costs $5\n" });

const db = service("db", {
  image: "postgres:17",
  environment: { POSTGRES_DB: "shop", POSTGRES_PASSWORD_FILE: password.path },
  secrets: [password],
  volumes: [data.at("/var/lib/postgresql/data"), "./init:/docker-entrypoint-initdb.d:ro"],
  networks: [backend],
  healthcheck: probe.command(["pg_isready", "-d", "shop"], { interval: "2s" }),
  stopGracePeriod: "1m30s",
});

const migrate = task("migrate", { build: "./migrate", networks: [backend], dependsOn: [db.healthy()], restart: "on-failure:2" });

const api = service("api", {
  build: { context: "../../apps/api", args: { VERSION: "1.10" }, target: "run" },
  command: ["serve", "--price", "$5"],
  environment: {
    DATABASE_HOST: db.host,
    LOG_LEVEL: env("LOG_LEVEL", { default: "info" }),
    URL: interpolate`http://${env("HOST")}/`,
    "x-flag": "on",
    TOKEN: null,
  },
  envFile: ["./api.env", { path: "./local.env", required: false }],
  dependsOn: [db.healthy({ restart: true }), migrate.completed()],
  ports: ["8080:8080", "127.0.0.1:9229:9229"],
  networks: [frontend, backend.with({ aliases: ["api.internal"] })],
  configs: [motd.at("/etc/motd", { mode: 0o444 })],
  secrets: [password.at("pw", { uid: 1000 })],
  restart: "unless-stopped",
  deploy: { replicas: 1 },
  labels: { "com.example.since": "2020-01-01" },
  user: "0:0",
  init: true,
  "x-team": { name: "shop" },
});

/** A moderately rich stack: most attributes once. */
export const shop = stack("shop", [api]);
