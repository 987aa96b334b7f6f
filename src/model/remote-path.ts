/** Whether a build context is a URL and not a folder. @see https://docs.docker.com/reference/compose-file/build/#context */
export function isRemote(path: string): boolean {
  return /^([a-z][a-z0-9+.-]*:\/\/|git@|github\.com\/|docker-image:)/.test(path);
}
