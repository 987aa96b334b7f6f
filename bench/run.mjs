// npm run bench [-- generate|start|types|rehearse|bad-input [options]]: all of them where none is named.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PARTS = ["generate", "start", "types", "rehearse", "bad-input"];
const here = fileURLToPath(new URL(".", import.meta.url));
const [part, ...options] = process.argv.slice(2);
const chosen = PARTS.includes(part) ? [part] : PARTS;
const passed = PARTS.includes(part) ? options : process.argv.slice(2);

if (part !== undefined && !part.startsWith("--") && !PARTS.includes(part)) {
  console.error(`there is no measurement "${part}" (there are: ${PARTS.join(", ")})`);
  process.exit(2);
}
if (!existsSync(`${here}node_modules`)) run("npm", ["ci"]);
run("npm", ["run", "build", "--prefix", ".."]);
for (const each of chosen) {
  run(process.execPath, [`${each}.mjs`, ...passed]);
  console.log();
}

function run(program, args) {
  const { status } = spawnSync(program, args, { cwd: here, stdio: ["inherit", program === "npm" ? "ignore" : "inherit", "inherit"] });
  if (status !== 0) process.exit(status ?? 1);
}
