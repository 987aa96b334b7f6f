import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const SYSTEMS = "test/e2e/systems/**/*.test.ts";

export default defineConfig({
  resolve: { alias: { stackwright: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    reporters: ["default", "./test/launch-table.ts", "./test/closing-line.ts"],
    // Real containers take their time, and two cores are shared by all files.
    testTimeout: 60_000,
    // Starting more containers at once than that only stretches each start.
    maxConcurrency: 3,
    hookTimeout: 120_000,
    // Where engines and cores are shared a launch may be held up: it gets a second try, which the closing lines name.
    retry: process.env["STACKWRIGHT_REQUIRE_ENGINE"] === "1" ? 1 : 0,
    projects: [
      { extends: true, test: { name: "all else", include: ["test/**/*.test.ts"], exclude: [SYSTEMS], sequence: { groupOrder: 0 } } },
      // The gallery builds images, which leaves nothing of the cores to others: it comes last.
      { extends: true, test: { name: "systems", include: [SYSTEMS], sequence: { groupOrder: 1 } } },
    ],
  },
});
