import fc from "fast-check";

/** Texts that some reader of YAML or of Compose takes for something else. */
export const HOSTILE: readonly string[] = [
  ..."__proto__ constructor toString hasOwnProperty kind parts".split(" "),
  ..."$ $$ $1 ${A} ${A:-b} $${A} a$ $A$B".split(" "),
  ..."yes no on off y n Y N TRUE False null NULL Null ~ .inf -.INF .nan <<  =".split(" "),
  ..."010 0o17 0x1F 0b1 1.10 1e3 1_000 +1 -0 0 .5 5. 1: 22:22 0:0 190:20:30 2020-01-01 2001-12-14t21:59:43.10-05:00".split(" "),
  ..."' \" '' \"\" `a` # a#b - -a ? ! !!str & &a * *a | > % @ [ ] { } , : \\ \\n".split(" "),
  ..."a: b|a #b|- a|? a|: a|--- a|... a|%YAML 1.2|{a: b}|[a, b]".split("|"),
  "",
  " ",
  "  leading",
  "trailing  ",
  "\ttab",
  "tab\t",
  "\n",
  "\n\n",
  " \n",
  "  \n \n",
  "a\nb",
  "a\nb\n",
  "a\nb\n\n",
  "\na",
  "  a\n b\n",
  "\n  a",
  "a \n b",
  "a\r\nb",
  "a\rb",
  "a\n\tb",
  "\ta\nb",
  "\n \ta\nb",
  `\t${"long ".repeat(20)}\n\tline\n`,
  "---\na",
  "a\n---\nb",
  "a\n# b",
  "a: b\nc: d",
  "\u0007 \u001b[31m",
  "a\u0085b",
  "\u2028",
  "a\u2029b",
  "a\u2028\nb",
  "\u007f\u0080\u009f",
  "\u0001",
  "\ufffe\uffff",
  "\ufeffbom",
  "\u00a0",
  "grüße, 你好, 🚀, e\u0301",
  `${"long ".repeat(60)}line`,
  `${"long ".repeat(60)}\nline`,
];

/** Any text without NUL, which no environment and no command line can hold; the hostile ones more often. */
export const hostileText: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."$'\"\\{}:#-|>&*!%@`,[]?=~ \n\r\ta10.e") }),
    fc.tuple(fc.constantFrom(...HOSTILE), fc.constantFrom(...HOSTILE)).map(([a, b]) => a + b),
  )
  .map((text) => text.replaceAll("\0", ""));

/** Any key of a map of the user's that Compose accepts. */
export const hostileKey: fc.Arbitrary<string> = hostileText.filter((text) => /[^\n]/.test(text));
