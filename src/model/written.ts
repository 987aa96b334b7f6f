/**
 * A Compose file as it was written, for stacks that were read and not made in TypeScript.
 *
 * Compose accepts most attributes in several forms, and some mean something only once variables have
 * values (`"${DATA}:/data"` is a volume or a folder). Kept form for form, nothing has to be guessed.
 */
export interface WrittenCompose {
  /** The merged file, and every included file that must stay apart. */
  readonly parts: readonly WrittenPart[];
}

/** A file with the surroundings in which Compose reads it. */
export interface WrittenPart {
  /** Names the part's file in the output. */
  readonly name: string;
  readonly document: WrittenMap;
  /** The folder where its relative paths start, absolute. */
  readonly folder: string;
  /** The files of variables for this part alone, absolute; later ones win. */
  readonly envFiles: readonly string[];
  /** Whether it must be read from `folder`: a path in it depends on the value of a variable, or `envFiles` are its own. */
  readonly dependsOnFolder: boolean;
}

/** A value of a Compose file; texts are Compose's own, variables and doubled `$` included. */
export type WrittenValue = null | boolean | number | bigint | string | WrittenPath | readonly WrittenValue[] | WrittenMap;

/** A map of a Compose file, in its order. */
export interface WrittenMap extends ReadonlyMap<string, WrittenValue> {}

/** A text that contains a path of the host, relative to the part's folder: `./data` in `./data:/var/lib/data`. */
export interface WrittenPath {
  readonly kind: "written path";
  readonly before: string;
  readonly path: string;
  readonly after: string;
  /** Whether only the values of variables tell whether it is a path, and where it begins. */
  readonly isOpen: boolean;
}

/** Whether a value contains a path of the host. */
export function isWrittenPath(value: WrittenValue): value is WrittenPath {
  return typeof value === "object" && value !== null && (value as Partial<WrittenPath>).kind === "written path";
}
