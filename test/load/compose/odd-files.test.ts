import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { checkStack } from "../../../src/check/check-stack.ts";
import { emitStack } from "../../../src/emit/emit-stack.ts";
import { readCompose } from "../../../src/load/compose/read-compose.ts";
import { composeConfig, firstDifference, isComposeThere } from "../../corpus/referee.ts";
import { folderWith } from "./folder.ts";

// Odd but valid: what the specification has and hardly anybody writes.
const FIXTURES = fileURLToPath(new URL("../../fixtures/compose", import.meta.url));

describe.skipIf(!isComposeThere())("Docker Compose reads what was emitted as it reads the original", () => {
  test.each(readdirSync(FIXTURES))("%s", async (name) => {
    const folder = folderWith({});
    cpSync(join(FIXTURES, name), folder, { recursive: true });
    const file = join(folder, "compose.yaml");
    const outputFolder = join(folder, "generated/odd");
    const checked = checkStack(readCompose(file, { environment: {} }));
    for (const { path, text } of emitStack(checked, { stackFolder: folder, outputFolder, root: folder, source: "compose.yaml" })) {
      mkdirSync(dirname(join(outputFolder, path)), { recursive: true });
      writeFileSync(join(outputFolder, path), text);
    }
    const envFiles = [join(folder, ".env")].filter((each) => existsSync(each));
    for (const interpolate of [true, false]) {
      const original = await composeConfig({ files: [file], envFiles, allProfiles: true }, interpolate);
      // Compose 2.40 panics where `external` is a variable without a value, and can't write an endless number as JSON.
      if (!interpolate && "error" in original) continue;
      expect(original).not.toHaveProperty("error");
      const copy = await composeConfig({ files: [join(outputFolder, "compose.yaml")], envFiles, allProfiles: true }, interpolate);
      expect(firstDifference(original, copy)).toBeUndefined();
    }
  });
});
