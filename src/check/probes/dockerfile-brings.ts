import { copyTarget } from "../../dockerfile/copy-target.ts";
import type { EscapeCharacter } from "../../dockerfile/mask.ts";
import type { WrittenDockerfile } from "../../dockerfile/read-dockerfile.ts";
import type { Instruction } from "../../dockerfile/structure.ts";
import { argumentsOf as partsOf } from "../../dockerfile/words.ts";
import { copyBrings, fateOf } from "../../probe/brought.ts";
import { readScript } from "../command/read-script.ts";
import { argumentsOf, programOf, textOf } from "../command/script.ts";
import { isUnreadable, usesOf } from "../command/uses.ts";

/** Whether a Dockerfile puts a program into its image, or takes it away: `maybe` is everything between yes and nobody knows. */
export type Bringing = "no" | "unlikely" | "maybe" | "removed";

/** Whether a Dockerfile puts a program into its image, as far as its instructions tell. */
export function mayBring({ chain, continuation }: WrittenDockerfile, program: string): Bringing {
  const all = chain.toReversed().flatMap(({ instructions }) => instructions.map((each) => bringing(each, program, continuation)));
  const removed = all.lastIndexOf("removed");
  // What was brought before is gone with it.
  const since = all.slice(removed + 1);
  if (since.includes("maybe")) return "maybe";
  return removed !== -1 ? "removed" : since.includes("unlikely") ? "unlikely" : "no";
}

function bringing(instruction: Instruction, program: string, continuation: EscapeCharacter): Bringing {
  if (instruction.keyword === "RUN") return runBringing(instruction, program);
  const copies = instruction.keyword === "COPY" || instruction.keyword === "ADD";
  return copies && copyBrings(copyTarget(instruction, continuation), program) ? "maybe" : "no";
}

function runBringing({ joined, heredocs }: Instruction, program: string): Bringing {
  const text = `${joined.text.replace(/^\s*run/i, "")}\n${heredocs}`;
  const fate = fateOf(text, program);
  if (fate !== undefined) return fate === "removed" ? "removed" : "maybe";
  const step = readScript(partsOf(joined, "RUN").rest.text);
  if (heredocs !== "" || isUnreadable(step)) return "maybe";
  const harmless = usesOf(step).map(({ command, isWrapper }) => {
    const words = argumentsOf(command).map((word) => textOf(word) ?? "");
    return isWrapper ? "no" : bringingOf(programOf(command), words);
  });
  return harmless.includes("maybe") ? "maybe" : harmless.includes("unlikely") ? "unlikely" : "no";
}

const INSTALLERS = new Set(["apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper", "aptitude"]);

// They install libraries of a language, or nothing at all.
const HARMLESS = new Set([
  ...[
    "pip",
    "pip3",
    "pipx",
    "uv",
    "poetry",
    "npm",
    "yarn",
    "pnpm",
    "corepack",
    "npx",
    "bundle",
    "gem",
    "composer",
    "go",
    "cargo",
    "dotnet",
  ],
  ...[
    "mkdir",
    "chown",
    "chmod",
    "rm",
    "rmdir",
    "touch",
    "cd",
    "echo",
    "printf",
    "set",
    "true",
    ":",
    "test",
    "[",
    "sed",
    "cat",
    "ls",
    "find",
  ],
  ...[
    "useradd",
    "adduser",
    "addgroup",
    "groupadd",
    "usermod",
    "groupmod",
    "export",
    "sleep",
    "exit",
    "locale-gen",
    "update-ca-certificates",
  ],
  ...["docker-php-ext-install", "docker-php-ext-enable", "docker-php-ext-configure", "a2enmod", "pecl"],
]);

function bringingOf(program: string | undefined, words: readonly string[]): Bringing {
  if (program === undefined) return "maybe";
  if (INSTALLERS.has(program)) {
    const isInstall = words.some((word) => ["install", "add", "upgrade", "dist-upgrade"].includes(word));
    return isInstall ? "unlikely" : "no";
  }
  if ((program === "python" || program === "python3") && words[0] === "-m" && /^(pip|venv|compileall)$/.test(words[1] ?? "")) return "no";
  return HARMLESS.has(program) ? "no" : "maybe";
}
