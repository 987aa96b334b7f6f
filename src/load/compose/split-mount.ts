/** The fields of a mount in its short form, as texts. */
export interface ShortMount {
  readonly source?: string;
  readonly target: string;
  /** `ro`, `z` and the like, with commas; empty where there are none. */
  readonly options: string;
}

/** Splits `SOURCE:TARGET:OPTIONS` at its colons, but not inside `${...}` and not after the letter of a Windows drive. */
export function splitMount(text: string): ShortMount {
  // Compose takes what is this short for a target.
  if (text.length <= 2) return { target: text, options: "" };
  const fields = splitFields(text);
  const [first = "", second, third = ""] = fields;
  return second === undefined ? { target: first, options: "" } : { source: first, target: second, options: third };
}

function splitFields(text: string): readonly string[] {
  const fields: string[] = [];
  let field = "";
  let depth = 0;
  const chars = [...text];
  for (const [index, char] of chars.entries()) {
    if (char === "$" && chars[index + 1] === "{") depth++;
    else if (char === "}" && depth > 0) depth--;
    if (char === ":" && depth === 0 && !/^[A-Za-z]$/.test(field)) {
      fields.push(field);
      field = "";
    } else field += char;
  }
  return [...fields, field];
}

/** Whether the source of a mount in its short form is a path of the host, and no volume. */
export function isPathOfHost(source: string): boolean {
  return /^([./~]|\\\\|[A-Za-z]:)/.test(source);
}
