import type { ImageFacts } from "./fact.ts";

/** Queues and caches. */
export const QUEUES: readonly ImageFacts[] = [
  {
    images: ["redis", "redis/redis-stack-server"],
    variants: [
      { tag: /alpine/, tags: "<v>-alpine", base: "alpine", has: "redis-cli", confidence: "medium", sources: ["bg"] },
      { tags: "<v>, <v>-trixie", base: "debian", has: "redis-cli", confidence: "high", sources: ["df-redis"] },
    ],
  },
  {
    images: ["valkey/valkey"],
    variants: [
      { tag: /alpine/, tags: "*-alpine", base: "alpine", has: "valkey-cli", confidence: "medium", sources: ["sentry"] },
      {
        tags: "8.1, 9.x",
        base: "debian",
        has: "valkey-cli",
        confidence: "high",
        sources: ["df-valkey"],
        note: "redis-* names are not installed: only valkey-*",
      },
    ],
  },
  {
    images: ["rabbitmq"],
    variants: [
      {
        tag: /alpine/,
        tags: "*-alpine",
        base: "alpine",
        has: "rabbitmq-diagnostics",
        confidence: "medium",
        sources: ["bg"],
        note: "docker-library/healthcheck adds bash to the alpine image, so bash is not there",
      },
      {
        tags: "4.x, 3.13 (ubuntu)",
        base: "debian",
        has: "rabbitmq-diagnostics",
        confidence: "high",
        sources: ["df-rabbit"],
        note: "wget, gnupg, xz purged; erlang in /opt/erlang; /bin/sh is dash (no /dev/tcp)",
      },
    ],
  },
  {
    images: ["apache/kafka"],
    variants: [
      {
        tags: "3.7+, 4.x",
        base: "alpine",
        has: "bash kafka-topics.sh",
        confidence: "high",
        sources: ["df-kafka"],
        note: "wget/gpg removed after build (busybox applets stay); kafka scripts are bash, runs as appuser; scripts NOT on PATH",
      },
    ],
  },
  {
    images: ["apache/kafka-native"],
    variants: [
      {
        tags: "3.8+, 4.x",
        base: "unknown",
        lacks: "kafka-topics.sh",
        confidence: "low",
        sources: ["kn-216"],
        note: "no JVM CLI tools inside (reported for the similar ozangunalp/kafka-native)",
      },
    ],
  },
  {
    images: ["confluentinc/cp-kafka", "confluentinc/cp-server"],
    variants: [
      { tag: /^8/, tags: "8.x", base: "unknown", confidence: "low", sources: ["bg"], note: "nc presence not checked" },
      {
        tags: "7.x",
        base: "unknown",
        has: "bash kafka-broker-api-versions kafka-topics nc sh",
        confidence: "medium",
        sources: ["sentry", "cp-248"],
        note: "Sentry uses nc -z in 7.6.13; tools are on PATH WITHOUT the .sh suffix",
      },
    ],
  },
  {
    images: ["nats"],
    variants: [
      { tag: /alpine/, tags: "<v>-alpine", base: "alpine", confidence: "high", sources: ["df-nats"] },
      {
        tags: "<v>, <v>-scratch, linux",
        base: "none",
        confidence: "high",
        sources: ["lib-docs"],
        note: "the default Linux tag is scratch: only the nats-server binary",
      },
    ],
  },
  {
    images: ["redpandadata/redpanda"],
    variants: [{ tags: "v26", base: "unknown", has: "rpk", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["eclipse-mosquitto"],
    variants: [{ tags: "2.0", base: "alpine", confidence: "medium", sources: ["bg"] }],
  },
  {
    images: ["memcached"],
    variants: [
      { tag: /alpine/, tags: "1.6-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs", "sentry"] },
      { tags: "1.6", base: "debian", confidence: "high", sources: ["df-memcached"], note: "runs as user memcache; no nc" },
    ],
  },
];
