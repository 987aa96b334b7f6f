import type { ImageFacts } from "./fact.ts";

/** Web servers, proxies and registries. */
export const WEB: readonly ImageFacts[] = [
  {
    images: ["traefik"],
    role: "proxy",
    listens: [80, 8080],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "high",
    variants: [{ tags: "v3, v2.11", base: "alpine", has: "traefik", confidence: "high", sources: ["df-traefik"] }],
  },
  {
    images: ["nginx"],
    role: "web-server",
    listens: [80],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "high",
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
    role: "web-server",
    listens: [80],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "high",
    variants: [
      { tag: /alpine/, tags: "2.4-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs"] },
      { tags: "2.4", base: "debian", confidence: "medium", sources: ["lib-docs"] },
    ],
  },
  {
    images: ["caddy"],
    role: "web-server",
    listens: [80, 443, 2019],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "high",
    variants: [{ tags: "2, 2-alpine", base: "alpine", confidence: "high", sources: ["df-caddy"] }],
  },
  {
    images: ["haproxy"],
    role: "proxy",
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "high",
    variants: [
      { tag: /alpine/, tags: "*-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs"] },
      { tags: "3.x", base: "debian", confidence: "high", sources: ["df-haproxy"], note: "USER haproxy (non-root)" },
    ],
  },
  {
    images: ["envoyproxy/envoy"],
    role: "proxy",
    listens: [10000],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "high",
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
    role: "proxy",
    listens: [8000, 8443],
    startup: { seconds: 30, confidence: "low" },
    noHealthcheck: "high",
    variants: [{ tags: "2.8, 3.x", base: "unknown", confidence: "low", sources: ["supabase"] }],
  },
  {
    images: ["registry"],
    role: "registry",
    listens: [5000],
    startup: { seconds: 2, confidence: "low" },
    noHealthcheck: "medium",
    variants: [{ tags: "2.8, 3.x", base: "alpine", confidence: "medium", sources: ["df-registry"] }],
  },
];
