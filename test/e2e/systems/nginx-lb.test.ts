import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { docker } from "../engine.ts";
import { describeSystem, page } from "./system.ts";

const URL = "http://localhost:8080/";
const APPS = ["app-1", "app-2", "app-3"];

describeSystem({ rows: "9", stack: "nginx-lb" }, ({ folder, look, exec, up }) => {
  const answer = async (url = URL) => (await page(url)).text.trim();
  const answers = async (requests: number) => {
    const names: string[] = [];
    for (let each = 0; each < requests; each++) names.push(await answer());
    return names;
  };
  const share = (names: readonly string[]) => APPS.map((app) => names.filter((name) => name === app).length);

  const file = join(folder, "stacks/nginx-lb/stack.ts");
  /** Launches it with another description: how it balances, and how each of the three servers takes part. */
  const describe = async (balancing: string, [one, two, three]: readonly [string, string, string] = ["", "", ""]) => {
    const options = [one, two, three];
    writeFileSync(
      file,
      original()
        .replace(/balancing: \{.*\}/, `balancing: ${balancing}`)
        .replaceAll(/maxFails: 1, failTimeout: "5s"/g, () => options.shift() ?? ""),
    );
    await up();
    return exec("balancer", "cat", "/etc/nginx/conf.d/default.conf");
  };
  let text = "";
  const original = () => {
    text ||= readFileSync(file, "utf8");
    return text;
  };

  it("must take the three applications in turn", async () => {
    const names = await answers(9);
    expect(share(names)).toEqual([3, 3, 3]);
    expect(new Set(names.slice(0, 3)).size).toBe(3);
    expect(await exec("balancer", "cat", "/etc/nginx/conf.d/default.conf")).not.toContain("172.17");
  });

  it("must lose no request while one application is stopped, with requests in flight there and more coming in", async () => {
    let stopped = false;
    const clients = Array.from({ length: 6 }, async () => {
      const got: { status: number; text: string }[] = [];
      // A few more after the end, when nobody answers there.
      for (let after = 0; after < 3; after += stopped ? 1 : 0) got.push(await page(`${URL}?seconds=0.2`));
      return got;
    });
    // Nine at once: three of them are with each application.
    const inFlight = Promise.all(Array.from({ length: 9 }, () => page(`${URL}?seconds=3`)));
    await new Promise((resolve) => setTimeout(resolve, 500));
    await docker("stop", "nginx-lb-app-2-1");
    stopped = true;
    const long = await inFlight;
    const short = (await Promise.all(clients)).flat();
    expect([...long, ...short].filter(({ status }) => status !== 200)).toEqual([]);
    expect(long.map(({ text }) => text.trim())).toContain("app-2");
    expect(short.length).toBeGreaterThan(6 * 4);
    expect(new Set(await answers(4))).toEqual(new Set(["app-1", "app-3"]));
  });

  it("must get back what was stopped, and nothing else is touched", async () => {
    const before = await look("balancer", ".State.StartedAt");
    await up();
    expect(await look("balancer", ".State.StartedAt")).toBe(before);
    expect(await look("app-2", ".State.Status")).toBe("running");
  });

  it("must create anew only the balancer when only its description has changed", async () => {
    const ids = () => Promise.all(["balancer", ...APPS].map((service) => look(service, ".Id")));
    const [balancer, ...apps] = await ids();
    expect(await describe('{ by: "least-connections" }')).toContain("least_conn;");
    const [newBalancer, ...sameApps] = await ids();
    expect(newBalancer).not.toBe(balancer);
    expect(sameApps).toEqual(apps);
    const slow = answer(`${URL}?seconds=2`);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const meanwhile = await answers(6);
    expect([...new Set([...meanwhile, await slow])].sort()).toEqual(APPS);
    expect(meanwhile).not.toContain(await slow);
  });

  it("must send a client always to the same application: IP hash", async () => {
    expect(await describe('{ by: "ip-hash" }')).toContain("ip_hash;");
    expect(new Set(await answers(6)).size).toBe(1);
  });

  it("must send a key always to the same application: general hash", async () => {
    expect(await describe('{ by: "hash", key: "$request_uri", consistent: true }')).toContain('hash "$request_uri" consistent;');
    const paths = Array.from({ length: 12 }, (_, index) => `${URL}?seconds=0.00${index}`);
    const first = await Promise.all(paths.map(answer));
    expect(await Promise.all(paths.map(answer))).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(1);
  });

  it("must send requests anywhere: random", async () => {
    expect(await describe('{ by: "random", two: true }')).toContain("random two least_conn;");
    expect(new Set(await answers(40))).toEqual(new Set(APPS));
  });

  it("must share by weight, spare one that is down, and keep a backup for when the others are", async () => {
    const conf = await describe('{ by: "round-robin" }', ["weight: 3, maxConns: 50", 'maxFails: 2, failTimeout: "10s"', "down: true"]);
    expect(conf).toContain("server app-1:5000 weight=3 max_conns=50;");
    expect(conf).toContain("server app-2:5000 max_fails=2 fail_timeout=10s;");
    expect(share(await answers(8))).toEqual([6, 2, 0]);

    expect(await describe('{ by: "round-robin" }', ["maxFails: 1", "down: true", "backup: true"])).toContain("server app-3:5000 backup;");
    expect(share(await answers(4))).toEqual([4, 0, 0]);
    await docker("stop", "nginx-lb-app-1-1");
    expect(share(await answers(4))).toEqual([0, 0, 4]);
  });
});
