/** A program that can do a probe inside the container. */
export type Tool = "curl" | "wget" | "bash" | "perl" | "python3" | "node" | "nc";

/** Where a password is found inside the container; it never stands in the emitted text. */
export type Credential =
  /** A variable of the container's environment. */
  | { readonly variable: string }
  /** A file in the container, e.g. `secret("db-password", ...).path`. */
  | { readonly file: string };

/** A header whose value is read inside the container: `{ prefix: "Bearer ", variable: "API_TOKEN" }`. */
export type HiddenHeader = Credential & {
  /** What stands before it. Default: nothing. */
  readonly prefix?: string;
};
