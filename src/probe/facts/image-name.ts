/** An image's name in its parts. @see https://docs.docker.com/reference/cli/docker/image/tag/ */
export interface ImageName {
  /** Without Docker Hub's own host and `library/`: `postgres`, `quay.io/keycloak/keycloak`. */
  readonly repository: string;
  /** "latest" where none is given. */
  readonly tag: string;
}

/** Splits an image's name; a digest is left out. */
export function splitImage(image: string): ImageName {
  const [name = image] = image.split("@");
  const match = /^(.+?)(?::([^:/]+))?$/.exec(name);
  const repository = (match?.[1] ?? name).replace(/^(?:(?:index\.|registry-1\.)?docker\.io\/)?(?:library\/)?/, "");
  return { repository, tag: match?.[2] ?? "latest" };
}
