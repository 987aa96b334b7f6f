import { connect } from "node:net";
import { expect, it } from "vitest";
import { docker } from "../engine.ts";
import { describeSystem, page } from "./system.ts";

describeSystem({ rows: "7", stack: "flask-redis" }, ({ look, up, run }) => {
  const visit = async () => (await page("http://localhost:9000/")).text;

  it("must count, in Redis", async () => {
    expect([await visit(), await visit(), await visit()]).toEqual(["visit 1\n", "visit 2\n", "visit 3\n"]);
    const address = await look("redis", '(index .NetworkSettings.Networks "flask-redis_default").IPAddress');
    expect(await ask(address, "GET hits")).toBe("$1\r\n3\r\n");
  });

  it("must go on counting after a restart of Flask", async () => {
    await docker("restart", "flask-redis-flask-1");
    expect((await run(["wait", "flask-redis"])).exitCode).toBe(0);
    expect(await visit()).toBe("visit 4\n");
  });

  it("must go on counting when it went down and came up again", async () => {
    const { stdout } = await run(["down", "flask-redis"]);
    expect(stdout).toContain("kept volumes: hits");
    await up();
    expect(await visit()).toBe("visit 5\n");
  });
});

/** One command of the Redis protocol, over a connection of its own. */
function ask(host: string, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(6379, host, () => socket.write(`${command}\r\n`));
    socket.on("error", reject);
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString());
    });
  });
}
