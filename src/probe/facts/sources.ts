/** Where a fact comes from. */
export interface Source {
  readonly what: string;
  readonly url?: string;
  readonly asOf?: string;
}

/** The sources of the facts, by their short names. */
export const SOURCES: Readonly<Record<string, Source>> = {
  "local-tools": {
    what: "Measured by the project (Debian 12): curl, GNU wget, Debian busybox 1.35, dash, bash, perl-base, node 20, python 3.11 against a loopback server",
    asOf: "2026-11-21",
  },
  bg: { what: "Background knowledge, not checked" },
  "dl-hc": {
    what: "docker-library/healthcheck (reference scripts)",
    url: "https://github.com/docker-library/healthcheck",
    asOf: "2022-03",
  },
  "lib-docs": {
    what: "docker-library/docs (Docker Hub README sources)",
    url: "https://github.com/docker-library/docs",
    asOf: "2026-08-21",
  },
  "tc-node": {
    what: "testcontainers/testcontainers-node packages/modules/*/src (default wait strategy, ports, timeouts)",
    url: "https://github.com/testcontainers/testcontainers-node",
    asOf: "2026-08-04",
  },
  sentry: {
    what: "getsentry/self-hosted docker-compose.yml",
    url: "https://github.com/getsentry/self-hosted/blob/master/docker-compose.yml",
    asOf: "2026-08",
  },
  supabase: {
    what: "supabase/supabase docker/docker-compose.yml",
    url: "https://github.com/supabase/supabase/blob/master/docker/docker-compose.yml",
    asOf: "2026-02",
  },
  "df-postgres": {
    what: "docker-library/postgres 17/bookworm/Dockerfile @ 03e18d66dd",
    url: "https://github.com/docker-library/postgres/blob/03e18d66ddd00497a6a7f8365747fb31386ccba6/17/bookworm/Dockerfile",
    asOf: "17.0",
  },
  "df-postgres-9": {
    what: "docker-library/postgres 9.3/Dockerfile @ 00706ec7c2, 9.6/alpine/Dockerfile @ 00f60dca9e: the first version with pg_isready, the first on Alpine",
    url: "https://github.com/docker-library/postgres/blob/00706ec7c2f2893aa753225074c5c1bff3b93cfc/9.3/Dockerfile",
    asOf: "9.3",
  },
  "df-mysql": {
    what: "docker-library/mysql 8.4/Dockerfile.oracle @ 3447d2db9b",
    url: "https://github.com/docker-library/mysql/blob/3447d2db9bc3084a226381b97ea852f8f9d96406/8.4/Dockerfile.oracle",
    asOf: "8.4.10",
  },
  "df-mariadb": {
    what: "MariaDB/mariadb-docker 12.3/Dockerfile, healthcheck.sh, docker-entrypoint.sh",
    url: "https://github.com/MariaDB/mariadb-docker",
    asOf: "2026-05-29",
  },
  "df-mongo": {
    what: "docker-library/mongo 8.0/Dockerfile @ 0223203c85",
    url: "https://github.com/docker-library/mongo/blob/0223203c85f9e026c05e4f34794f2f5dc719f9b3/8.0/Dockerfile",
    asOf: "8.0.0",
  },
  "df-nginx-1": {
    what: "nginx/docker-nginx stable/debian/Dockerfile @ 08d37de302 (1.18.0), stable/alpine/Dockerfile @ ab8516ed3a (1.20.0)",
    url: "https://github.com/nginx/docker-nginx/blob/08d37de30259d48b54c06172ae09736b70734ac9/stable/debian/Dockerfile",
    asOf: "1.18.0",
  },
  "df-nginx": {
    what: "nginx/docker-nginx mainline/debian/Dockerfile @ 14585c6fca",
    url: "https://github.com/nginx/docker-nginx/blob/14585c6fca4ba7f678f6cc178a00582e3fdc3b34/mainline/debian/Dockerfile",
    asOf: "1.29.8",
  },
  "df-nginx-alpine": {
    what: "nginx/docker-nginx mainline/alpine/Dockerfile @ 120635b2e7",
    url: "https://github.com/nginx/docker-nginx/blob/120635b2e7338f1bfd45bed7d7692538d7338196/mainline/alpine/Dockerfile",
    asOf: "1.31.5",
  },
  "df-redis-7": {
    what: "redis/docker-library-redis 7.0/Dockerfile @ 13938097ab",
    url: "https://github.com/redis/docker-library-redis/blob/13938097abae941f3dbf24c9c6be46f9a7a59f14/7.0/Dockerfile",
    asOf: "7.0.13",
  },
  "df-redis": {
    what: "redis/docker-library-redis debian/Dockerfile @ 0076c90a80",
    url: "https://github.com/redis/docker-library-redis/blob/0076c90a8028d29b25313f7272fa2d1245c3be76/debian/Dockerfile",
    asOf: "8.6.4",
  },
  "df-rabbit": {
    what: "docker-library/rabbitmq 4.1/ubuntu/Dockerfile @ 00309be972",
    url: "https://github.com/docker-library/rabbitmq/blob/00309be9729cd54aa525c35ac924fa026ee5e8a2/4.1/ubuntu/Dockerfile",
    asOf: "4.1.6",
  },
  "df-memcached": {
    what: "docker-library/memcached 1/debian/Dockerfile @ 0215dbaa54",
    url: "https://github.com/docker-library/memcached/blob/0215dbaa543d98b7e54eee9162906d31fcb8677e/1/debian/Dockerfile",
    asOf: "1.6.25",
  },
  "df-cassandra": {
    what: "docker-library/cassandra 5.0/Dockerfile @ 01dffce9d5",
    url: "https://github.com/docker-library/cassandra/blob/01dffce9d5d205f61733cbffaaf8973cc586219b/5.0/Dockerfile",
    asOf: "5.0-alpha1 (old; current tags are -trixie)",
  },
  "df-node-18": {
    what: "nodejs/docker-node 18/bullseye-slim/Dockerfile @ 02a64a08a9",
    url: "https://github.com/nodejs/docker-node/blob/02a64a08a98a472c6141cd583d2e9fc47bcd9bfd/18/bullseye-slim/Dockerfile",
    asOf: "18.10.0",
  },
  "df-python-3.9": {
    what: "docker-library/python 3.9/slim-bookworm/Dockerfile @ 00c4cce6b9",
    url: "https://github.com/docker-library/python/blob/00c4cce6b91488475bfaf85921bae12604a56d4a/3.9/slim-bookworm/Dockerfile",
    asOf: "3.9.24",
  },
  "df-php-8.1": {
    what: "docker-library/php 8.1/bullseye/fpm/Dockerfile @ 0aff58cf63",
    url: "https://github.com/docker-library/php/blob/0aff58cf6321cd4cdecc5b130a1b21443d00545d/8.1/bullseye/fpm/Dockerfile",
    asOf: "8.1.26",
  },
  "df-node": {
    what: "nodejs/docker-node 22/bookworm-slim/Dockerfile @ 07bd7414c9",
    url: "https://github.com/nodejs/docker-node/blob/07bd7414c9eeb7a134951122e1105e8c849f770e/22/bookworm-slim/Dockerfile",
    asOf: "22.1.0",
  },
  "df-temurin": {
    what: "adoptium/containers 21/jre/ubuntu/noble/Dockerfile @ 02b2232323",
    url: "https://github.com/adoptium/containers/blob/02b2232323f715945c6cf911f1092af8fb2372c5/21/jre/ubuntu/noble/Dockerfile",
    asOf: "21.0.4",
  },
  "df-php": {
    what: "docker-library/php 8.4/bookworm/fpm/Dockerfile @ 02b23e01f1",
    url: "https://github.com/docker-library/php/blob/02b23e01f116224fb7a6969cc13a7cf91d1e6617/8.4/bookworm/fpm/Dockerfile",
    asOf: "8.4.2",
  },
  "df-kafka": {
    what: "apache/kafka docker/jvm/Dockerfile @ 120d52df7d",
    url: "https://github.com/apache/kafka/blob/120d52df7d4a1e7eaf90e4e069b9c49c27e3d0de/docker/jvm/Dockerfile",
    asOf: "3.7-3.9",
  },
  "df-traefik": {
    what: "traefik/traefik-library-image v3.4/alpine/Dockerfile @ 19c7156de6",
    url: "https://github.com/traefik/traefik-library-image/blob/19c7156de69c027a199d78d77efc7285d9cca13e/v3.4/alpine/Dockerfile",
    asOf: "3.4.1",
  },
  "df-clickhouse": {
    what: "ClickHouse/ClickHouse docker/server/Dockerfile.ubuntu @ 001409ce72",
    url: "https://github.com/ClickHouse/ClickHouse/blob/001409ce725057e78f20cef6f6f0b18d45521a3a/docker/server/Dockerfile.ubuntu",
    asOf: "25.4.4",
  },
  "df-es": {
    what: "elastic/elasticsearch distribution/docker/src/docker/Dockerfile @ 000e018384",
    url: "https://github.com/elastic/elasticsearch/blob/000e018384d27f0811b9845152f89802ead3cdad/distribution/docker/src/docker/Dockerfile",
    asOf: "8.0-era template",
  },
  "df-caddy": {
    what: "caddyserver/caddy-docker 2.10/alpine/Dockerfile @ 1660dc8c7f",
    url: "https://github.com/caddyserver/caddy-docker/blob/1660dc8c7f53f711d6c3493366515433b0b2edb3/2.10/alpine/Dockerfile",
    asOf: "2.10.2",
  },
  "df-zk": {
    what: "31z4/zookeeper-docker 3.9.3/Dockerfile @ 17bab0d161",
    url: "https://github.com/31z4/zookeeper-docker/blob/17bab0d161a64b968b29b39a434d27c62e53e34d/3.9.3/Dockerfile",
    asOf: "3.9.3",
  },
  "df-ollama": {
    what: "ollama/ollama Dockerfile @ 000ce02098",
    url: "https://github.com/ollama/ollama/blob/000ce02098f6bfea486601b5cae35ba38f8824fc/Dockerfile",
    asOf: "2024-04",
  },
  "df-weaviate": {
    what: "weaviate/weaviate Dockerfile @ 01410ed894",
    url: "https://github.com/weaviate/weaviate/blob/01410ed894969652b75a5c9182f0381b0252e251/Dockerfile",
    asOf: "2025",
  },
  "df-meili": {
    what: "meilisearch/meilisearch Dockerfile @ 02887fb5da",
    url: "https://github.com/meilisearch/meilisearch/blob/02887fb5da710d0e849466f4241a38dbb01f4ce0/Dockerfile",
    asOf: "2025-09",
  },
  "df-mailpit": {
    what: "axllent/mailpit Dockerfile @ 13901cc87f",
    url: "https://github.com/axllent/mailpit/blob/13901cc87f51b7e9c2dcee2a82c21e2303ba0a3c/Dockerfile",
    asOf: "2025",
  },
  "df-localstack": {
    what: "localstack/localstack Dockerfile @ 00d1ae9b89",
    url: "https://github.com/localstack/localstack/blob/00d1ae9b89e6f9e90f452280615d1f76e8927bff/Dockerfile",
    asOf: "2024-03",
  },
  "df-registry": {
    what: "distribution/distribution-library-image Dockerfile @ 057436d4dd",
    url: "https://github.com/distribution/distribution-library-image/blob/057436d4dd745cfb1f913e0fdae56e304bcb160c/Dockerfile",
    asOf: "2.8 (current image is 3.1)",
  },
  "df-valkey": {
    what: "valkey-io/valkey-container 8.1/debian/Dockerfile @ 00a2b21188",
    url: "https://github.com/valkey-io/valkey-container/blob/00a2b211887fd46775bba37c554167a19783cca4/8.1/debian/Dockerfile",
    asOf: "8.1.8",
  },
  "df-vault": {
    what: "hashicorp/vault Dockerfile @ 024c09b665",
    url: "https://github.com/hashicorp/vault/blob/024c09b6651c8f1f568915ad01411862af89aaca/Dockerfile",
    asOf: "2024-25",
  },
  "df-consul": {
    what: "hashicorp/consul Dockerfile @ 03658a093a",
    url: "https://github.com/hashicorp/consul/blob/03658a093a6e785221f04380a4d86f87e9c0792a/Dockerfile",
    asOf: "2026",
  },
  "df-qdrant": {
    what: "qdrant/qdrant Dockerfile @ 00a35e94bb",
    url: "https://github.com/qdrant/qdrant/blob/00a35e94bbfa0a5f536f1eab3e7861bca58568b5/Dockerfile",
    asOf: "2022 (old)",
  },
  "df-cockroach": {
    what: "cockroachdb/cockroach build/deploy/Dockerfile @ 0116efa235",
    url: "https://github.com/cockroachdb/cockroach/blob/0116efa235b0dfd0e4fb375171b1e140e0cf9605/build/deploy/Dockerfile",
    asOf: "2021-22 (old)",
  },
  "df-influx": {
    what: "influxdata/influxdata-docker influxdb/2.7/Dockerfile @ 046b771067",
    url: "https://github.com/influxdata/influxdata-docker/blob/046b771067f49927d5434889a0f128b5989681b6/influxdb/2.7/Dockerfile",
    asOf: "2.7.12",
  },
  "df-nats": {
    what: "nats-io/nats-docker 2.11.x/alpine3.21/Dockerfile @ 0b3bf460e7",
    url: "https://github.com/nats-io/nats-docker/blob/0b3bf460e7b858ddc8907d46f10b024d70559a2a/2.11.x/alpine3.21/Dockerfile",
    asOf: "2.11",
  },
  "df-envoy": {
    what: "envoyproxy/envoy distribution/docker/Dockerfile-envoy @ 0252c88f47",
    url: "https://github.com/envoyproxy/envoy/blob/0252c88f4757a779c62b2cc034e29bb737e0783a/distribution/docker/Dockerfile-envoy",
    asOf: "2025-26",
  },
  "df-oracle": {
    what: "gvenzl/oci-oracle-free healthcheck.sh @ 1f7896d65d",
    url: "https://github.com/gvenzl/oci-oracle-free/blob/1f7896d65d745262d2fab50bb6afe9096da3f70c/healthcheck.sh",
    asOf: "2023-25",
  },
  "df-haproxy": {
    what: "docker-library/haproxy 3.0/Dockerfile @ 024ece8e67",
    url: "https://github.com/docker-library/haproxy/blob/024ece8e67340cde4d0bb69ac691acc68fad3209/3.0/Dockerfile",
    asOf: "3.0-dev9",
  },
  "df-mailhog": {
    what: "mailhog/MailHog Dockerfile @ 01ce555a23",
    url: "https://github.com/mailhog/MailHog/blob/01ce555a236440434fac142892dc2895b0a257fd/Dockerfile",
    asOf: "unmaintained",
  },
  "df-sonar": {
    what: "SonarSource/docker-sonarqube 10/community/Dockerfile @ 12d0aa6fcf",
    url: "https://github.com/SonarSource/docker-sonarqube/blob/12d0aa6fcf340355e7bc73d9cb5228a4dd407ecb/10/community/Dockerfile",
    asOf: "10.6",
  },
  "ri-python": {
    what: "docker-library/repo-info repos/python/local/3.12-slim.md (full dpkg list)",
    url: "https://github.com/docker-library/repo-info/blob/master/repos/python/local/3.12-slim.md",
    asOf: "2026-07-14",
  },
  "ri-couch": {
    what: "docker-library/repo-info repos/couchdb/local/3.5.md (full dpkg list)",
    url: "https://github.com/docker-library/repo-info/blob/master/repos/couchdb/local/3.5.md",
    asOf: "2026 (3.5.2.1)",
  },
  "cp-248": { what: "confluentinc/cp-docker-images#248", url: "https://github.com/confluentinc/cp-docker-images/issues/248" },
  "kn-216": { what: "ozangunalp/kafka-native#216", url: "https://github.com/ozangunalp/kafka-native/issues/216" },
  "kc-39373": { what: "keycloak/keycloak#39373", url: "https://github.com/keycloak/keycloak/issues/39373" },
  "kc-38126": { what: "keycloak/keycloak#38126", url: "https://github.com/keycloak/keycloak/issues/38126" },
  "kc-1656": {
    what: "agentic-community/mcp-gateway-registry#1656",
    url: "https://github.com/agentic-community/mcp-gateway-registry/pull/1656",
  },
  "minio-18371": { what: "minio/minio#18371", url: "https://github.com/minio/minio/issues/18371" },
  "loki-20149": { what: "grafana/loki#20149", url: "https://github.com/grafana/loki/issues/20149" },
  "loki-15101": { what: "grafana/loki#15101", url: "https://github.com/grafana/loki/pull/15101" },
  "odpf-1677": {
    what: "OpenDigitalProductFactory/opendigitalproductfactory#1677",
    url: "https://github.com/OpenDigitalProductFactory/opendigitalproductfactory/pull/1677",
  },
  "qdrant-4250": { what: "qdrant/qdrant#4250", url: "https://github.com/qdrant/qdrant/issues/4250" },
  "ods-704": { what: "Osmantic/ODS#704", url: "https://github.com/Osmantic/ODS/pull/704" },
  "nemori-15": { what: "nemori-ai/nemori#15", url: "https://github.com/nemori-ai/nemori/pull/15" },
  "mssql-892": { what: "microsoft/mssql-docker#892", url: "https://github.com/microsoft/mssql-docker/issues/892" },
  "msf-19507": { what: "rapid7/metasploit-framework#19507", url: "https://github.com/rapid7/metasploit-framework/pull/19507" },
  "etcd-22424": { what: "etcd-io/etcd#22424", url: "https://github.com/etcd-io/etcd/pull/22424" },
  "milvus-26733": { what: "milvus-io/milvus#26733", url: "https://github.com/milvus-io/milvus/issues/26733" },
  "rancher-43654": { what: "rancher/rancher#43654", url: "https://github.com/rancher/rancher/pull/43654" },
  "langextract-360": { what: "google/langextract#360", url: "https://github.com/google/langextract/pull/360" },
  "moneat-796": { what: "moneat-io/moneat#796", url: "https://github.com/moneat-io/moneat/pull/796" },
  "evo-123": {
    what: "evolution-foundation/evo-crm-community#123",
    url: "https://github.com/evolution-foundation/evo-crm-community/pull/123",
  },
  "otel-30798": {
    what: "open-telemetry/opentelemetry-collector-contrib#30798",
    url: "https://github.com/open-telemetry/opentelemetry-collector-contrib/issues/30798",
  },
  "coolify-11639": { what: "coollabsio/coolify#11639", url: "https://github.com/coollabsio/coolify/pull/11639" },
  "openmeter-4683": { what: "openmeterio/openmeter#4683", url: "https://github.com/openmeterio/openmeter/pull/4683" },
  "prom-19079": { what: "prometheus/prometheus#19079", url: "https://github.com/prometheus/prometheus/issues/19079" },
  "prom-10366": { what: "prometheus/prometheus#10366", url: "https://github.com/prometheus/prometheus/pull/10366" },
  "dotnet-2379": { what: "dotnet/dotnet-docker#2379", url: "https://github.com/dotnet/dotnet-docker/issues/2379" },
  "bugler-31": { what: "Svaca33/Bugler#31", url: "https://github.com/Svaca33/Bugler/issues/31" },
  "typesense-441": { what: "typesense/typesense#441", url: "https://github.com/typesense/typesense/issues/441" },
  "typesense-2731": { what: "typesense/typesense#2731", url: "https://github.com/typesense/typesense/pull/2731" },
  "os-2357": {
    what: "opensearch-project/opensearch-build#2357",
    url: "https://github.com/opensearch-project/opensearch-build/issues/2357",
  },
  "kibana-148511": { what: "elastic/kibana#148511", url: "https://github.com/elastic/kibana/issues/148511" },
  "neo-7203": { what: "neo4j/neo4j#7203", url: "https://github.com/neo4j/neo4j/issues/7203" },
  "graf-65547": { what: "grafana/grafana#65547", url: "https://github.com/grafana/grafana/pull/65547" },
  "graf-122982": { what: "grafana/grafana#122982", url: "https://github.com/grafana/grafana/pull/122982" },
  "sel-773": { what: "SeleniumHQ/docker-selenium#773", url: "https://github.com/SeleniumHQ/docker-selenium/pull/773" },
  "portck-362": { what: "dsgnr/portchecker.io#362", url: "https://github.com/dsgnr/portchecker.io/pull/362" },
  "pyro-3468": { what: "grafana/pyroscope#3468", url: "https://github.com/grafana/pyroscope/pull/3468" },
  "vl-1494": { what: "VictoriaMetrics/VictoriaLogs#1494", url: "https://github.com/VictoriaMetrics/VictoriaLogs/pull/1494" },
  "distroless-1773": {
    what: "GoogleContainerTools/distroless#1773",
    url: "https://github.com/GoogleContainerTools/distroless/issues/1773",
  },
  "distroless-183": { what: "GoogleContainerTools/distroless#183", url: "https://github.com/GoogleContainerTools/distroless/issues/183" },
};
