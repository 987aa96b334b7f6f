import { execaSync } from "execa";

/** Whether an engine answers; where `STACKWRIGHT_REQUIRE_ENGINE` says that one must, its absence is a failure. */
export function engineAnswers(): boolean {
  const answers = execaSync("docker", ["version", "--format", "{{.Server.Version}}"], { reject: false }).exitCode === 0;
  if (!answers && process.env["STACKWRIGHT_REQUIRE_ENGINE"] === "1") throw new Error("no Docker Engine answers, and one is required");
  return answers;
}

/** What the docker client prints. */
export function docker(...args: string[]): string {
  return execaSync("docker", args, { reject: false }).stdout;
}

/** Containers, networks and volumes of Compose projects whose name begins so. */
export function leftoversOf(prefix: string): readonly string[] {
  const named = (kind: string[], format: string): readonly string[] =>
    docker(...kind, "--format", format)
      .split("\n")
      .filter((name) => name.startsWith(prefix));
  return [...named(["ps", "-a"], "{{.Names}}"), ...named(["network", "ls"], "{{.Name}}"), ...named(["volume", "ls"], "{{.Name}}")];
}
