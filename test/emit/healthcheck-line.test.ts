import { env, StackError } from "stackwright";
import { describe, expect, it } from "vitest";
import { healthcheckLine } from "../../src/emit/healthcheck-line.ts";

describe("healthcheckLine", () => {
  it("writes the exec form as JSON, which nothing expands", () => {
    expect(healthcheckLine({ test: ["CMD", "echo", "$HOME", 'a "b"', "c\\d\n"] })).toBe(
      'HEALTHCHECK CMD ["echo", "$HOME", "a \\"b\\"", "c\\\\d\\n"]',
    );
  });

  it("writes the shell form as it is", () => {
    const line = 'HEALTHCHECK CMD curl -f "http://localhost:$PORT/" || exit 1';
    expect(healthcheckLine({ test: ["CMD-SHELL", 'curl -f "http://localhost:$PORT/" || exit 1'] })).toBe(line);
    expect(healthcheckLine({ test: 'curl -f "http://localhost:$PORT/" || exit 1' })).toBe(line);
  });

  it("leaves Docker's defaults out", () => {
    expect(healthcheckLine({ test: "x", interval: "30s", timeout: "0.5m", retries: 3, startPeriod: "0s" })).toBe("HEALTHCHECK CMD x");
    expect(healthcheckLine({ test: "x", interval: "0s", timeout: "0s", retries: 0 })).toBe("HEALTHCHECK CMD x");
  });

  it("writes every option that differs", () => {
    expect(healthcheckLine({ test: "x", interval: "1m30s", timeout: "5s", retries: 2, startPeriod: "30s", startInterval: "500ms" })).toBe(
      "HEALTHCHECK --interval=1m30s --timeout=5s --start-period=30s --start-interval=500ms --retries=2 CMD x",
    );
  });

  it("writes the start interval inside of a start period only", () => {
    expect(healthcheckLine({ test: "x", startInterval: "1s" })).toBe("HEALTHCHECK CMD x");
    expect(healthcheckLine({ test: "x", startInterval: "5s", startPeriod: "1s" })).toBe(
      "HEALTHCHECK --start-period=1s --start-interval=5s CMD x",
    );
  });

  it.each([[{ disable: true }], [{ test: ["NONE"] }], [{ disable: true, interval: "5s" as const }]])("switches it off: %j", (check) => {
    expect(healthcheckLine(check)).toBe("HEALTHCHECK NONE");
  });

  it("takes the word NONE as a script for a command", () => {
    expect(healthcheckLine({ test: "NONE" })).toBe("HEALTHCHECK CMD NONE");
  });

  it.each(["a\nb", " a", "a ", '["a"]', "a \\", "a\rb", "[]"])(
    "hands %j to the shell as JSON, because the build would change it",
    (script) => {
      expect(healthcheckLine({ test: script })).toBe(`HEALTHCHECK CMD ["/bin/sh", "-c", ${JSON.stringify(script)}]`);
    },
  );

  it("knows that the character that continues a line can be another one", () => {
    expect(healthcheckLine({ test: "echo `date`" })).toBe("HEALTHCHECK CMD echo `date`");
    expect(healthcheckLine({ test: "echo `date`" }, "`")).toBe('HEALTHCHECK CMD ["/bin/sh", "-c", "echo `date`"]');
  });

  it.each([
    [{ test: ["CMD"] }, "healthcheck.test"],
    [{ test: ["CMD-SHELL", "a", "b"] }, "healthcheck.test"],
    [{ interval: "5s" as const }, "healthcheck.test"],
    [{ test: "x", interval: env("INTERVAL") }, "healthcheck.interval"],
    [{ test: ["CMD", env("PROGRAM")] }, "healthcheck.test"],
  ])("refuses what a Dockerfile can't carry: %o", (check, path) => {
    const refused = catchError(() => healthcheckLine(check));
    expect(refused.code).toBe("invalid-stack");
    expect(refused.issues[0]?.path).toBe(path);
  });
});

function catchError(run: () => unknown): StackError {
  try {
    run();
  } catch (error) {
    if (error instanceof StackError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}
