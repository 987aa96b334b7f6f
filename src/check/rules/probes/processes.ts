import { hasOption, optionValue } from "../../command/options.ts";
import { readScript } from "../../command/read-script.ts";
import { type Command, programOf, type Step, textOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { commandsOf } from "../../command/uses.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { type Finding, rule, type Severity } from "../../rule.ts";
import { probed } from "./example.ts";

export const PGREP_MATCHES_ITSELF = rule({
  name: "pgrep-matches-itself",
  severity: "error",
  summary: "The probe looks for a process by its command line, and finds its own shell.",
  why: '`sh -c "pgrep -f worker"` has `worker` in its own command line: the probe is green although the worker is gone.',
  fix: 'Look without a shell: `["CMD", "pgrep", "-f", "worker"]`; or write `[w]orker`, which does not fit itself.',
  bad: probed("debian:13", '["CMD-SHELL", "pgrep -f \'sleep infinity\' || exit 1"]'),
  good: probed("debian:13", '["CMD", "pgrep", "-f", "sleep infinity"]'),
  sources: [
    'Measured: `sh -c "pgrep -f ..."` with dash 0.5.12 and procps 4.0, `sh -c "ps aux | grep ..."` with BusyBox 1.37: exit 0 without such a process',
    "Measured: a script with `pgrep -f worker` in it finds itself where it is called worker-check.sh, and does not as healthcheck.sh",
    "https://man7.org/linux/man-pages/man1/pgrep.1.html",
  ],
  judge: eachProbe((probe) => {
    const pattern = soughtIn(probe.read.step);
    if (pattern === undefined) return soughtByScripts(probe);
    const severity: Severity = staysShell(probe) ? "error" : "warning";
    return [
      probe.find(`"${pattern}" is in the command line of the probe's own shell`, {
        severity,
        hint: `write ["CMD", "pgrep", "-f", "${pattern}"], which no shell runs`,
      }),
    ];
  }),
});

/** What a script looks for among the command lines of all processes, if its own is one of them. */
function soughtIn(step: Step): string | undefined {
  switch (step.type) {
    case "wrapper":
      return step.shell === undefined ? soughtIn(step.step) : soughtByShell(step.step);
    case "command":
    case "unreadable":
      return undefined;
    default:
      return step.steps.map(soughtIn).find((each) => each !== undefined);
  }
}

function soughtByShell(step: Step): string | undefined {
  switch (step.type) {
    case "command":
      return literalPattern(patternOfPgrep(step));
    case "pipeline":
      return soughtInPipeline(step.steps) ?? step.steps.map(soughtByShell).find((each) => each !== undefined);
    case "wrapper":
      return soughtByShell(step.step);
    case "unreadable":
      return undefined;
    default:
      return step.steps.map(soughtByShell).find((each) => each !== undefined);
  }
}

/** The same in scripts of the user's that the probe runs: what is in no command line of theirs may be in somebody else's. */
function soughtByScripts(probe: JudgedProbe): readonly Finding[] {
  const { uses, subject, find } = probe;
  const words = uses.flatMap(({ command }) => command.words.flatMap((word) => textOf(word) ?? []));
  return subject.givenFiles.flatMap(({ file, text }) => {
    const name = basename(file);
    const isAlone = subject.givenFiles.filter((other) => basename(other.file) === name).length === 1;
    if (!name.endsWith(".sh") || !isAlone || !words.some((word) => basename(word) === name)) return [];
    const patterns = commandsOf(readScript(text)).flatMap((command) => literalPattern(patternOfPgrep(command)) ?? []);
    return patterns.map((pattern) => {
      const before = text.slice(0, placeOfPgrep(text, pattern)).split("\n");
      const source = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      const isOwn = words.some((word) => word.includes(pattern));
      const message = isOwn
        ? `"${pattern}" is in the command line of this script, too`
        : `"${pattern}" is looked for in all command lines, those of other shells too`;
      const hint = isOwn ? "look for another text, or by the process id" : "look for it by its name or its process id";
      return { ...find(message, { severity: isOwn ? "error" : "info", hint }), source };
    });
  });
}

function basename(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

function placeOfPgrep(text: string, pattern: string): number {
  let offset = 0;
  for (const line of text.split("\n")) {
    const at = /^[^#]*?\b(p(?:grep|kill))\b/d.exec(line)?.indices?.[1]?.[0];
    if (at !== undefined && line.includes(pattern)) return offset + at;
    offset += line.length + 1;
  }
  return 0;
}

function patternOfPgrep(command: Command): string | undefined {
  const given = /^(pgrep|pkill)$/.test(programOf(command) ?? "") ? givenTo(command) : undefined;
  return given !== undefined && hasOption(given, "-f", "--full") && !hasOption(given, "-x", "--exact")
    ? textOf(given.operands[0])
    : undefined;
}

/** `ps aux | grep worker`: without `grep -v grep` after it. */
function soughtInPipeline(steps: readonly Step[]): string | undefined {
  const [first, ...rest] = steps.map((step) => (step.type === "command" ? step : undefined));
  const greps = rest.flatMap((command) =>
    command !== undefined && /^[ef]?grep$/.test(programOf(command) ?? "") ? (givenTo(command) ?? []) : [],
  );
  if (first === undefined || programOf(first) !== "ps" || greps.some((given) => hasOption(given, "-v", "--invert-match"))) return undefined;
  const [given] = greps;
  return given === undefined ? undefined : literalPattern(textOf(optionValue(given, "-e", "--regexp")) ?? textOf(given.operands[0]));
}

// `[w]orker` and `^worker$` are written so that they do not fit themselves.
function literalPattern(pattern: string | undefined): string | undefined {
  return pattern === undefined || /[[\]()*+?{}|^$\\]/.test(pattern) ? undefined : pattern;
}

/** Whether the shell is still there while its command runs: bash lets a single command take its place, dash and BusyBox don't. */
function staysShell({ read, image }: JudgedProbe): boolean {
  const inner = read.step.type === "wrapper" ? read.step.step : read.step;
  return inner.type !== "command" || ["debian", "alpine", "buildpack"].includes(image.base);
}
