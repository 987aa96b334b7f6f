#!/usr/bin/env node
// The first look: generates and checks the stack `numbers`, and launches it if a Docker Engine answers;
// without one it rehearses the launch.
// With --with-engine it installs and starts one first (Debian or Ubuntu, as root).
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const withEngine = process.argv.includes("--with-engine");

step("generate", "numbers");
step("check", "numbers");
if (withEngine) {
  script("engine", "start");
  script("images", "node:22-slim");
}
if (engineAnswers()) launch();
else rehearse();

function launch() {
  step("up", "numbers");
  console.log("\nTry it:  curl http://localhost:8087/rng   (four times: the fourth breaks it)");
  console.log("Then:    npx stackwright wait numbers --timeout 20s; npx stackwright down numbers");
}

function rehearse() {
  console.log("\nNo Docker Engine answers: the launch is rehearsed, on a simulated engine and a virtual clock.");
  step("plan", "numbers");
  // As in a real launch, the web server exits until the API answers.
  step("rehearse", "numbers", "--fault", "numbers-web=exit:1@300ms*1");
  console.log("\nTry what happens if the API never answers:");
  console.log("    npx stackwright rehearse numbers --fault numbers-api=never");
  console.log(
    `\nThe file that would be launched, generated/numbers/compose.yaml:\n\n${readFileSync(`${root}generated/numbers/compose.yaml`, "utf8")}`,
  );
  console.log("For a real launch: start Docker and run this again, or, on Debian or Ubuntu as root:");
  console.log("    npm run quickstart -- --with-engine");
}

function engineAnswers() {
  const client = spawnSync("docker", ["version", "--format", "{{.Server.Version}}"], { stdio: "ignore" });
  const compose = spawnSync("docker", ["compose", "version"], { stdio: "ignore" });
  return client.status === 0 && compose.status === 0;
}

function step(...args) {
  console.log(`\n$ npx stackwright ${args.join(" ")}`);
  run(process.execPath, [`${root}dist/start/main.cjs`, ...args]);
}

function script(name, ...args) {
  console.log(`\n$ scripts/${name} ${args.join(" ")}`);
  run("bash", [`${root}scripts/${name}`, ...args]);
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
