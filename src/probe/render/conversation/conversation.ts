/** A few bytes to a port, and what the answer must begin with. */
export interface Conversation {
  readonly host: string;
  readonly port: number;
  /** One character a byte. Default: nothing is said, the server speaks first. */
  readonly say?: string;
  /** The answer's first bytes, none of them zero; "any" for whatever is answered. Default: no answer, only a connection. */
  readonly expect?: string;
  /** Said at the end by tools that wait until the server hangs up. */
  readonly bye?: string;
}

/** Whether an answer's beginning does not matter. */
export const ANY = "any";
