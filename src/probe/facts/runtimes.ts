import type { ImageFacts } from "./fact.ts";

/** Language runtimes and base images. */
export const RUNTIMES: readonly ImageFacts[] = [
  {
    images: ["docker"],
    variants: [{ tags: "*-dind", base: "alpine", has: "docker", confidence: "medium", sources: ["dl-hc"] }],
  },
  {
    images: ["node"],
    variants: [
      { tag: /alpine/, tags: "<v>-alpine", base: "alpine", has: "node", confidence: "high", sources: ["portck-362"] },
      {
        tag: /slim/,
        tags: "<v>-slim, <v>-bookworm-slim",
        base: "debian",
        has: "node",
        confidence: "high",
        sources: ["df-node"],
        note: "curl and wget are installed to build and then purged",
      },
      { tags: "<v>, <v>-bookworm", base: "buildpack", has: "node", confidence: "medium", sources: ["lib-docs"] },
    ],
  },
  {
    images: ["python"],
    variants: [
      { tag: /alpine/, tags: "<v>-alpine", base: "alpine", has: "python3", confidence: "medium", sources: ["lib-docs"] },
      {
        tag: /slim/,
        tags: "<v>-slim",
        base: "debian",
        has: "python3",
        confidence: "verified",
        sources: ["ri-python"],
        note: "package list of 3.12.13-slim-trixie: neither curl nor wget installed (list read from start to `db5.3` and from `sed` to the end)",
      },
      { tags: "<v>, <v>-bookworm", base: "buildpack", has: "python3", confidence: "medium", sources: ["lib-docs"] },
    ],
  },
  {
    images: ["ruby"],
    variants: [
      { tag: /alpine/, tags: "<v>-alpine", base: "alpine", has: "ruby", confidence: "medium", sources: ["lib-docs"] },
      { tag: /slim/, tags: "<v>-slim", base: "debian", has: "ruby", confidence: "medium", sources: ["lib-docs"] },
      { tags: "<v>", base: "buildpack", has: "ruby", confidence: "medium", sources: ["lib-docs"] },
    ],
  },
  {
    images: ["golang"],
    variants: [
      { tag: /alpine/, tags: "<v>-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs"] },
      { tags: "<v>", base: "buildpack", confidence: "medium", sources: ["lib-docs"] },
    ],
  },
  {
    images: ["eclipse-temurin"],
    variants: [
      { tag: /alpine/, tags: "*-alpine", base: "alpine", confidence: "medium", sources: ["lib-docs"] },
      { tag: /ubi/, tags: "*-ubi10-minimal", base: "unknown", confidence: "low", sources: ["lib-docs"] },
      {
        tags: "<v>-jre, <v>-jdk (ubuntu noble/jammy)",
        base: "debian",
        has: "curl wget",
        confidence: "high",
        sources: ["df-temurin"],
        note: "curl ('historical reasons') and wget installed and kept in the stored version; may be dropped in newer ones",
      },
    ],
  },
  {
    images: ["openjdk"],
    status: "officially deprecated on Docker Hub (docker-library/docs openjdk/deprecated.md): use eclipse-temurin etc.",
    variants: [{ tags: "*", base: "unknown", confidence: "low", sources: ["bg"] }],
  },
  {
    images: ["php"],
    variants: [
      {
        tag: /alpine/,
        tags: "*-alpine",
        base: "alpine",
        has: "php",
        unknown: "curl",
        confidence: "medium",
        sources: ["bg"],
        note: "curl listed as persistent dep upstream",
      },
      {
        tags: "<v>-fpm, <v>-apache, <v>-cli (debian)",
        base: "debian",
        has: "curl php",
        confidence: "high",
        sources: ["df-php"],
        note: "curl is a persistent dep; PHPIZE deps (gcc, make, perl) stay",
      },
    ],
  },
  {
    images: ["wordpress"],
    variants: [
      { tag: /fpm-alpine/, tags: "fpm-alpine", base: "alpine", has: "php", confidence: "low", sources: ["lib-docs"] },
      { tag: /fpm$/, tags: "fpm", base: "debian", has: "curl php", confidence: "medium", sources: ["df-php"] },
      { tag: /^cli/, tags: "cli", base: "unknown", confidence: "low", sources: ["lib-docs"] },
      { tags: "apache", base: "debian", has: "curl php", confidence: "medium", sources: ["df-php"] },
    ],
  },
  {
    images: ["mcr.microsoft.com/dotnet/aspnet", "mcr.microsoft.com/dotnet/runtime-deps", "mcr.microsoft.com/dotnet/runtime"],
    variants: [
      {
        tag: /chiseled|distroless/,
        tags: "*-chiseled, *-distroless",
        base: "none",
        confidence: "medium",
        sources: ["bg"],
        note: "no shell: exec form of a shipped binary only",
      },
      {
        tag: /alpine/,
        tags: "*-alpine",
        base: "alpine",
        confidence: "high",
        sources: ["dotnet-2379"],
        note: "busybox wget: recommended by MS for healthchecks",
      },
      {
        tags: "5.0 - 10.0 (debian/ubuntu)",
        base: "debian",
        confidence: "high",
        sources: ["dotnet-2379", "bugler-31"],
        note: "curl removed with 5.0; no wget, nc, python3 (10.0 user report 2026-08)",
      },
    ],
  },
  {
    images: ["alpine"],
    variants: [
      {
        tags: "3.2x",
        base: "alpine",
        confidence: "high",
        sources: ["portck-362"],
        note: "musl lists ::1 first for localhost; busybox wget does not fall back to IPv4",
      },
    ],
  },
  {
    images: ["debian"],
    variants: [
      { tag: /slim/, tags: "<suite>-slim", base: "debian", confidence: "high", sources: ["ri-python", "local-tools"] },
      { tags: "<suite>", base: "debian", confidence: "medium", sources: ["bg"] },
    ],
  },
  {
    images: ["ubuntu"],
    variants: [{ tags: "22.04, 24.04", base: "debian", confidence: "high", sources: ["df-temurin", "df-envoy"] }],
  },
  {
    images: ["busybox"],
    variants: [{ tags: "*", base: "alpine", confidence: "medium", sources: ["bg"] }],
  },
  {
    images: ["gcr.io/distroless/python3*"],
    variants: [
      { tag: /debug/, tags: ":debug", base: "alpine", has: "python3", confidence: "medium", sources: ["vl-1494"] },
      { tags: "*", base: "none", has: "python3", confidence: "high", sources: ["distroless-183"] },
    ],
  },
  {
    images: ["gcr.io/distroless/*"],
    variants: [
      { tag: /debug/, tags: ":debug", base: "alpine", confidence: "medium", sources: ["vl-1494"] },
      {
        tags: "static, base, cc, java*, nodejs*, python3",
        base: "none",
        confidence: "high",
        sources: ["distroless-183"],
        note: "language variants contain only that runtime; node is /nodejs/bin/node, which is not on PATH",
      },
    ],
  },
  {
    images: ["scratch", "oliver006/redis_exporter"],
    variants: [{ tags: "FROM scratch", base: "none", confidence: "high", sources: ["distroless-183"] }],
  },
  {
    images: ["ghost"],
    variants: [
      { tag: /alpine/, tags: "6-alpine", base: "alpine", has: "node", confidence: "medium", sources: ["lib-docs"] },
      { tags: "6-bookworm", base: "debian", has: "node", confidence: "medium", sources: ["lib-docs"] },
    ],
  },
];
