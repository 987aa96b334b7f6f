import type { ImageFacts } from "./fact.ts";

/** The images of Supabase and PostgREST. */
export const SUPABASE: readonly ImageFacts[] = [
  {
    images: ["supabase/postgres"],
    role: "supabase",
    listens: [5432],
    startup: { seconds: 30, confidence: "low" },
    variants: [{ since: [15], tags: "15.x, 17.x", base: "unknown", has: "pg_isready", confidence: "low", sources: ["supabase"] }],
  },
  {
    images: ["supabase/gotrue", "supabase/auth"],
    role: "supabase",
    listens: [9999],
    startup: { seconds: 10, confidence: "low" },
    variants: [{ since: [2], tags: "v2", base: "alpine", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["postgrest/postgrest"],
    role: "supabase",
    listens: [3000],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "medium",
    variants: [
      { since: [14], tags: "v14", base: "none", confidence: "low", sources: ["bg"], note: "upstream compose has no healthcheck for it" },
    ],
  },
  {
    images: ["supabase/realtime"],
    role: "supabase",
    listens: [4000],
    startup: { seconds: 30, confidence: "low" },
    variants: [{ since: [2], tags: "v2", base: "unknown", has: "curl sh", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/storage-api"],
    role: "supabase",
    listens: [5000],
    startup: { seconds: 10, confidence: "low" },
    variants: [{ since: [1], tags: "v1", base: "alpine", has: "node", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/studio"],
    role: "supabase",
    listens: [3000],
    startup: { seconds: 30, confidence: "low" },
    variants: [{ since: [2026], tags: "2026.x", base: "unknown", has: "node", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/logflare"],
    role: "supabase",
    listens: [4000],
    startup: { seconds: 120, confidence: "low" },
    variants: [{ since: [1], tags: "1.x", base: "unknown", has: "curl", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/postgres-meta"],
    role: "supabase",
    listens: [8080],
    startup: { seconds: 10, confidence: "low" },
    variants: [{ since: [0, 95], tags: "v0.95", base: "unknown", confidence: "low", sources: ["supabase"] }],
  },
  {
    images: ["supabase/supavisor"],
    role: "supabase",
    listens: [4000, 5432, 6543],
    startup: { seconds: 30, confidence: "low" },
    variants: [{ since: [2, 7], tags: "2.7", base: "unknown", has: "curl sh", confidence: "medium", sources: ["supabase"] }],
  },
];
