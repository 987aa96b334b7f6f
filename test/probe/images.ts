import { contentsOf } from "../../src/probe/facts/contents.ts";
import { TABLE } from "../../src/probe/facts/table.ts";

/** Tags that stand for the variants which a plain version does not reach. */
const TAGS = [
  "1.0",
  "latest",
  "1.0-alpine",
  "1.0-alpine-slim",
  "1.0-slim",
  "1.0-distroless",
  "distroless-v1.0",
  "1.0-chiseled",
  "1.0-ubi",
  "1.0-ubuntu",
  "8.0.0",
  "3-core",
  "debug",
  "fpm",
  "fpm-alpine",
  "cli",
  "1.0-unprivileged",
  "v3.6.1",
  "RELEASE.2022-01-01T00-00-00Z",
];

/** One image for every variant of the table. */
export const IMAGES: readonly string[] = TABLE.flatMap(({ images, variants }) => {
  const name = images[0]?.replace("*", images[0].endsWith("/*") ? "any" : "") ?? "";
  const found = variants.map((variant) =>
    TAGS.map((tag) => `${name}:${tag}`).find((image) => {
      const contents = contentsOf(image);
      return contents?.row?.variant === variant && contents.confidence !== "assumed";
    }),
  );
  return found.map((image, index) => image ?? `${name} has no tag here for ${variants[index]?.tags}`);
});
