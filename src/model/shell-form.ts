/**
 * Why the build would not hand a script to the shell as it was written, in one line of a Dockerfile: the rest of a sentence that begins
 * with the script; `undefined` where it does. Blanks around it are lost.
 *
 * @param continuation the Dockerfile's line continuation character. Default: `\`.
 * @see https://docs.docker.com/reference/dockerfile/#shell-form
 */
export function notInShellForm(script: string, continuation: "\\" | "`" = "\\"): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: line breaks and their like are what is looked for
  if (/[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/.test(script)) return "has several lines, or control characters";
  if (script.endsWith(continuation)) return `ends with ${continuation}, which continues the line`;
  return isJsonList(script) ? "is a list in JSON, which is the exec form" : undefined;
}

function isJsonList(script: string): boolean {
  try {
    return Array.isArray(JSON.parse(script));
  } catch {
    return false;
  }
}
