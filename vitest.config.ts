import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { stackwright: fileURLToPath(new URL("src/index.ts", import.meta.url)) } },
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/closing-line.ts"],
    // Real containers take their time, and two cores are shared by all files.
    testTimeout: 60_000,
    // Starting more containers at once than that only stretches each start.
    maxConcurrency: 3,
    hookTimeout: 120_000,
  },
});
