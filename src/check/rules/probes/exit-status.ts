import { hasOption } from "../../command/options.ts";
import { alwaysSucceeds } from "../../command/outcome.ts";
import { type Command, programOf, startOf, textOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { isUnreadable } from "../../command/uses.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { rule } from "../../rule.ts";
import { probed } from "./example.ts";
import { knownWords } from "./program-missing.ts";

export const CURL_WITHOUT_FAIL = rule({
  name: "curl-without-fail",
  severity: "warning",
  summary: "curl is not told to fail when the answer is an error.",
  why: "Without --fail it exits with 0 on HTTP 500: the service stays green while it answers nothing but errors.",
  fix: "Write `curl -fsS -o /dev/null URL`.",
  bad: probed("nginx:1.29", '["CMD", "curl", "http://127.0.0.1/health"]'),
  good: probed("nginx:1.29", '["CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1/health"]'),
  sources: ["https://curl.se/docs/manpage.html#-f", "Measured with curl 7.88: exit 0 on HTTP 500, 22 with -f"],
  judge: eachProbe(({ uses, find }) =>
    uses.flatMap(({ command, isRead }) => {
      const given = programOf(command) === "curl" ? givenTo(command) : undefined;
      if (given === undefined || isRead || !given.isCertain || !asksForHttp(command)) return [];
      if (hasOption(given, "-f", "--fail", "--fail-with-body", "-K", "--config", "-V", "--version")) return [];
      return [find("curl exits with 0 on HTTP 500", { hint: "give it -f" })];
    }),
  ),
});

export const EXIT_CODE_SWALLOWED = rule({
  name: "exit-code-swallowed",
  severity: "error",
  summary: "The probe is green whatever its commands find out.",
  why: "A shell's status is that of its last command: `|| true`, `; exit 0`, `| cat` and a closing `echo` hide every failure.",
  fix: "Take it out, or let the command that knows be the last one.",
  bad: probed("nginx:1.29", "curl -fsS http://127.0.0.1/ | tee /tmp/health"),
  good: probed("nginx:1.29", "curl -fsS http://127.0.0.1/ | grep -q Welcome || exit 1"),
  sources: ["Measured: `false | true` exits with 0 in dash, bash and BusyBox"],
  judge: eachProbe((probe) => {
    if (!alwaysSucceeds(probe.read.step) || doingCommands(probe).length === 0) return [];
    return [probe.find("exits with 0 whatever is found out", { hint: "let the command that knows be the last one" })];
  }),
});

export const SELF_FULFILLING_PROBE = rule({
  name: "self-fulfilling-probe",
  severity: "error",
  summary: "The probe proves nothing but that its own program runs.",
  why: "`true`, `exit 0`, a client's --version and a test of the configuration succeed whether anything is served or not.",
  fix: "Ask the server for something.",
  bad: probed("nginx:1.29", '["CMD", "nginx", "-t"]'),
  good: probed("nginx:1.29", '["CMD", "curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1/"]'),
  sources: ["https://docs.docker.com/reference/dockerfile/#healthcheck"],
  judge: eachProbe((probe) => {
    if (isUnreadable(probe.read.step)) return [];
    const doing = doingCommands(probe);
    const isEmpty = doing.length === 0 && alwaysSucceeds(probe.read.step);
    if (!isEmpty && (doing.length === 0 || !doing.every(provesNothing))) return [];
    const [first] = doing;
    const what = first === undefined ? "it" : `"${[programOf(first), ...knownWords(first)].join(" ")}"`;
    return [probe.find(`${what} succeeds whether the service works or not`, { hint: "ask the server for something" })];
  }),
});

/** The commands of a probe that could find something out. */
function doingCommands({ uses }: JudgedProbe): readonly Command[] {
  const silent = new Set([
    "true",
    ":",
    "echo",
    "printf",
    "exit",
    "return",
    "sleep",
    "cat",
    "tee",
    "head",
    "tail",
    "set",
    "export",
    "false",
  ]);
  return uses.flatMap(({ command, isWrapper, isRead }, index) => {
    const program = programOf(command);
    // `cat FILE` looks for a file, and a device of bash for a listener.
    const looks = command.redirections.some(({ target }) => startOf(target).startsWith("/dev/tcp/"));
    const readsFile = program === "cat" && command.words.length > 1 && !(isRead && index === 0 && uses.length === 1);
    return !isWrapper && (looks || readsFile || !silent.has(program ?? "")) ? [command] : [];
  });
}

const TESTS_OF_CONFIGURATION: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    nginx: /^-[tTvV]$/,
    haproxy: /^-(c|v|vv)$/,
    "php-fpm": /^-(t|v|i)$/,
    httpd: /^-[tvVS]$/,
    apachectl: /^(configtest|-t)$/,
    apache2ctl: /^(configtest|-t)$/,
    kill: /^-0$/,
  }),
);

const ABOUT_ITSELF = new Set(["hostname", "whoami", "pwd", "date", "uptime", "id", "uname", "env"]);

function provesNothing(command: Command): boolean {
  const program = programOf(command) ?? "";
  const words = command.words.slice(1).map(textOf);
  const known = words.filter((word) => word !== undefined);
  if (known.length < words.length) return false;
  if (["--version", "-version", "version"].includes(known[0] ?? "") && known.length === 1) return true;
  if (program === "kill") return known[0] === "-0" && known[1] === "1";
  if (program === "ls") return known.every((word) => word.startsWith("-") || word === "/");
  if (program === "ps") return true;
  return ABOUT_ITSELF.has(program) || known.some((word) => TESTS_OF_CONFIGURATION.get(program)?.test(word) === true);
}

function asksForHttp(command: Command): boolean {
  const words = command.words.slice(1).map(startOf);
  return !words.some((word) => /^(file|telnet|ftp|smtp|imap|pop3|dict|gopher|mqtt|ldap|unix):\/\//.test(word));
}
