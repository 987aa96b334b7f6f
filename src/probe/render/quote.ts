/** A word as the shell must read it. */
export function quote(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A text inside of a word in double quotes, also as the default of a variable. */
export function inDoubleQuotes(text: string): string {
  return text.replaceAll(/["$`\\}]/g, "\\$&");
}

/** Words as a line of shell. */
export function quoteAll(words: readonly string[]): string {
  return words.map(quote).join(" ");
}

/** A text as JavaScript reads it, safe inside single and double quotes of a shell's argument list. */
export function javascript(value: unknown): string {
  return JSON.stringify(value);
}

/** A text as Perl reads it, without interpolation. */
export function perl(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

/** A text as Python reads it. */
export function python(text: string): string {
  return JSON.stringify(text);
}
