import type { ImageFacts } from "./fact.ts";

/** Search engines and vector databases. */
export const SEARCH: readonly ImageFacts[] = [
  {
    images: ["elasticsearch", "docker.elastic.co/elasticsearch/elasticsearch"],
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
    variants: [{ tags: "8.x, 9.x", base: "unknown", has: "curl", confidence: "medium", sources: ["kibana-148511"] }],
  },
  {
    images: ["logstash"],
    variants: [{ tags: "8.x, 9.x", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["getmeili/meilisearch"],
    variants: [{ tags: "v1.x", base: "alpine", has: "curl", confidence: "high", sources: ["df-meili"], note: "curl and tini installed" }],
  },
  {
    images: ["typesense/typesense"],
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
    variants: [{ tags: "1.3x", base: "alpine", confidence: "medium", sources: ["df-weaviate"] }],
  },
  {
    images: ["chromadb/chroma"],
    variants: [{ tags: "1.5", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
];
