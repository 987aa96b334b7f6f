import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { likelyFaults, probe, rehearse, service, stack, task } from "../../src/index.ts";
import { FAULT_FORMS } from "../../src/rehearse/fault.ts";

const page = readFileSync(new URL("../../docs/rehearsal.md", import.meta.url), "utf8");

const image = "busybox:1.37";
const db = service("db", { image, healthcheck: probe.shell("true") });
const migrate = task("migrate", { image, restart: "on-failure:2", dependsOn: [db.healthy()] });
const shop = stack("shop", [service("api", { image, dependsOn: [db.healthy(), migrate.completed()] })]);

describe("docs/rehearsal.md", () => {
  const [, example = ""] = /```ts\n([^`]*)```/.exec(page) ?? [];
  const body = example.replaceAll(/^import .*$/gm, "");
  new Function("likelyFaults", "rehearse", "expect", "it", "shop", body)(likelyFaults, rehearse, expect, it, shop);

  it("names every form of a fault, and has an example of tests", () => {
    for (const form of FAULT_FORMS.split(", ")) expect(page).toContain(`\`${form}\``);
    expect(example).toContain("likelyFaults(shop)");
  });
});
