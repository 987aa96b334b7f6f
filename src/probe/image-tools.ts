import type { Tool } from "./catalog.ts";

// What the official images contain, by repository; the first tool is the cheapest of those that are there.
// Sources: the images' Dockerfiles, https://github.com/docker-library/official-images
const BY_REPOSITORY: Readonly<Record<string, readonly Tool[]>> = {
  alpine: ["wget"],
  busybox: ["wget"],
  httpd: [],
  nginx: ["curl"],
  node: ["node"],
  python: ["python3"],
};

/** The tools that an image is known to contain; `undefined` where nothing is known about it. */
export function toolsOf(image: string): readonly Tool[] | undefined {
  const { repository, tag } = splitImage(image);
  // Alpine's busybox has a wget, whatever else was put on top of it.
  const alpine: readonly Tool[] = /(^|-)alpine/.test(tag) ? ["wget"] : [];
  const known = BY_REPOSITORY[repository];
  const tools = [...(known ?? []), ...alpine];
  return tools.length === 0 ? undefined : tools;
}

function splitImage(image: string): { repository: string; tag: string } {
  const [, repository = image, tag = "latest"] = /^(?:docker\.io\/)?(?:library\/)?([^@]+?)(?::([^:/@]+))?(?:@.*)?$/.exec(image) ?? [];
  return { repository, tag };
}
