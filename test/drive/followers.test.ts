import { expect, it } from "vitest";
import { withFollowers } from "../../src/drive/decide/followers.ts";
import { planOf } from "./launch-text.ts";

it("what follows a restart, and what follows that, is restarted as well", () => {
  const plan = planOf("db", "api: db healthy", "web: api started", "stands: db healthy");
  const follow = (name: string, on: string): void => {
    const entry = plan.services.get(name)?.dependsOn as Map<string, object>;
    entry.set(on, { ...entry.get(on), restart: true });
  };
  follow("api", "db");
  follow("web", "api");
  expect(withFollowers(plan, ["db"])).toEqual(["db", "api", "web"]);
  expect(withFollowers(plan, ["api"])).toEqual(["api", "web"]);
  expect(withFollowers(plan, ["stands"])).toEqual(["stands"]);
  expect(withFollowers(plan, [])).toEqual([]);
});
