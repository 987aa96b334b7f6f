import { probe } from "stackwright";
import { describe, expect, it } from "vitest";
import { describeWithEngine } from "./engine.ts";
import { runContainer, withImage } from "./probed-container.ts";

// Real servers that only the newest or an old suite of Debian has, so that any day they may be gone, or not fit: nothing else
// may depend on that. See probes.test.ts.
const wanted = process.env["STACKWRIGHT_RARE_SERVERS"] === "1";

describeWithEngine("a probe against the real server", () => {
  describe.skipIf(!wanted)(`that is hard to get${wanted ? "" : " (STACKWRIGHT_RARE_SERVERS=1 gets it)"}`, () => {
    withImage("mysql", (image) => {
      const start = (more: object = {}) => runContainer(image, { as: "mysql:9", env: { MYSQL_ROOT_PASSWORD: "s3 cret$" }, ...more });

      it("must stay red while init scripts run, when the socket answers a ping already", async () => {
        await using db = await start({ initScript: "sleep 4" });
        await db.until("mysqladmin ping --silent");
        expect(await db.look(probe.mysql())).toBe(false);
        await db.untilHealthy(probe.mysql());
      });

      it("must be red where access is denied, for which a ping exits with 0", async () => {
        await using db = await start();
        await db.untilHealthy(probe.mysql());
        expect(await db.handWritten("mysqladmin ping -h 127.0.0.1 -u root --password=wrong")).toBe(true);
        expect(await db.look(probe.mysql({ password: { variable: "HOME" } }))).toBe(false);
        expect(await db.look(probe.mysql({ database: "no-such-database" }))).toBe(false);
        await db.hang();
        expect(await db.look(probe.mysql({ timeout: "3s" }))).toBe(false);
      });
    });

    withImage("consul", (image) => {
      it("must stay red without a leader, when the agent answers", async () => {
        const serve = "consul agent -server -bootstrap-expect 2 -data-dir /tmp/1 -bind 127.0.0.1";
        await using store = await runContainer(image, { as: "hashicorp/consul:1", command: ["sh", "-c", `exec ${serve}`] });
        await store.until("curl --fail --silent http://127.0.0.1:8500/v1/status/leader && consul info");
        expect(await store.look(probe.consul())).toBe(false);
        const ports = "-serf-lan-port 9301 -serf-wan-port 9302 -server-port 9300 -http-port 9500 -dns-port -1";
        const second = `${serve.replace("/tmp/1", "/tmp/2")} -node second ${ports} -retry-join 127.0.0.1:8301`;
        await store.exec(`${second} >/dev/null 2>&1 &`);
        await store.untilHealthy(probe.consul());
      });
    });
  });
});
