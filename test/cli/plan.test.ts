import { describe, expect, it } from "vitest";
import { runCli } from "../run-cli.ts";
import { temporaryFolder, writeTree } from "../temporary-folder.ts";

const SHOP = `import { probe, service, stack, task } from "stackwright";
const db = service("db", { image: "x", healthcheck: probe.command(["true"]) });
const migrate = task("migrate", { image: "x", dependsOn: [db.healthy()] });
const api = service("api", { image: "x", dependsOn: [db.healthy(), migrate.completed()] });
const debug = service("debug", { image: "x", profiles: ["debug"], dependsOn: [api.started()] });
export default stack("shop", [api, debug]);
`;

async function shop(): Promise<string> {
  const cwd = temporaryFolder();
  await writeTree(cwd, { "stacks/shop/stack.ts": SHOP });
  return cwd;
}

describe("plan", () => {
  it("shows the waves, and what each service waits for", async () => {
    const { exitCode, stdout } = await runCli(["plan", "shop"], { cwd: await shop() });
    expect(exitCode).toBe(0);
    const rows = stdout.split("\n").map((line) => line.trim().split(/ {2,}/));
    expect(rows.map(([wave = ""]) => wave).slice(0, 4)).toEqual(["WAVE", "1 *", "2 *", "3 *"]);
    expect(rows.slice(1, 4).map((cells) => [cells[1], cells.at(-1)])).toEqual([
      ["db", "-"],
      ["migrate", "db healthy"],
      ["api", "db healthy, migrate completed"],
    ]);
  });

  it("shows the services of a profile when it is active", async () => {
    const cwd = await shop();
    const active = [["db"], ["migrate"], ["api"], ["debug"]];
    const byOption = await runCli(["plan", "shop", "--json", "--profile", "debug"], { cwd });
    expect(JSON.parse(byOption.stdout)).toMatchObject({ stack: "shop", waves: active });
    const byVariable = await runCli(["plan", "shop", "--json"], { cwd, env: { COMPOSE_PROFILES: "other,debug" } });
    expect(JSON.parse(byVariable.stdout)).toMatchObject({ waves: active });
    const byNobody = await runCli(["plan", "shop", "--json"], { cwd });
    expect(JSON.parse(byNobody.stdout)).toMatchObject({ waves: [["db"], ["migrate"], ["api"]] });
  });
});
