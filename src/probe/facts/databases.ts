import type { ImageFacts } from "./fact.ts";

/** Databases. */
export const DATABASES: readonly ImageFacts[] = [
  {
    images: ["postgres", "postgis/postgis", "pgvector/pgvector", "timescale/timescaledb"],
    variants: [
      {
        tag: /alpine/,
        tags: "<major>-alpine",
        base: "alpine",
        has: "pg_isready psql",
        unknown: "bash",
        confidence: "medium",
        sources: ["dl-hc", "bg"],
        note: "entrypoint is a bash script in current images; the old docker-library/healthcheck Dockerfile.alpine still adds bash",
      },
      {
        tags: "17-bookworm, <major> (default, debian)",
        base: "debian",
        has: "pg_isready psql",
        confidence: "high",
        sources: ["df-postgres"],
        note: "wget/curl installed only to build, then purged; full perl comes with postgresql-common",
      },
    ],
  },
  {
    images: ["mysql", "percona"],
    variants: [
      {
        tags: "8.4, 9, 26 (innovation; `latest`)",
        base: "unknown",
        has: "bash curl mysql mysqladmin mysqlsh sh",
        confidence: "high",
        sources: ["df-mysql"],
        note: "curl is used in the Dockerfile without being installed, so it comes with the base and stays; microdnf base",
      },
    ],
  },
  {
    images: ["mariadb"],
    variants: [
      { tag: /ubi/, tags: "*-ubi", base: "unknown", has: "bash healthcheck.sh mariadb sh", confidence: "medium", sources: ["df-mariadb"] },
      {
        tags: "10.6+, 11.x, 12.x (ubuntu noble)",
        base: "debian",
        has: "healthcheck.sh mariadb mariadb-admin",
        confidence: "high",
        sources: ["df-mariadb"],
        note: "wget purged after build; socat and perl (mariadb deps) present",
      },
    ],
  },
  {
    images: ["mongo"],
    variants: [
      { tag: /windows|nanoserver/, tags: "*-windowsservercore, *-nanoserver", base: "unknown", confidence: "high", sources: ["lib-docs"] },
      {
        tags: "8.0, 8.x-noble",
        base: "debian",
        has: "jq mongosh ps",
        lacks: "mongo",
        confidence: "high",
        sources: ["df-mongo"],
        note: "wget/gnupg purged; jq, procps, numactl kept; curl binary not installed by the Dockerfile",
      },
    ],
  },
  {
    images: ["clickhouse/clickhouse-server", "clickhouse"],
    variants: [
      {
        tag: /distroless/,
        tags: "<v>-distroless",
        base: "none",
        confidence: "medium",
        sources: ["openmeter-4683"],
        note: "new variant in 2026: any wget/CMD-SHELL check can not run",
      },
      { tag: /alpine/, tags: "<v>-alpine", base: "alpine", confidence: "medium", sources: ["tc-node", "coolify-11639"] },
      {
        tags: "<v>, <v>-jammy",
        base: "debian",
        has: "wget",
        confidence: "high",
        sources: ["df-clickhouse"],
        note: "wget installed and kept; no curl",
      },
    ],
  },
  {
    images: ["cassandra"],
    variants: [
      {
        tags: "5.0.9, 4.1.12",
        base: "debian",
        has: "cqlsh nodetool ps python3",
        unknown: "curl wget",
        confidence: "medium",
        sources: ["lib-docs", "df-cassandra"],
        note: "the stored Dockerfile (5.0-alpha1) was temurin-focal based; python3 is installed for cqlsh, procps and iproute2 too",
      },
    ],
  },
  {
    images: ["scylladb/scylla"],
    variants: [{ tags: "6.2", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["cockroachdb/cockroach"],
    variants: [
      {
        tags: "v2x",
        base: "unknown",
        has: "bash cockroach sh",
        confidence: "medium",
        sources: ["df-cockroach"],
        note: "stored Dockerfile is old (ubi8-minimal)",
      },
    ],
  },
  {
    images: ["influxdb"],
    variants: [
      { tag: /^3|core|enterprise/, tags: "3-core / 3-enterprise", base: "unknown", confidence: "low", sources: ["lib-docs"] },
      { tag: /alpine/, tags: "*-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs"] },
      {
        tags: "2.7",
        base: "debian",
        has: "curl influx",
        confidence: "high",
        sources: ["df-influx"],
        note: "curl and gnupg kept; influx CLI in /usr/local/bin",
      },
    ],
  },
  {
    images: ["neo4j"],
    variants: [
      { tag: /ubi/, tags: "*-ubi10", base: "unknown", confidence: "low", sources: ["lib-docs"] },
      {
        tags: "5, 2026.x-trixie (community/enterprise)",
        base: "debian",
        has: "cypher-shell wget",
        confidence: "medium",
        sources: ["lib-docs", "neo-7203"],
        note: "users report wget present and curl absent; cypher-shell in the image",
      },
    ],
  },
  {
    images: ["couchdb"],
    variants: [
      {
        tags: "3.5",
        base: "debian",
        has: "curl",
        confidence: "verified",
        sources: ["ri-couch"],
        note: "the Dockerfile purges curl, but the couchdb package depends on it: package list shows curl 8.14.1 installed. Do not infer from Dockerfiles alone.",
      },
    ],
  },
  {
    images: ["mcr.microsoft.com/mssql/server"],
    variants: [
      {
        tags: "2022-CU14+, 2025, 2019 (recent)",
        base: "debian",
        has: "sqlcmd",
        confidence: "high",
        sources: ["mssql-892", "msf-19507"],
        note: "tools moved from /opt/mssql-tools to /opt/mssql-tools18 (July 2024); not on PATH",
      },
    ],
  },
  {
    images: ["gvenzl/oracle-free", "gvenzl/oracle-xe"],
    variants: [
      {
        tags: "23, 23-slim, *-faststart",
        base: "unknown",
        has: "bash healthcheck.sh sh sqlplus",
        confidence: "high",
        sources: ["df-oracle"],
      },
    ],
  },
  {
    images: ["arangodb"],
    variants: [{ tags: "3.12", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["couchbase"],
    variants: [{ tags: "community-8, enterprise-8", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["mongodb/mongodb-atlas-local"],
    variants: [{ tags: "8.x", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["edoburu/pgbouncer"],
    variants: [{ tags: "1.25", base: "alpine", has: "psql", confidence: "medium", sources: ["sentry"] }],
  },
  {
    images: ["kurrentplatform/kurrentdb"],
    ownHealthcheck: { command: "", confidence: "medium", sources: ["tc-node"] },
    variants: [{ tags: "26.1", base: "unknown", confidence: "low", sources: ["tc-node"] }],
  },
];
