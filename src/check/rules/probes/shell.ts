import { programOf, type Step, startOf } from "../../command/script.ts";
import { givenTo } from "../../command/tools.ts";
import { usesOf } from "../../command/uses.ts";
import { eachProbe, type JudgedProbe } from "../../probes/judged-probe.ts";
import { rule, type Severity } from "../../rule.ts";
import { probed } from "./example.ts";
import { knownWords } from "./program-missing.ts";

export const SHELL_FORM_WITHOUT_SHELL = rule({
  name: "shell-form-without-shell",
  severity: "error",
  summary: "A script is given to a shell that the image does not have.",
  why: "The engine puts /bin/sh -c before it: every look fails, and the service is unhealthy for ever.",
  fix: "Run a program of the image in exec form, or have no health check and wait for service_started.",
  bad: probed("nats:2.11-scratch", '["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8222/healthz"]'),
  good: probed("nats:2.11-alpine", '["CMD-SHELL", "wget -q -O /dev/null http://127.0.0.1:8222/healthz"]'),
  sources: ["GoogleContainerTools/distroless#183", "rancher/rancher#43654", "https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: eachProbe(({ read, image, find }) => {
    const severity = read.form === "shell" && image.config?.shell === undefined ? image.lacks("sh") : undefined;
    return severity === undefined
      ? []
      : [find(`${image.name} has no shell that could read this`, { severity, hint: 'write ["CMD", ...] with a program of the image' })];
  }),
});

export const BASHISM_IN_SH = rule({
  name: "bashism-in-sh",
  severity: "error",
  summary: "A script for /bin/sh says what only bash understands.",
  why: "/bin/sh is dash on Debian and Ubuntu and BusyBox on Alpine: they look for a file /dev/tcp/..., and every look fails.",
  fix: 'Write `["CMD", "bash", "-c", "..."]` where bash is in the image.',
  bad: probed("rabbitmq:4.1", '["CMD-SHELL", "</dev/tcp/127.0.0.1/5672"]'),
  good: probed("rabbitmq:4.1", '["CMD", "bash", "-c", "</dev/tcp/127.0.0.1/5672"]'),
  sources: [
    "opsmill/infrahub#10331",
    "Measured: dash 0.5.12 says `cannot open /dev/tcp/127.0.0.1/1: No such file`, exit 2; BusyBox 1.37 the like, exit 1",
  ],
  judge: eachProbe((probe) => {
    const [first] = bashisms(probe.read.step);
    const severity = first === undefined ? undefined : weightOf(first, probe);
    if (first === undefined || severity === undefined) return [];
    const shell = probe.image.base === "alpine" ? "BusyBox's sh" : "dash";
    const message = `${first} is bash's alone, and /bin/sh is ${severity === "error" ? "" : "mostly "}${shell}`;
    return [
      probe.find(message, {
        severity,
        hint: probe.image.lacks("bash") === undefined ? 'write ["CMD", "bash", "-c", "..."]' : "bash is not in the image",
      }),
    ];
  }),
});

export const PROBE_NEEDS_TOOL_FLAG_NOT_IN_VARIANT = rule({
  name: "probe-needs-tool-flag-not-in-variant",
  severity: "warning",
  summary: "BusyBox's version of a tool does not know an option that the probe gives it.",
  why: "The tool prints how it is used and fails, at every look.",
  fix: "Use the options that both know: `wget -q -O /dev/null`, `grep -E`.",
  bad: probed("nginx:1.29-alpine-slim", '["CMD-SHELL", "wget -q -O - http://127.0.0.1/ | grep -P \'^ok$\'"]'),
  good: probed("nginx:1.29-alpine-slim", '["CMD-SHELL", "wget -q -O - http://127.0.0.1/ | grep -E \'^ok$\'"]'),
  sources: ["Measured with BusyBox 1.37: `grep: invalid option -- 'P'`, `wget: unrecognized option '--retry-connrefused'`"],
  judge: eachProbe(({ uses, image, find }) => {
    if (image.base !== "alpine") return [];
    return uses.flatMap(({ command }) => {
      const program = programOf(command) ?? "";
      const options = [...(givenTo(command)?.options.keys() ?? [])];
      const wrong = options.find((option) => NOT_IN_BUSYBOX.get(program)?.includes(option));
      return wrong === undefined || image.mayBring(program)
        ? []
        : [find(`BusyBox's ${program}, which is in ${image.name}, knows no ${wrong}`)];
    });
  }),
});

const NOT_IN_BUSYBOX: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    grep: ["-P", "--perl-regexp"],
    wget: [
      ...["-4", "-6", "--inet4-only", "--inet6-only", "--retry-connrefused", "--waitretry", "--max-redirect", "--content-on-error"],
      ...["--method", "--connect-timeout", "--read-timeout", "--delete-after", "--no-proxy"],
    ],
  }),
);

/** What only bash understands, of what `sh` reads. */
function bashisms(step: Step): readonly string[] {
  return [...inCommands(step), ...(doubleBrackets(step, undefined) ? ["[["] : [])];
}

function inCommands(step: Step): readonly string[] {
  return usesOf(step).flatMap(({ command, shell, isWrapper }) => {
    if (shell === undefined || !["sh", "dash", "ash"].includes(shell)) return [];
    const devices = command.redirections.flatMap(({ target }) => /^\/dev\/(tcp|udp)\//.exec(startOf(target))?.[0] ?? []);
    const texts = command.redirections.some(({ operator }) => operator === "<<<") ? ["<<<"] : [];
    const isOption = programOf(command) === "set" || isWrapper;
    return [...devices, ...texts, ...(isOption && knownWords(command).includes("pipefail") ? ["pipefail"] : [])];
  });
}

function doubleBrackets(step: Step, shell: string | undefined): boolean {
  switch (step.type) {
    case "branches":
      return (step.doubleBrackets && shell === "sh") || step.steps.some((each) => doubleBrackets(each, shell));
    case "wrapper":
      return doubleBrackets(step.step, step.shell ?? shell);
    case "command":
    case "unreadable":
      return false;
    default:
      return step.steps.some((each) => doubleBrackets(each, shell));
  }
}

/** How badly it weighs: BusyBox knows `[[` and pipefail, newer versions of dash pipefail, and elsewhere sh may be bash. */
function weightOf(bashism: string, { image }: JudgedProbe): Severity | undefined {
  const shell = image.config?.shell?.[0] ?? "";
  if (/bash|zsh|ksh|pwsh/.test(shell)) return undefined;
  const isBusybox = image.base === "alpine";
  if (isBusybox) return bashism === "[[" || bashism === "pipefail" ? undefined : "error";
  if (image.base === "debian" || image.base === "buildpack") return bashism === "pipefail" ? "warning" : "error";
  return image.facts === undefined ? "warning" : undefined;
}
