import type { VariantFacts } from "./fact.ts";

interface Toolset {
  readonly has: string;
  readonly lacks: string;
}

/** Clients of servers and tools for checks: no base has them, only the images whose own facts say so. */
const CLIENTS =
  "pg_isready psql mysql mariadb healthcheck.sh mongosh sqlcmd redis-cli valkey-cli rabbitmq-diagnostics etcdctl temporal traefik grpc_health_probe";

/**
 * What the base images contain. Debian and Ubuntu have perl-base and coreutils (with `timeout`), which are essential
 * packages; Alpine has busybox, whose applets these are.
 */
export const BASES: Readonly<Record<VariantFacts["base"], Toolset>> = {
  debian: { has: "sh bash perl timeout", lacks: `curl wget nc python3 node busybox ${CLIENTS}` },
  alpine: { has: "sh busybox wget nc ps timeout", lacks: `bash curl python3 node perl ${CLIENTS}` },
  buildpack: { has: "sh bash curl wget perl timeout", lacks: `node busybox ${CLIENTS}` },
  none: { has: "", lacks: `sh bash curl wget nc python3 node perl ps timeout busybox ${CLIENTS}` },
  unknown: { has: "", lacks: "" },
};
