import type { ImageFacts } from "./fact.ts";

/** The images of Supabase and PostgREST. */
export const SUPABASE: readonly ImageFacts[] = [
  {
    images: ["supabase/postgres"],
    variants: [{ tags: "15.x, 17.x", base: "unknown", has: "pg_isready", confidence: "low", sources: ["supabase"] }],
  },
  {
    images: ["supabase/gotrue", "supabase/auth"],
    variants: [{ tags: "v2", base: "alpine", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["postgrest/postgrest"],
    variants: [{ tags: "v14", base: "none", confidence: "low", sources: ["bg"], note: "upstream compose has no healthcheck for it" }],
  },
  {
    images: ["supabase/realtime"],
    variants: [{ tags: "v2", base: "unknown", has: "curl sh", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/storage-api"],
    variants: [{ tags: "v1", base: "alpine", has: "node", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/studio"],
    variants: [{ tags: "2026.x", base: "unknown", has: "node", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/logflare"],
    variants: [{ tags: "1.x", base: "unknown", has: "curl", confidence: "medium", sources: ["supabase"] }],
  },
  {
    images: ["supabase/postgres-meta"],
    variants: [{ tags: "v0.95", base: "unknown", confidence: "low", sources: ["supabase"] }],
  },
  {
    images: ["supabase/supavisor"],
    variants: [{ tags: "2.7", base: "unknown", has: "curl sh", confidence: "medium", sources: ["supabase"] }],
  },
];
