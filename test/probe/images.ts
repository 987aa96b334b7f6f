import { contentsOf } from "../../src/probe/facts/contents.ts";
import { TABLE } from "../../src/probe/facts/table.ts";

/** Tags that stand for variants: without a version they are the newest, for which all facts hold. */
const TAGS = [
  "latest",
  "alpine",
  "alpine-slim",
  "slim",
  "distroless",
  "distroless-alpine",
  "chiseled",
  "ubi",
  "ubuntu",
  "8.0.0",
  "1.9",
  "3.5.1",
  "3-core",
  "debug",
  "fpm",
  "fpm-alpine",
  "cli",
  "unprivileged",
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
