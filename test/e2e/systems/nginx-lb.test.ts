import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { docker } from "../engine.ts";
import { describeSystem, page } from "./system.ts";

const URL = "http://localhost:8080/";
const APPS = ["app-1", "app-2", "app-3"];

describeSystem({ rows: "9", stack: "nginx-lb" }, ({ folder, look, up }) => {
  const appsOf = async (requests: number) => {
    const names: string[] = [];
    for (let each = 0; each < requests; each++) names.push((await page(URL)).text.trim());
    return names;
  };

  it("must take the three applications in turn", async () => {
    const names = await appsOf(9);
    for (const app of APPS) expect(names.filter((name) => name === app)).toHaveLength(3);
    expect(new Set(names.slice(0, 3)).size).toBe(3);
  });

  it("must lose no request while one application is stopped under load, and requests are in flight", async () => {
    let stopped = false;
    const answers: { status: number; text: string }[] = [];
    const client = async () => {
      // A few more after the end, when nobody answers there.
      for (let after = 0; after < 3; after += stopped ? 1 : 0) answers.push(await page(`${URL}?seconds=0.3`));
    };
    const clients = Array.from({ length: 8 }, client);
    await new Promise((resolve) => setTimeout(resolve, 600));
    const inFlight = page(`${URL}?seconds=2`);
    await docker("stop", "nginx-lb-app-2-1");
    stopped = true;
    await Promise.all(clients);
    expect((await inFlight).status).toBe(200);
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
    expect(answers.length).toBeGreaterThan(30);
    expect(new Set(answers.slice(0, 16).map(({ text }) => text.trim()))).toEqual(new Set(APPS));
    expect(new Set(await appsOf(4))).toEqual(new Set(["app-1", "app-3"]));
  });

  it("must get back what was stopped, and nothing else is touched", async () => {
    const before = await look("balancer", ".State.StartedAt");
    await up();
    expect(await look("balancer", ".State.StartedAt")).toBe(before);
    expect(await look("app-2", ".State.Status")).toBe("running");
  });

  it("must create anew only the balancer when only its description has changed", async () => {
    const file = join(folder, "stacks/nginx-lb/stack.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace('by: "round-robin"', 'by: "least-connections"'));
    const ids = () => Promise.all(["balancer", ...APPS].map((service) => look(service, ".Id")));
    const [balancer, ...apps] = await ids();
    await up();
    const [newBalancer, ...sameApps] = await ids();
    expect(newBalancer).not.toBe(balancer);
    expect(sameApps).toEqual(apps);
    expect(await docker("exec", "nginx-lb-balancer-1", "cat", "/etc/nginx/conf.d/default.conf")).toContain("least_conn;");
    expect(new Set(await appsOf(6))).toEqual(new Set(APPS));
  });
});
