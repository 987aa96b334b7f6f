/**
 * Text of a container as it may be shown: what a container prints must not move the cursor, ring, recolour or reverse the
 * user's terminal, and not fill it.
 *
 * @param limit characters that are kept. Default: 500.
 */
export function harmless(text: string, limit = 500): string {
  // Cut before it is searched, so that a line of megabytes costs nothing; sequences may make up most of the text.
  const shown = text.slice(0, limit * 8).replaceAll(SEQUENCES, "");
  return shown.length <= limit && text.length <= limit * 8 ? shown : `${shown.slice(0, limit)}…`;
}

/** Text of several lines in one, e.g. the output of a probe. */
export function oneLine(text: string, limit = 300): string {
  return harmless(
    text
      .slice(0, limit * 8)
      .trim()
      .replaceAll(/\s*\n\s*/g, " | "),
    limit,
  );
}

// Control sequences (CSI, OSC and the other strings), then every control character but the tab, and the marks that reverse text.
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
