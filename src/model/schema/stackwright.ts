/** The extension `x-stackwright`, of a service or of a whole stack. (No interface: those don't pass for extensions.) */
export type StackwrightExtension = {
  /** Rules of `stackwright check` that may find something here, and why: `{ "image-unpinned": "a demonstration" }`. */
  readonly allow: { readonly [rule: string]: string };
};
