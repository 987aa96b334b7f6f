/** Takes the values of secrets out of a text. */
export type Redact = (text: string) => string;

/** What stands in the place of a secret. */
const HIDDEN = "[secret]";

/** Shorter values would be found in every other word: they are hidden where they stand alone, and a single character is not. */
const SHORTEST = 4;

/**
 * Makes the one function through which everything passes that is shown.
 * Hidden are the values, each line of values of several lines, their URL and JSON forms, and their base64 form wherever it
 * stands in what was encoded (as a password does in `user:password`); where a text was cut ("..."), the beginning of one as well.
 * Values of two or three characters are hidden where no letter and no digit is beside them, a single character is not.
 */
export function redactor(values: Iterable<string>): Redact {
  const given = [...values];
  const forms = new Set(given.flatMap(linesOf).flatMap(formsOf));
  const words = given.map((value) => value.trim()).filter((value) => value.length > 1 && value.length < SHORTEST);
  // The longest first: one secret may be the beginning of another.
  const hidden = [...forms].filter((form) => form.length >= SHORTEST).sort((a, b) => b.length - a.length);
  if (hidden.length === 0 && words.length === 0) return (text) => text;
  const alone = words.map((word) => `(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`);
  const pattern = new RegExp([...hidden.map(escaped), ...alone].join("|"), "gu");
  return (text) => withoutBeginnings(text.replaceAll(pattern, HIDDEN), hidden);
}

// A file of a secret usually ends with a line break that a log does not show.
function linesOf(value: string): readonly string[] {
  return [value, ...value.split(/\r?\n/)].map((line) => line.trim()).filter((line) => line.length >= SHORTEST);
}

function formsOf(value: string): readonly string[] {
  const uri = encodeURIComponent(value);
  // Programs differ in which of these they encode, and in the letters with which they do.
  const strict = uri.replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const uris = [uri, strict].flatMap((each) => [each, each.replaceAll(/%../g, (code) => code.toLowerCase()), each.replaceAll("%20", "+")]);
  const asJson = JSON.stringify(value).slice(1, -1);
  return [value, ...uris, asJson, asJson.replaceAll("/", "\\/"), ...base64Forms(value)];
}

/** Of each of the three ways in which the bytes of a value may lie in base64, the characters that depend on nothing else. */
function base64Forms(value: string): readonly string[] {
  const bytes = Buffer.from(value);
  const inside = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64url");
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [bytes.toString("base64"), ...inside.flatMap((text) => [text, text.replaceAll("-", "+").replaceAll("_", "/")])];
}

/** Hides the beginning of a secret before the mark where a text was cut: ours, or that of the engine in the output of probes. */
function withoutBeginnings(text: string, hidden: readonly string[]): string {
  let shown = "";
  let done = 0;
  for (const { index } of text.matchAll(/\u2026|\.\.\./g)) {
    const begins = Math.min(...hidden.map((form) => beginningBefore(index, text, form)));
    if (begins >= index || begins < done) continue;
    shown += `${text.slice(done, begins)}${HIDDEN}`;
    done = index;
  }
  return `${shown}${text.slice(done)}`;
}

/** Where the beginning of a form begins that ends at the index; the index itself where there is none. */
function beginningBefore(index: number, text: string, form: string): number {
  for (let length = Math.min(form.length - 1, index); length >= SHORTEST; length--) {
    if (text.startsWith(form.slice(0, length), index - length)) return index - length;
  }
  return index;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
