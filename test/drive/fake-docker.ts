import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

const BIN = fileURLToPath(new URL("../fixtures/bin", import.meta.url));

export interface FakeDocker {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  /** Whether it stays until it is stopped. */
  readonly hangs?: boolean;
  /** The unix socket to which `system dial-stdio` leads. */
  readonly socket?: string;
}

/** A call of the fake `docker`. */
export interface FakeCall {
  readonly args: readonly string[];
  readonly progress: string | null;
}

/** Puts a fake `docker` on the PATH until the test is over; what is returned tells how it was called. */
export function useFakeDocker({ stdout, stderr, exitCode = 0, hangs, socket }: FakeDocker = {}): () => readonly FakeCall[] {
  const log = join(temporaryFolder(), "calls");
  vi.stubEnv("PATH", `${BIN}${delimiter}${dirname(process.execPath)}`);
  vi.stubEnv("FAKE_DOCKER_LOG", log);
  vi.stubEnv("FAKE_DOCKER_STDOUT", stdout);
  vi.stubEnv("FAKE_DOCKER_STDERR", stderr);
  vi.stubEnv("FAKE_DOCKER_EXIT", String(exitCode));
  vi.stubEnv("FAKE_DOCKER_HANG", hangs === true ? "1" : undefined);
  vi.stubEnv("FAKE_DOCKER_SOCKET", socket);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const lines = (): readonly string[] => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : []);
  return () => lines().map((line) => JSON.parse(line) as FakeCall);
}

/** Takes every `docker` off the PATH until the test is over. */
export function useNoDocker(): void {
  vi.stubEnv("PATH", temporaryFolder());
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}
