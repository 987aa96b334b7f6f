import { needs, type StartAfterOptions, startAfter } from "stackwright";
import { describe, expect, it } from "vitest";

describe("startAfter", () => {
  it("is a shell that becomes the command", () => {
    const [shell, option, script, name, ...command] = startAfter([needs.tcp("db", 5432)], ["node", "server.mjs", "it's $HOME"]);
    expect([shell, option, name, ...command]).toEqual(["sh", "-c", "start-after", "node", "server.mjs", "it's $HOME"]);
    expect(script?.endsWith('\nexec "$@"')).toBe(true);
  });

  it("asks for each need in the order given, its words quoted for the shell", () => {
    const all = [
      needs.http("http://api/rng?a=1&b=2"),
      needs.tcp("db", 5432),
      needs.command(["/check", "-u", "it's"]),
      needs.shell("a &&\n b"),
    ] as const;
    expect(
      scriptOf(all)
        .split("\n")
        .filter((line) => line.startsWith("await ") || line.startsWith(" b'")),
    ).toEqual([
      "await 'http://api/rng?a=1&b=2' http 'http://api/rng?a=1&b=2'",
      "await db:5432 tcp db 5432",
      "await '/check -u it'\\''s' limited /check -u 'it'\\''s'",
      "await 'a && b' limited sh -c 'a &&",
      " b'",
    ]);
  });

  it("contains only what is used", () => {
    expect(scriptOf([needs.command(["true"])])).not.toMatch(/curl|dev\/tcp/);
    expect(scriptOf([needs.tcp("a", 1)])).not.toContain("curl");
  });

  it("has limits, which can be set", () => {
    expect(scriptOf([needs.tcp("a", 1)])).toContain("sw_within=30 sw_interval=1 sw_timeout=5 sw_retries=-1");
    expect(scriptOf([needs.tcp("a", 1)], { within: "1m", interval: "250ms", timeout: "1500ms", retries: 0 })).toContain(
      "sw_within=60 sw_interval=0.25 sw_timeout=2 sw_retries=0",
    );
  });

  it.each([
    [{ within: "5 sec" as never }, "startAfter.within"],
    [{ retries: -1 }, "startAfter.retries"],
    [{ retries: 1.5 }, "startAfter.retries"],
  ])("refuses %j", (options, path) => {
    expect(() => scriptOf([needs.tcp("a", 1)], options)).toThrow(
      expect.objectContaining({ code: "invalid-stack", issues: [expect.objectContaining({ path })] }),
    );
  });
});

function scriptOf(all: Parameters<typeof startAfter>[0], options?: StartAfterOptions): string {
  return startAfter(all, ["x"], options)[2] ?? "";
}
