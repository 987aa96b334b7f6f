import type { ImageFacts } from "./fact.ts";

/** Coordination, identity, storage, observability and applications. */
export const PLATFORM: readonly ImageFacts[] = [
  {
    images: ["bitnami/*", "bitnamilegacy/*"],
    status: "versioned tags removed from Docker Hub (Aug-Sep 2025); bitnamilegacy/* is frozen",
    variants: [{ tags: "*", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["zookeeper"],
    variants: [
      {
        tags: "3.9, 3.8 (jre-17)",
        base: "debian",
        has: "curl nc wget",
        confidence: "high",
        sources: ["df-zk"],
        note: "netcat and wget are installed and kept; curl comes with temurin",
      },
    ],
  },
  {
    images: ["quay.io/coreos/etcd", "gcr.io/etcd-development/etcd", "registry.k8s.io/etcd"],
    variants: [
      {
        tags: "v3.5+, v3.6, v3.7",
        base: "none",
        has: "etcdctl",
        confidence: "medium",
        sources: ["rancher-43654", "milvus-26733", "etcd-22424"],
        note: "no sh, no curl",
      },
    ],
  },
  {
    images: ["hashicorp/consul"],
    variants: [
      { tag: /ubi/, tags: "*-ubi", base: "unknown", has: "bash jq sh wget", confidence: "high", sources: ["df-consul"] },
      {
        tags: "1.x, 2.x",
        base: "alpine",
        has: "curl jq",
        confidence: "high",
        sources: ["df-consul"],
        note: "curl and jq installed; dumb-init is PID 1 (reaps zombies)",
      },
    ],
  },
  {
    images: ["hashicorp/vault"],
    variants: [{ tags: "1.x, 2.x", base: "alpine", confidence: "high", sources: ["df-vault"] }],
  },
  {
    images: ["minio/minio", "quay.io/minio/minio", "cgr.dev/chainguard/minio", "bitnamilegacy/minio"],
    status:
      "source-only since 2025-10; repo archived 2026-04; docker.io/minio/* deleted 2026-09-11/12; quay.io/minio/* still served but frozen",
    variants: [
      {
        tag: /^RELEASE\.(20(1\d|2[0-2])|2023-(0\d|10))/,
        tags: "< RELEASE.2023-11-01",
        base: "unknown",
        has: "curl",
        confidence: "high",
        sources: ["minio-18371"],
      },
      {
        tags: "RELEASE.2023-11-01 and later",
        base: "unknown",
        has: "bash mc sh",
        lacks: "curl wget",
        confidence: "high",
        sources: ["minio-18371"],
        note: "curl disappeared 2023-11-01; mc is in the image",
      },
    ],
  },
  {
    images: ["quay.io/keycloak/keycloak"],
    variants: [
      {
        tags: ">=21",
        base: "unknown",
        has: "bash sh",
        lacks: "curl nc python3 wget",
        confidence: "high",
        sources: ["kc-39373", "kc-38126", "kc-1656"],
        note: "no curl, no wget, no package manager (deliberate); bash and grep are there",
      },
    ],
  },
  {
    images: ["grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise"],
    variants: [
      { tag: /ubuntu/, tags: "*-ubuntu", base: "debian", has: "curl", confidence: "high", sources: ["graf-65547"] },
      {
        tags: "9.5+, 10-13 (alpine)",
        base: "alpine",
        has: "bash curl",
        confidence: "medium",
        sources: ["graf-65547", "graf-122982"],
        note: "curl added by PR 65547 (2023); a removal PR (2026-04) was closed",
      },
    ],
  },
  {
    images: ["prom/prometheus"],
    variants: [
      {
        tag: /distroless/,
        tags: "*-distroless",
        base: "none",
        confidence: "high",
        sources: ["prom-19079"],
        note: "becomes the default with 4.0",
      },
      { tags: "v2, v3 (default)", base: "alpine", confidence: "high", sources: ["prom-19079", "prom-10366"] },
    ],
  },
  {
    images: ["grafana/loki"],
    variants: [
      { tag: /^v?([0-2]\.|3\.[0-5](\.|$|-))/, tags: "< 3.6", base: "alpine", confidence: "high", sources: ["loki-20149"] },
      {
        tags: ">= 3.6.0",
        base: "none",
        confidence: "high",
        sources: ["loki-20149", "odpf-1677"],
        note: "busybox removed: no shell, wget, curl",
      },
    ],
  },
  {
    images: ["grafana/promtail"],
    variants: [
      {
        tags: ">= 3.3.1",
        base: "debian",
        confidence: "medium",
        sources: ["loki-15101"],
        note: "wget removed; bash /dev/tcp suggested by maintainers",
      },
    ],
  },
  {
    images: ["grafana/pyroscope"],
    variants: [{ tags: ">= 1.7", base: "none", confidence: "high", sources: ["pyro-3468"] }],
  },
  {
    images: ["victoriametrics/victoria-logs"],
    variants: [{ tags: "2026+", base: "none", confidence: "medium", sources: ["vl-1494"] }],
  },
  {
    images: ["jaegertracing/*"],
    variants: [
      {
        tags: "all-in-one v1, jaeger v2",
        base: "unknown",
        confidence: "low",
        sources: ["bg"],
        note: "reports disagree (scratch/alpine); verify per tag",
      },
    ],
  },
  {
    images: ["otel/opentelemetry-collector*", "otel/opentelemetry-collector-contrib"],
    variants: [{ tags: "*", base: "none", confidence: "high", sources: ["otel-30798"] }],
  },
  {
    images: ["temporalio/auto-setup"],
    variants: [
      {
        tags: "1.2x",
        base: "unknown",
        has: "sh tctl temporal",
        confidence: "medium",
        sources: ["evo-123", "moneat-796"],
        note: "temporal CLI (and in 1.24 still tctl) + hostname present",
      },
    ],
  },
  {
    images: ["localstack/localstack"],
    ownHealthcheck: {
      command: "./bin/localstack status services --format=json (interval 10s, start-period 15s, retries 5, timeout 5s)",
      confidence: "high",
      sources: ["df-localstack"],
    },
    variants: [
      {
        tags: "4.x and earlier",
        base: "debian",
        has: "curl node ps python3",
        confidence: "high",
        sources: ["df-localstack"],
        note: "curl, git, node 18, awslocal included",
      },
    ],
  },
  {
    images: ["axllent/mailpit"],
    ownHealthcheck: { command: "/mailpit readyz (interval 15s)", confidence: "high", sources: ["df-mailpit"] },
    variants: [{ tags: "v1", base: "alpine", confidence: "high", sources: ["df-mailpit"] }],
  },
  {
    images: ["mailhog/mailhog"],
    status: "unmaintained; suggest mailpit",
    variants: [{ tags: "v1.0.1", base: "alpine", confidence: "high", sources: ["df-mailhog"] }],
  },
  {
    images: ["selenium/standalone-*", "selenium/hub", "selenium/node-*"],
    variants: [
      {
        tags: "4.x",
        base: "debian",
        has: "curl jq",
        confidence: "medium",
        sources: ["sel-773"],
        note: "curl, jq and /opt/bin/check-grid.sh",
      },
    ],
  },
  {
    images: ["sonarqube"],
    variants: [{ tags: "10.x, 2026.x", base: "debian", has: "curl wget", confidence: "high", sources: ["df-sonar"] }],
  },
  {
    images: ["ollama/ollama"],
    variants: [
      {
        tags: "0.x",
        base: "debian",
        has: "ollama",
        confidence: "high",
        sources: ["df-ollama", "langextract-360"],
        note: "no curl, no wget",
      },
    ],
  },
  {
    images: ["darthsim/imgproxy"],
    variants: [{ tags: "v3", base: "unknown", has: "imgproxy", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["timberio/vector"],
    variants: [
      { tag: /distroless/, tags: "*-distroless-*", base: "none", confidence: "medium", sources: ["bg"] },
      { tag: /alpine/, tags: "*-alpine", base: "alpine", confidence: "high", sources: ["supabase"] },
    ],
  },
  {
    images: ["chrislusf/seaweedfs"],
    variants: [{ tags: "4.x", base: "alpine", confidence: "medium", sources: ["sentry"] }],
  },
  {
    images: ["ghcr.io/shopify/toxiproxy"],
    variants: [{ tags: "2.12", base: "none", confidence: "low", sources: ["bg"] }],
  },
];
