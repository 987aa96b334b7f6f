/** Takes the values of secrets out of a text. */
export type Redact = (text: string) => string;

/** What stands in the place of a secret. */
const HIDDEN = "[secret]";

/** Shorter values would be found in every other word. */
const SHORTEST = 4;

/**
 * Makes the one function through which everything passes that is shown.
 * Hidden are the values, each line of values of several lines, and their URL, base64 and JSON forms.
 * Values of fewer than 4 characters are not: they would be found in every other word.
 */
export function redactor(values: Iterable<string>): Redact {
  const forms = new Set([...values].flatMap(linesOf).flatMap(formsOf));
  // The longest first: one secret may be the beginning of another.
  const hidden = [...forms].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
  if (hidden.length === 0) return (text) => text;
  const pattern = new RegExp(hidden.map(escaped).join("|"), "g");
  return (text) => text.replaceAll(pattern, HIDDEN);
}

// A file of a secret usually ends with a line break that a log does not show.
function linesOf(value: string): readonly string[] {
  return [value, ...value.split(/\r?\n/)].map((line) => line.trim()).filter((line) => line.length >= SHORTEST);
}

function formsOf(value: string): readonly string[] {
  return [value, encodeURIComponent(value), Buffer.from(value).toString("base64"), JSON.stringify(value).slice(1, -1)];
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
