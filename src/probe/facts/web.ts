import type { ImageFacts } from "./fact.ts";

/** Web servers, proxies and registries. */
export const WEB: readonly ImageFacts[] = [
  {
    images: ["traefik"],
    variants: [{ tags: "v3, v2.11", base: "alpine", has: "traefik", confidence: "high", sources: ["df-traefik"] }],
  },
  {
    images: ["nginx"],
    variants: [
      {
        tag: /alpine-slim/,
        tags: "<v>-alpine-slim",
        base: "alpine",
        confidence: "high",
        sources: ["df-nginx-alpine"],
        note: "no curl here",
      },
      {
        tag: /alpine/,
        tags: "<v>-alpine",
        base: "alpine",
        has: "curl",
        confidence: "high",
        sources: ["df-nginx-alpine"],
        note: "adds curl",
      },
      {
        tags: "<v>, mainline, <v>-trixie",
        base: "debian",
        has: "curl",
        confidence: "high",
        sources: ["df-nginx"],
        note: "curl and gettext-base installed on purpose; no wget",
      },
    ],
  },
  {
    images: ["httpd"],
    variants: [
      { tag: /alpine/, tags: "2.4-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs"] },
      { tags: "2.4", base: "debian", confidence: "medium", sources: ["lib-docs"] },
    ],
  },
  {
    images: ["caddy"],
    variants: [{ tags: "2, 2-alpine", base: "alpine", confidence: "high", sources: ["df-caddy"] }],
  },
  {
    images: ["haproxy"],
    variants: [
      { tag: /alpine/, tags: "*-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs"] },
      { tags: "3.x", base: "debian", confidence: "high", sources: ["df-haproxy"], note: "USER haproxy (non-root)" },
    ],
  },
  {
    images: ["envoyproxy/envoy"],
    variants: [
      { tag: /distroless/, tags: "distroless-*", base: "none", confidence: "high", sources: ["df-envoy"] },
      {
        tags: "v1.3x",
        base: "debian",
        confidence: "high",
        sources: ["df-envoy"],
        note: "only ca-certificates + tzdata added: no curl, no wget",
      },
    ],
  },
  {
    images: ["kong"],
    variants: [{ tags: "2.8, 3.x", base: "unknown", confidence: "low", sources: ["supabase"] }],
  },
  {
    images: ["registry"],
    variants: [{ tags: "2.8, 3.x", base: "alpine", confidence: "medium", sources: ["df-registry"] }],
  },
];
