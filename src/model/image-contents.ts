/** What is wanted of an image, or was found in it. */
export interface ImageContents {
  /** By name, or by their whole paths. */
  readonly programs: ReadonlySet<string>;
  /** What an interpreter reads, so that it need not be executable; by their whole paths. */
  readonly scripts: ReadonlySet<string>;
}
