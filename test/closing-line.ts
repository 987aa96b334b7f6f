import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line, `N passed, N failed, N skipped`; before it, each test that passed only when tried again. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0 };
    const again: string[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors: thrown } = test.result();
        if (state !== "pending") counts[state]++;
        if (state === "passed" && (test.diagnostic()?.retryCount ?? 0) > 0)
          again.push(`passed only when tried again: ${test.fullName}: ${thrown?.[0]?.message ?? ""}`);
      }
      // A file that can't be loaded has no tests, but it has failed all the same.
      if (module.errors().length > 0) counts.failed++;
    }
    const failed = counts.failed + errors.length;
    for (const line of again) process.stdout.write(`\n${line}`);
    process.stdout.write(`\n${counts.passed} passed, ${failed} failed, ${counts.skipped} skipped\n`);
  }
}
