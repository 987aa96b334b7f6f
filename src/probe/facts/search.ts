import type { ImageFacts } from "./fact.ts";

/** Search engines and vector databases. */
export const SEARCH: readonly ImageFacts[] = [
  {
    images: ["elasticsearch", "docker.elastic.co/elasticsearch/elasticsearch"],
    role: "search",
    listens: [9200, 9300],
    startup: { seconds: 120, confidence: "medium" },
    noHealthcheck: "high",
    variants: [
      {
        tags: "8.x, 9.x",
        base: "unknown",
        has: "bash curl nc ps sh",
        confidence: "high",
        sources: ["df-es"],
        note: "curl used from base; nc, zip, unzip, procps-ng installed in the ubi build",
      },
    ],
  },
  {
    images: ["opensearchproject/opensearch"],
    role: "search",
    listens: [9200, 9600],
    startup: { seconds: 120, confidence: "medium" },
    noHealthcheck: "medium",
    variants: [
      {
        tag: /^1\./,
        tags: "1.2.x",
        base: "unknown",
        lacks: "curl wget",
        confidence: "high",
        sources: ["os-2357"],
        note: "no curl, no wget",
      },
      {
        tags: "2.x, 3.x",
        base: "unknown",
        has: "bash",
        confidence: "low",
        sources: ["bg"],
        note: "curl reported in later images; not re-checked",
      },
    ],
  },
  {
    images: ["kibana", "docker.elastic.co/kibana/kibana"],
    role: "search-ui",
    listens: [5601],
    startup: { seconds: 120, confidence: "low" },
    noHealthcheck: "high",
    variants: [{ tags: "8.x, 9.x", base: "unknown", has: "curl", confidence: "medium", sources: ["kibana-148511"] }],
  },
  {
    images: ["logstash"],
    role: "search",
    startup: { seconds: 120, confidence: "low" },
    noHealthcheck: "high",
    variants: [{ tags: "8.x, 9.x", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["getmeili/meilisearch"],
    role: "search",
    listens: [7700],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "high",
    variants: [{ tags: "v1.x", base: "alpine", has: "curl", confidence: "high", sources: ["df-meili"], note: "curl and tini installed" }],
  },
  {
    images: ["typesense/typesense"],
    role: "search",
    listens: [8108],
    startup: { seconds: 10, confidence: "low" },
    noHealthcheck: "high",
    variants: [
      {
        tags: "0.2x, 2x",
        base: "debian",
        confidence: "medium",
        sources: ["typesense-441", "typesense-2731"],
        note: "no curl (PR 2731 to add it still open 2026-03); bash reported present",
      },
    ],
  },
  {
    images: ["qdrant/qdrant"],
    role: "vector-db",
    listens: [6333, 6334],
    startup: { seconds: 10, confidence: "low" },
    noHealthcheck: "high",
    variants: [
      { tag: /unprivileged/, tags: "*-unprivileged", base: "unknown", confidence: "low", sources: ["qdrant-4250"] },
      {
        tags: "v1.x",
        base: "debian",
        confidence: "medium",
        sources: ["df-qdrant", "nemori-15", "ods-704"],
        note: "no curl/wget; bash used by many; perl verified in v1.16.3 by a PR author. Maintainers said they may strip the shell",
      },
    ],
  },
  {
    images: ["semitechnologies/weaviate", "cr.weaviate.io/semitechnologies/weaviate"],
    role: "vector-db",
    listens: [8080, 50051],
    startup: { seconds: 10, confidence: "medium" },
    noHealthcheck: "medium",
    variants: [{ tags: "1.3x", base: "alpine", confidence: "medium", sources: ["df-weaviate"] }],
  },
  {
    images: ["chromadb/chroma"],
    role: "vector-db",
    listens: [8000],
    startup: { seconds: 10, confidence: "medium" },
    variants: [{ tags: "1.5", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
];
