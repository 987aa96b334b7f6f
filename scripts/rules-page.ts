// Writes docs/rules.md from the table of rules: npm run docs.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rulesPage } from "./rules-page/page.ts";

writeFileSync(fileURLToPath(new URL("../docs/rules.md", import.meta.url)), rulesPage());
