import type { CheckedService } from "../../model/checked-stack.ts";
import { splitImage } from "../../probe/facts/image-name.ts";
import { imageFacts, imageName, usualText } from "../images.ts";
import { atService, attribute, eachService } from "../judging.ts";
import { rule } from "../rule.ts";

/** Roles whose ports are meant for the services of the stack. */
const INTERNAL = ["database", "cache", "queue", "search", "vector-db", "coordination"];

export const PORT_ON_ALL_INTERFACES = rule({
  name: "port-on-all-interfaces",
  severity: "warning",
  summary: "A database, a cache or a queue is published on all addresses of the host.",
  why: "Whoever reaches the host reaches it: Docker's own rules come before those of most firewalls.",
  fix: 'Publish it on the loopback address, `"127.0.0.1:5432:5432"`, or not at all: other services of the stack reach it anyway.',
  bad: `services:
  db:
    image: postgres:17
    ports: ["5432:5432"]
`,
  good: `services:
  db:
    image: postgres:17
    ports: ["127.0.0.1:5432:5432"]
`,
  sources: [
    "https://docs.docker.com/engine/network/port-publishing/",
    "https://docs.docker.com/engine/network/packet-filtering-firewalls/",
  ],
  judge: eachService((service) => {
    const facts = imageFacts(service);
    if (facts?.role === undefined || !INTERNAL.includes(facts.role)) return [];
    return (service.model.ports ?? []).flatMap(({ target, published, hostIp }, index) => {
      // What a variable will say is not known.
      const isOwn = typeof target === "number" && facts.listens?.some((port) => Number(port) === target) === true;
      const isOnAll = hostIp === undefined || hostIp === "0.0.0.0" || hostIp === "::";
      if (!isOwn || published === undefined || !isOnAll) return [];
      return [atService(service, `ports.${index}`, `port ${target} of the ${facts.role} is published on all addresses of the host`)];
    });
  }),
});

/** Names of variables that hold a secret. */
export const SECRET_NAME =
  /(?:^|_)(?:PASS(?:WORD|WD|PHRASE)?|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|SECRET_?KEY|ENCRYPTION_?KEY|CREDENTIALS?)(?:_BASE)?$/i;
const PEM = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const NO_SECRET = /^(?:|true|false|yes|no|on|off|0|1|none|null|disabled?)$/i;

export const SECRET_IN_ENVIRONMENT = rule({
  name: "secret-in-environment",
  severity: "warning",
  summary: "A password, a token or a key stands in the environment of a service as plain text.",
  why: "It is in the repository for ever, in `docker inspect`, in every process of the container, and in the logs of whatever prints its environment.",
  fix: "Use a secret and the variable that ends in `_FILE`, or a variable of the launching shell: `${DB_PASSWORD:?}`.",
  bad: `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: correct-horse
`,
  good: `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD_FILE: /run/secrets/db-password
    secrets: [db-password]
secrets:
  db-password:
    environment: DB_PASSWORD
`,
  sources: [
    "https://docs.docker.com/compose/how-tos/use-secrets/",
    "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
  ],
  judge: eachService((service) =>
    [...(service.model.environment ?? [])].flatMap(([name, value]) => {
      // What a variable of the shell says is no plain text, and a path to a file is no secret.
      if (typeof value !== "string" || NO_SECRET.test(value) || value.startsWith("/")) return [];
      if (!SECRET_NAME.test(name) && !PEM.test(value)) return [];
      return [atService(service, ["environment", name], `"${name}" holds a secret as plain text`)];
    }),
  ),
});

export const STOP_GRACE_TOO_SHORT = rule({
  name: "stop-grace-too-short",
  severity: "info",
  summary: "A database that keeps its data has ten seconds to stop.",
  why: "What has not written everything by then is killed, and repairs itself at the next start, which may take minutes.",
  fix: "`stop_grace_period: 1m`, or as long as a shutdown under load takes.",
  bad: `services:
  db:
    image: postgres:17
    restart: always
    volumes: ["data:/var/lib/postgresql/data"]
volumes:
  data:
`,
  good: `services:
  db:
    image: postgres:17
    restart: always
    stop_grace_period: 1m
    volumes: ["data:/var/lib/postgresql/data"]
volumes:
  data:
`,
  sources: ["https://github.com/docker-library/postgres/blob/master/Dockerfile-debian.template"],
  judge: eachService((service) => {
    const { stopGracePeriod, restart } = service.model;
    // One that is not restarted belongs to a test or a desk: what it keeps is soon thrown away.
    if (imageFacts(service)?.role !== "database" || stopGracePeriod !== undefined || !keepsVolume(service)) return [];
    if (restart === undefined || restart === "no") return [];
    return [atService(service, "", `has 10 s to stop, and keeps its data: give it a ${attribute(service, "stopGracePeriod")}`)];
  }),
});

function keepsVolume({ model }: CheckedService): boolean {
  return (model.volumes ?? []).some(({ type, target }) => type !== "tmpfs" && !isSetup(String(target)));
}

/** Whether a path holds scripts or settings, and no data. */
function isSetup(target: string): boolean {
  return /\.(?:conf|cnf|sql|sh|js|json|ya?ml|ini|xml|toml|key|crt|pem)$|\/(?:docker-entrypoint-init|conf|etc\b|initdb|scripts?)/.test(
    target,
  );
}

export const MISSING_VOLUME = rule({
  name: "missing-volume",
  severity: "info",
  summary: "A database has no volume, in a stack that is meant to stay.",
  why: "Its data lies in the container or in a volume without a name: `down` and every new version of the image lose it.",
  fix: "Mount a named volume where the image keeps its data, or a tmpfs, which says that the data may be lost.",
  bad: `services:
  db:
    image: postgres:17
    restart: always
`,
  good: `services:
  db:
    image: postgres:17
    restart: always
    volumes: ["data:/var/lib/postgresql/data"]
volumes:
  data:
`,
  sources: ["https://docs.docker.com/engine/storage/volumes/"],
  judge: eachService((service) => {
    const { tmpfs, volumes, volumesFrom, restart } = service.model;
    if (imageFacts(service)?.role !== "database" || keepsVolume(service) || volumesFrom?.length || tmpfs?.length) return [];
    // One that is not restarted belongs to a test or a desk.
    if (restart === undefined || restart === "no" || (volumes ?? []).some(({ type }) => type === "tmpfs")) return [];
    return [atService(service, "", "keeps its data in no volume with a name: it is lost with the container")];
  }),
});

export const VOLUME_ON_WRONG_PATH = rule({
  name: "volume-on-wrong-path",
  severity: "error",
  summary: "The volume of a PostgreSQL 18 is mounted where PostgreSQL 17 had its data.",
  why: "From 18 on the image keeps its data in `/var/lib/postgresql/18/docker`, and does not start with a mount at the old place.",
  fix: "Mount it at `/var/lib/postgresql`; data of 17 has to be upgraded.",
  bad: `services:
  db:
    image: postgres:18
    volumes: ["data:/var/lib/postgresql/data"]
volumes:
  data:
`,
  good: `services:
  db:
    image: postgres:18
    volumes: ["data:/var/lib/postgresql"]
volumes:
  data:
`,
  sources: ["docker-library/postgres#1259", "docker-library/postgres#1370", "docker-library/docs#2582"],
  judge: eachService((service) => {
    const { repository, tag } = splitImage(imageName(service) ?? "");
    if (repository !== "postgres" || service.model.environment?.has("PGDATA") === true) return [];
    const major = /^(\d+)/.exec(tag)?.[1];
    const isLatest = /^(?:latest|alpine|bookworm|trixie)/.test(tag);
    if (!isLatest && (major === undefined || Number(major) < 18)) return [];
    return (service.model.volumes ?? []).flatMap(({ target }, index) => {
      if (usualText(target)?.replace(/\/$/, "") !== "/var/lib/postgresql/data") return [];
      const message = `PostgreSQL ${major ?? "18, which this may be,"} does not start with a mount at /var/lib/postgresql/data`;
      const hint = "mount it at /var/lib/postgresql";
      return [atService(service, `volumes.${index}.target`, message, { hint, severity: isLatest ? "warning" : "error" })];
    });
  }),
});
