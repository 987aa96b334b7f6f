import { describe, expect, it } from "vitest";
import { program } from "../../src/cli/program.ts";

/** Runs a command of the command line in this process: its exit code and what it printed. */
async function run(...args: readonly string[]): Promise<{ exitCode: number; out: string }> {
  const same = (text: string): string => text;
  let out = "";
  let exitCode = -1;
  const console = {
    isTerminal: false,
    columns: 80,
    rows: 24,
    style: { bold: same, dim: same, red: same, green: same, yellow: same, blue: same, magenta: same, cyan: same },
    redact: same,
    hide: () => undefined,
    lost: new AbortController().signal,
    line: (text = "") => {
      out += `${text}\n`;
    },
    raw: (text: string) => {
      out += text;
    },
    error: () => undefined,
  };
  await program(console, (code) => {
    exitCode = code;
  }).parseAsync(["node", "stackwright", ...args]);
  return { exitCode, out };
}

describe("stackwright rehearse", () => {
  it.each([
    ["nothing", [], 0],
    ["a service that is never healthy", ["--fault", "numbers-api=never"], 3],
    ["an exit", ["--fault", "numbers-api=exit:3@100ms"], 4],
    ["a timeout", ["--fault", "numbers-api=never", "--timeout", "3s"], 5],
  ] as const)("exits as up would after %s", async (_, args, expected) => {
    expect((await run("rehearse", "numbers", ...args)).exitCode).toBe(expected);
  });

  it("prints the lines of up with --json", async () => {
    const { out } = await run("rehearse", "numbers", "--json", "--fault", "numbers-web=exit:1@100ms*1");
    const lines = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string; verdict?: string });
    expect(lines[0]).toEqual({ type: "service", service: "numbers-api", state: "waiting", at: 0 });
    expect(lines.at(-1)).toMatchObject({ type: "result", verdict: "ready", culprits: [], victims: [] });
  });

  it("draws the timeline with --format svg, and nothing else", async () => {
    const { out } = await run("rehearse", "numbers", "--format", "svg");
    expect(out.startsWith("<svg")).toBe(true);
    expect(out.endsWith("</svg>\n")).toBe(true);
  });

  it("gives JSON where JSON and a drawing are asked for, as every command does", async () => {
    const { out } = await run("rehearse", "numbers", "--format", "svg", "--json");
    expect(JSON.parse(out.trim().split("\n").at(-1) ?? "")).toMatchObject({ type: "result" });
  });

  it("names a fault that never took effect, and how to go on, in every format", async () => {
    const late = ["rehearse", "numbers", "--fault", "numbers-api=oom@1h"];
    expect((await run(...late)).out).toMatch(/^! numbers-api=oom@1h never took effect: [^\n]*\n {2}--follow 5m goes on/m);
    expect((await run(...late, "--json")).out).toContain('{"type":"note","service":"numbers-api","fault":"oom@1h","message":"never took');
  });

  it("refuses what is no SERVICE=FAULT, and two faults of one service", async () => {
    await expect(run("rehearse", "numbers", "--fault", "never")).rejects.toMatchObject({ code: "usage" });
    const twice = run("rehearse", "numbers", "--fault", "numbers-api=never", "--fault", "numbers-api=crash-loop");
    await expect(twice).rejects.toMatchObject({ code: "usage", message: expect.stringContaining("two faults") });
  });
});

describe("stackwright plan", () => {
  it.each([
    ["text", /^WAVE/],
    ["mermaid", /^flowchart LR/],
    ["dot", /^digraph "numbers"/],
    ["svg", /^<svg/],
    ["json", /^\{"stack":"numbers"/],
  ])("has the format %s", async (format, expected) => {
    expect((await run("plan", "numbers", "--format", format)).out).toMatch(expected);
  });

  it("refuses a time for a service that is not there", async () => {
    await expect(run("plan", "numbers", "--takes", "db=4s")).rejects.toMatchObject({ code: "usage" });
  });
});
