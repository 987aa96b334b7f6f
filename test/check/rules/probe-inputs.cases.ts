import { config, from, needs, probe, type ServiceSpec, secret, service, stack, startAfter } from "stackwright";
import type { RuleCases } from "./case.ts";

const password = secret("db-password", { environment: "DB_PASSWORD" });
const script = config("check", { content: "exit 0" });
const of = (spec: ServiceSpec) => stack("s", [service("db", spec)]);

const postgres = probe.postgres({ password: { file: password.path } });
const mysql = probe.mysql({ password: { variable: "APP_PASSWORD" } });
const waiting = startAfter([needs.probe("db", mysql)], ["/app"]);
const header = probe.http({ port: 80, headers: { Authorization: { prefix: "Bearer ", variable: "API_TOKEN" } } });

const compose = (test: string, more = ""): string =>
  `services:\n  db:\n    image: postgres:17\n    healthcheck:\n      test: ${test}\n${more}secrets:\n  key:\n    environment: KEY\n`;
const READS = "[CMD-SHELL, 'psql -h db -U x -d \"$$(cat /run/secrets/key)\"']";

/** Cases of what a probe reads in its container. */
export const CASES: RuleCases = {
  "probe-input-missing": {
    triggers: [
      {
        title: "a secret's file",
        of: of({ image: "postgres:17", healthcheck: postgres }),
        at: ["db.healthcheck"],
        severity: "error",
        says: /^reads \/run\/secrets\/db-password, and the service is given no such secret$/,
      },
      {
        title: "another secret's file",
        of: of({ image: "postgres:17", secrets: [secret("other", { environment: "O" })], healthcheck: postgres }),
        at: ["db.healthcheck"],
      },
      {
        title: "a secret that is given under another name",
        of: of({ image: "postgres:17", secrets: [password.at("pw")], healthcheck: postgres }),
        at: ["db.healthcheck"],
      },
      {
        title: "the file of a probe inside of several",
        of: of({
          image: "redis:7",
          healthcheck: probe.all([probe.tcp({ port: 1 }), probe.redis({ password: { file: "/run/secrets/r" } })]),
        }),
        at: ["db.healthcheck"],
      },
      {
        title: "the script of a config that the service is not given",
        of: of({ image: "redis:7", healthcheck: probe.script(script) }),
        at: ["db.healthcheck"],
        severity: "error",
        says: /^runs \/check of the config "check"/,
      },
      {
        title: "the script of a config that is mounted elsewhere",
        of: of({ image: "redis:7", configs: [script], healthcheck: probe.script(script.at("/check.sh")) }),
        at: ["db.healthcheck"],
      },
      {
        title: "a variable that the environment does not have",
        of: of({ image: "nginx:1.29", environment: { TOKEN: "x" }, healthcheck: header }),
        at: ["db.healthcheck"],
        severity: "warning",
        says: /^reads the variable API_TOKEN,/,
      },
      {
        title: "what a described Dockerfile's probe reads",
        of: of({ build: { dockerfile: from("nginx:1.29").healthcheck(header) } }),
        at: ["db.build.dockerfile"],
        severity: "warning",
      },
      {
        title: "what is needed before the start",
        of: of({ image: "mysql:8.4", command: waiting }),
        at: ["db.command"],
        severity: "warning",
        says: /APP_PASSWORD/,
      },
      {
        title: "a secret's file that is needed before the start",
        of: of({ image: "postgres:17", command: startAfter([needs.probe("db", postgres)], ["/app"]) }),
        at: ["db.command"],
        severity: "warning",
        says: /db-password/,
      },
      { title: "a secret's file, in a command of one's own", of: compose(READS), at: ["db.healthcheck.test"], severity: "warning" },
    ],
    misses: [
      { title: "a secret that is given", of: of({ image: "postgres:17", secrets: [password], healthcheck: postgres }) },
      { title: "a secret that is given, in a Compose file", of: compose(READS, "    secrets: [key]\n") },
      {
        title: "a secret that is given under the name that is read",
        of: compose(READS, "    secrets: [{ source: other, target: key }]\n").replace("  key:", "  other:"),
      },
      { title: "a folder of secrets that is mounted", of: compose(READS, "    volumes: ['./keys:/run/secrets:ro']\n") },
      {
        title: "a path that a variable completes",
        of: compose("[CMD-SHELL, 'cat /run/secrets/$$NAME /run/secrets/db_$${STAGE}']"),
      },
      { title: "the folder itself", of: compose("[CMD, ls, /run/secrets/]") },
      {
        title: "a password's file that the image may have",
        of: of({ image: "redis:7", healthcheck: probe.redis({ password: { file: "/etc/pw" } }) }),
      },
      { title: "a script that the image has", of: of({ image: "redis:7", healthcheck: probe.script("/check") }) },
      { title: "a config's script that is given", of: of({ image: "redis:7", configs: [script], healthcheck: probe.script(script) }) },
      {
        title: "a config's script that is given at its place",
        of: of({ image: "redis:7", configs: [script.at("/c")], healthcheck: probe.script(script.at("/c")) }),
      },
      { title: "a variable that is set", of: of({ image: "nginx:1.29", environment: { API_TOKEN: "x" }, healthcheck: header }) },
      {
        title: "a variable of the launching shell",
        of: of({ image: "nginx:1.29", environment: { API_TOKEN: null }, healthcheck: header }),
      },
      {
        title: "a variable that a file may set",
        of: of({ image: "nginx:1.29", envFile: [{ path: "./web.env", required: false }], healthcheck: header }),
      },
      {
        title: "a variable that a described Dockerfile sets",
        of: of({ build: { dockerfile: from(from("nginx:1.29").env({ API_TOKEN: "x" })).healthcheck(header) } }),
      },
      { title: "a variable, in an image whose Dockerfile nobody has read", of: of({ build: "./api", healthcheck: header }) },
      {
        title: "a variable that the Dockerfile sets",
        of: `import { probe, service, stack } from "stackwright";
export default stack("s", [service("db", { build: { dockerfileInline: "FROM nginx:1.29\\nENV API_TOKEN=x\\n" },
  healthcheck: probe.http({ port: 80, headers: { "X-Key": { variable: "API_TOKEN" } } }) })]);
`,
      },
      {
        title: "what a need reads and the environment has",
        of: of({ image: "mysql:8.4", environment: { APP_PASSWORD: "x" }, command: waiting }),
      },
      { title: "the variables that an image takes by itself", of: of({ image: "mysql:8.4", healthcheck: probe.mysql() }) },
    ],
  },
};
