import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The gallery needs its images (scripts/images systems) and six minutes: npm run test:gallery.
const gallery = process.env["STACKWRIGHT_GALLERY"] === "1";

export default defineConfig({
  resolve: { alias: { stackwright: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    include: gallery ? ["test/e2e/systems/**/*.test.ts"] : ["test/**/*.test.ts"],
    exclude: gallery ? [] : ["test/e2e/systems/**"],
    reporters: ["default", "./test/launch-table.ts", "./test/closing-line.ts"],
    // Real containers take their time, and two cores are shared by all files.
    testTimeout: 60_000,
    // Where engines and cores are shared a launch may be held up: it gets a second try, which the closing lines name.
    retry: process.env["STACKWRIGHT_REQUIRE_ENGINE"] === "1" ? 1 : 0,
    // Starting more containers at once than that only stretches each start.
    maxConcurrency: 3,
    hookTimeout: 120_000,
  },
});
