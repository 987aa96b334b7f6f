/** How sure a fact is. All but `low` are enough to refuse a probe. */
export type Confidence =
  /** Measured by the project, or read in a complete list of packages. */
  | "verified"
  /** A Dockerfile, an entry point, a shipped script, a maintainer's word, or several independent reports. */
  | "high"
  /** One report, an older Dockerfile, or inferred from the base image. */
  | "medium"
  /** Background knowledge that was not checked. */
  | "low";

/** What one variant of an image contains; lists of programs are words in a string. */
export interface VariantFacts {
  /** The tags of the variant; absent for the one that every other tag means. */
  readonly tag?: RegExp;
  /** The oldest version that was looked at, or that a source speaks of: `[10, 6]`. Empty where the sources speak of all. */
  readonly since: readonly number[];
  /** The tags that were looked at. */
  readonly tags: string;
  readonly base: "debian" | "alpine" | "buildpack" | "none" | "unknown";
  /** Programs beyond the base's, with their folder where that is not on PATH. */
  readonly has?: string;
  /** Programs that are not there, beyond the base's. */
  readonly lacks?: string;
  /** Programs of which the base's facts don't hold here. */
  readonly unknown?: string;
  readonly confidence: Confidence;
  /** Short names; see `SOURCES`. */
  readonly sources: readonly string[];
  readonly note?: string;
}

/** What is known about an image; variants with a `tag` stand before the one without. */
export interface ImageFacts {
  readonly images: readonly string[];
  /** What it is for: "database", "queue", "web-server", "runtime", ... */
  readonly role?: string;
  /** The TCP ports that it listens on, unless it is told otherwise. */
  readonly listens?: readonly number[];
  /** The most seconds that its start usually takes, with an empty volume on an ordinary machine. */
  readonly startup?: { readonly seconds: number; readonly confidence: Confidence };
  /** That it brings no health check of its own; absent where nobody knows. */
  readonly noHealthcheck?: Confidence;
  /** Deprecated, gone, moved. */
  readonly status?: string;
  /** The health check that the image brings. */
  readonly ownHealthcheck?: { readonly command: string; readonly confidence: Confidence; readonly sources: readonly string[] };
  readonly variants: readonly VariantFacts[];
}
