/** A here-document: text that follows an instruction. */
export interface Heredoc {
  readonly delimiter: string;
  /** Whether tabs may stand before the delimiter: `<<-`. */
  readonly indented: boolean;
}

/** The here-documents that an instruction of a Dockerfile begins, in the order in which their bodies follow. @see https://docs.docker.com/reference/dockerfile/#here-documents */
export function heredocsOf(instruction: string): readonly Heredoc[] {
  if (!/^\ufeff?\s*(onbuild\s+)*(run|copy|add)\s/i.test(instruction)) return [];
  return wordsOf(instruction).flatMap((word) => {
    const [, dash, name = ""] = /^\d*<<(-?)([^<]*)$/.exec(word) ?? [];
    const delimiter = withoutQuotes(name);
    return delimiter === "" ? [] : [{ delimiter, indented: dash === "-" }];
  });
}

/** A word as a shell reads it, variables aside. */
function withoutQuotes(word: string): string {
  return word.replaceAll(/'([^']*)'|"((?:\\[\s\S]|[^"\\])*)"|\\([\s\S])/g, (_, literal?: string, text?: string, escaped?: string) =>
    text === undefined ? (literal ?? escaped ?? "") : text.replaceAll(/\\(["$\\])/g, "$1"),
  );
}

/** Words as a shell splits them, their quotes kept. */
function wordsOf(text: string): readonly string[] {
  return text.match(/(?:\\[\s\S]|"(?:\\[\s\S]|[^"\\])*"|'[^']*'|[^\s\\"']|["'\\])+/g) ?? [];
}
