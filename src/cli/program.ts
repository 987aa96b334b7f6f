import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { Command, InvalidArgumentError, Option } from "commander";
import { isDuration } from "../model/duration.ts";
import { FAULT_FORMS } from "../rehearse/fault.ts";
import type { Console } from "./render/console.ts";

/** What a command leaves: its exit code. Each command's module is loaded only when it runs. */
type Finish = (exitCode: number) => void;

/** The command line. */
export function program(console: Console, finish: Finish): Command {
  const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };
  const root = new Command("stackwright")
    .description("Stack-as-code for containers: typed stacks, validated Compose files, launches that wait until everything is healthy.")
    .version(version)
    .configureOutput({ writeErr: (text) => console.error(text.trimEnd()) })
    .showHelpAfterError("(stackwright --help lists the commands)")
    .exitOverride();

  const add = (usage: string, description: string): Command =>
    root
      .command(usage)
      .description(description)
      .option("--json", "write JSON to stdout")
      .option("-C, --cwd <folder>", "run as if started there", parseFolder, process.cwd())
      .exitOverride();

  add("list", "the stacks of this project or workspace").action(async (options) => {
    const { list } = await import("./commands/list.ts");
    finish(await list(console, options));
  });

  add("generate [stack...]", "write generated/STACK/compose.yaml; all stacks where none is named")
    .option("--check", "write nothing; exit 1 with the difference if the files have drifted")
    .option("--out <folder>", "write below another folder")
    .option("--force", "overwrite files that Stackwright did not write")
    .action(async (stacks, options) => {
      const { generate } = await import("./commands/generate.ts");
      finish(await generate(console, stacks, options));
    });

  add("check [stack...]", "what is wrong, or will go wrong, with stacks, Compose files and Dockerfiles; all stacks where none is named")
    .option("--images", "look into the local images for the programs and scripts that the probes need")
    .addOption(
      new Option("--format <format>", "how it is told; text adds annotations on GitHub Actions").choices([
        "text",
        "json",
        "sarif",
        "github",
      ]),
    )
    .option("--fix", "mend what can be mended without a doubt, in Compose files and Dockerfiles")
    .option("--fix-dry-run", "show what --fix would change")
    .option("--quiet", "errors only")
    .option("--max-warnings <number>", "more warnings than that fail too", parseCount)
    .action(async (stacks, options) => {
      const { check } = await import("./commands/check.ts");
      finish(await check(console, stacks, { ...options, version }));
    });

  add("probe <image> <probe>", "what a probe does in an image: probe postgres:17 postgres, probe nginx:1 http:80/health")
    .option("--has <program...>", "programs that are in the image")
    .option("--images", "prove it by looking into the local image")
    .action(async (image, text, options) => {
      const { probe } = await import("./commands/probe.ts");
      finish(await probe(console, image, text, options));
    });

  add("plan <stack>", "what a launch will look like: start-up waves, times to ready, the critical path and what on it is waste")
    .addOption(new Option("--format <format>", "how it is shown").choices(["text", "json", "mermaid", "dot", "svg"]).default("text"))
    .option("--timeout <duration>", "warn where a launch with this timeout cannot hold", parseTimeout)
    .option("--takes <service=duration>", "how long an application takes until it is ready, repeatable; otherwise 0.5s", collectTakes)
    .addOption(profileOption())
    .action(async (stack, options) => {
      const { plan } = await import("./commands/plan.ts");
      finish(await plan(console, stack, options));
    });

  add("rehearse <stack>", "the launch on a simulated engine: the decisions and the report of up, without Docker")
    .option("--fault <service=fault>", `what goes wrong, repeatable: ${FAULT_FORMS}`, collect)
    .option("--timeout <duration>", 'give up after this time, e.g. "90s" or "2m"; until then the unhealthy may recover', parseTimeout)
    .option("--fail-fast", "with --timeout: unhealthy is final all the same")
    .option("--follow <duration>", "go on with the timeline until then, even if the launch ends earlier", parseTimeout)
    .addOption(new Option("--format <format>", "the timeline as text or as a drawing").choices(["text", "svg"]).default("text"))
    .addOption(profileOption())
    .action(async (stack, options) => {
      const { rehearse } = await import("./commands/rehearse.ts");
      finish(await rehearse(console, stack, options));
    });

  add("up <stack>", "build, create, start in order, wait until everything is ready")
    .option("--timeout <duration>", 'give up after this time, e.g. "90s" or "2m"; until then the unhealthy may recover', parseTimeout)
    .option("--fail-fast", "with --timeout: unhealthy is final all the same")
    .option("--no-wait", "return as soon as everything was started")
    .option("--build", "build images even if they exist")
    .addOption(new Option("--pull <when>", "pull images").choices(["always", "missing", "never"]))
    .option("--force", "overwrite a generated file that Stackwright did not write")
    .option("--remove-orphans", "remove containers of services that are not in the stack any more")
    .option("--cleanup-on-failure", "take down what this launch started if it does not become ready; volumes are kept")
    .option("--quiet", "print failures only")
    .option("--report <junit=file>", "write the result to a file as JUnit XML, too", parseReport)
    .addOption(profileOption())
    .action(async (stack, options) => {
      const { up } = await import("./commands/up.ts");
      finish(await up(console, stack, options));
    });

  add("wait <stack> [service...]", "wait until a stack that was started is ready")
    .option("--timeout <duration>", 'give up after this time, e.g. "90s" or "2m"; until then the unhealthy may recover', parseTimeout)
    .option("--fail-fast", "with --timeout: unhealthy is final all the same")
    .option("--quiet", "print failures only")
    .option("--report <junit=file>", "write the result to a file as JUnit XML, too", parseReport)
    .addOption(profileOption())
    .action(async (stack, services, options) => {
      const { wait } = await import("./commands/wait.ts");
      finish(await wait(console, stack, services, options));
    });

  add("explain <stack> [service...]", "the full diagnosis of what is not ready, or of the services named")
    .addOption(profileOption())
    .action(async (stack, services, options) => {
      const { explain } = await import("./commands/explain.ts");
      finish(await explain(console, stack, services, options));
    });

  add("logs <stack> [service...]", "what the containers print, each line after its container's name")
    .option("-f, --follow", "go on until interrupted, as long as a container runs")
    .option("--since <time>", 'from then on, e.g. "10m" or "2026-01-31T12:00:00"', parseSince)
    .option("--tail <lines>", 'the last lines of each container only, or "all"', parseTail)
    .action(async (stack, services, options) => {
      const { logs } = await import("./commands/logs.ts");
      finish(await logs(console, stack, services, options));
    });

  add("restart <stack> [service...]", "stop, start again in order, wait until everything is ready")
    .option("--timeout <duration>", 'give up after this time, e.g. "90s" or "2m"; until then the unhealthy may recover', parseTimeout)
    .option("--quiet", "print failures only")
    .addOption(profileOption())
    .action(async (stack, services, options) => {
      const { restart } = await import("./commands/restart.ts");
      finish(await restart(console, stack, services, options));
    });

  add("exec <stack> <service> <command...>", "run a command in a container: exec STACK SERVICE -- COMMAND...")
    .option("--index <number>", "the replica, from 1", parseReplica)
    .action(async (stack, service, command, options) => {
      const { exec } = await import("./commands/exec.ts");
      finish(await exec(stack, service, command, options));
    });

  add("status <stack>", "what the containers of a stack are doing")
    .option("--watch", "go on until interrupted")
    .addOption(profileOption())
    .action(async (stack, options) => {
      const { status } = await import("./commands/status.ts");
      finish(await status(console, stack, options));
    });

  add("down <stack>", "stop and remove the containers and networks of a stack; volumes are kept")
    .option("--volumes", "remove the stack's volumes too, with all data in them; asks first")
    .option("--yes", "with --volumes: do not ask")
    .action(async (stack, options) => {
      const { down } = await import("./commands/down.ts");
      finish(await down(console, stack, options));
    });

  add("compose <stack> [arguments...]", "any Docker Compose command on the generated file: compose STACK -- ARGS...").action(
    async (stack, args, options) => {
      const { compose } = await import("./commands/compose.ts");
      finish(await compose(stack, args, options));
    },
  );

  return root;
}

function profileOption(): Option {
  return new Option("--profile <name...>", "profiles to take part; all: '*'");
}

function parseFolder(path: string): string {
  if (!existsSync(path)) throw new InvalidArgumentError(`There is no folder "${path}".`);
  return path;
}

function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

function collectTakes(text: string, before: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, number> {
  const [, service = "", time = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (service === "") throw new InvalidArgumentError(`"${text}" is not SERVICE=DURATION (write "db=4s").`);
  return new Map([...before, [service, parseTimeout(time)]]);
}

function parseTimeout(text: string): number {
  const match = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s?)?$/.exec(text);
  const [, hours = 0, minutes = 0, seconds = 0] = match ?? [];
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (match === null || total <= 0) throw new InvalidArgumentError(`"${text}" is not a time (write "90s", "2m" or "1h30m").`);
  return total;
}

function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`"${text}" is not a number (write 0 or more).`);
  return Number(text);
}

function parseTail(text: string): string {
  return text === "all" ? text : String(parseCount(text));
}

function parseReplica(text: string): string {
  if (parseCount(text) === 0) throw new InvalidArgumentError("the first replica is 1.");
  return text;
}

// A time before now, one of a calendar, or seconds since 1970: what Docker understands.
function parseSince(text: string): string {
  const isTime =
    isDuration(text) || /^\d+(\.\d+)?$/.test(text) || (/^\d{4}-\d\d-\d\d(T\d\d|$)/.test(text) && !Number.isNaN(Date.parse(text)));
  if (!isTime) throw new InvalidArgumentError(`"${text}" is not a time (write "10m" or "2026-01-31T12:00:00").`);
  return text;
}

function parseReport(text: string): string {
  const file = /^junit=(.+)$/.exec(text)?.[1];
  if (file === undefined) throw new InvalidArgumentError(`"${text}" is not a report (write junit=FILE).`);
  return file;
}
