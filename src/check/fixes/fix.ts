/** What mends a finding and changes nothing else. */
export interface Fix {
  /** What it does: "gives curl -f". */
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** A change of a file. */
export type Edit = TextEdit | AttributeEdit;

/** Another text between two offsets of a Dockerfile, the second one excluded. */
export interface TextEdit {
  readonly kind: "text";
  /** Absolute. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Another value of an attribute in a Compose file, whose text is the editor's business. */
export interface AttributeEdit {
  readonly kind: "attribute";
  /** Absolute. */
  readonly file: string;
  /** Where its key stands, from 1. */
  readonly line: number;
  readonly column: number;
  /** As Compose reads it, dollar signs doubled; `undefined` takes the attribute out. */
  readonly value: string | readonly string[] | undefined;
}
