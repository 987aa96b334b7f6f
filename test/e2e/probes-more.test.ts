import { probe } from "stackwright";
import { expect, it } from "vitest";
import { describeWithEngine } from "./engine.ts";
import { runContainer, withImage } from "./probed-container.ts";

// The rest of what Debian and npm have as a real server; see probes.test.ts.

describeWithEngine("a probe against the real server", () => {
  // Published ports lead to the container's own address: what listens there alone works for others, and is not what is asked for.
  const OWN = '"$(hostname -i)"';

  withImage("redis", (image) => {
    it("must be red where another address is listened on", async () => {
      const command = ["sh", "-c", `exec redis-server --protected-mode no --bind ${OWN}`];
      await using server = await runContainer(image, { as: "redis:7", command });
      await server.until(`[ "$(redis-cli -h ${OWN} ping)" = PONG ]`);
      expect(await server.look(probe.redis())).toBe(false);
    });
  });

  withImage("memcached", (image) => {
    it("must be red where another address is listened on", async () => {
      await using server = await runContainer(image, { as: "memcached:1.6", command: ["sh", "-c", `exec memcached -u nobody -l ${OWN}`] });
      await server.until(`bash -c "</dev/tcp/$(hostname -i)/11211"`);
      expect(await server.look(probe.memcached())).toBe(false);
    });
  });

  withImage("nats", (image) => {
    it("must be red where another address is listened on", async () => {
      await using server = await runContainer(image, { as: "debian:12", command: ["sh", "-c", `exec nats-server -a ${OWN}`] });
      await server.until(`bash -c "</dev/tcp/$(hostname -i)/4222"`);
      expect(await server.look(probe.nats())).toBe(false);
    });
  });

  withImage("mariadb", (image) => {
    const env = { MARIADB_ROOT_PASSWORD: "s3 cret$" };
    const mariadb = probe.mariadb({ via: "mariadb" });

    it("must be red where another address is listened on", async () => {
      const command = ["sh", "-c", `exec docker-entrypoint.sh mariadbd --bind-address=${OWN}`];
      await using db = await runContainer(image, { as: "mariadb:11", env, command });
      await db.until(`mariadb-admin ping --silent -h ${OWN}`);
      expect(await db.look(mariadb)).toBe(false);
    });

    it("must turn red in its own time when the server hangs", async () => {
      await using db = await runContainer(image, { as: "mariadb:11", env });
      await db.untilHealthy(mariadb);
      await db.hang();
      expect(await db.look(probe.mariadb({ via: "mariadb", timeout: "3s" }))).toBe(false);
    });
  });

  withImage("httpd", (image) => {
    it("must be green although proxies are set, and red when the server hangs", async () => {
      const proxy = "http://127.0.0.1:9";
      await using web = await runContainer(image, { as: "httpd:2.4", env: { http_proxy: proxy, ALL_PROXY: proxy } });
      await web.untilHealthy(probe.httpd());
      // Its workers answer without the first process.
      await web.exec("kill -STOP -1");
      expect(await web.look(probe.httpd({ timeout: "3s" }))).toBe(false);
    });
  });

  withImage("caddy", (image) => {
    it("must stay red while no configuration is loaded, when the admin endpoint answers already", async () => {
      await using web = await runContainer(image, { as: "caddy:2", command: ["caddy", "run"] });
      await web.until("wget -q -O /dev/null http://127.0.0.1:2019/config/");
      expect(await web.look(probe.caddy())).toBe(false);
      await web.exec("caddy reload --config /etc/caddy/Caddyfile --adapter caddyfile");
      expect(await web.look(probe.caddy())).toBe(true);
    });

    it("must be red with a port whose site answers 500", async () => {
      const serve = "printf ':80\\nrespond 500\\n' >/tmp/Caddyfile; exec caddy run --config /tmp/Caddyfile --adapter caddyfile";
      await using web = await runContainer(image, { as: "caddy:2", command: ["sh", "-c", serve] });
      await web.untilHealthy(probe.caddy());
      expect(await web.look(probe.caddy({ port: 80 }))).toBe(false);
      expect(await web.look(probe.http({ port: 80, status: 500 }))).toBe(true);
    });
  });

  withImage("php-fpm", (image) => {
    // Each has another way to do it: bash, php.
    it.each(["php:8-fpm", "php:8-fpm-alpine"])("must be red in %s when no worker answers, while connections are accepted", async (as) => {
      await using fpm = await runContainer(image, { as });
      await fpm.untilHealthy(probe.phpFpm());
      await fpm.exec("kill -STOP -1");
      expect(await fpm.handWritten("php-fpm -t && bash -c '</dev/tcp/127.0.0.1/9000'")).toBe(true);
      expect(await fpm.look(probe.phpFpm({ timeout: "3s" }))).toBe(false);
    });

    it("must stay red where only a socket is listened on", async () => {
      const serve =
        "sed 's!9000!/run/fpm.sock!' /etc/php/php-fpm.conf >/tmp/fpm.conf; exec php-fpm --nodaemonize --fpm-config /tmp/fpm.conf";
      await using fpm = await runContainer(image, { as: "php:8-fpm", command: ["sh", "-c", serve] });
      await fpm.until("test -S /run/fpm.sock");
      expect(await fpm.handWritten("php-fpm -t")).toBe(true);
      expect(await fpm.look(probe.phpFpm())).toBe(false);
    });
  });

  withImage("clickhouse", (image) => {
    it("must be green when the server answers, red when it hangs, which still accepts connections", async () => {
      await using db = await runContainer(image, { as: "clickhouse/clickhouse-server:25" });
      await db.untilHealthy(probe.clickhouse());
      await db.hang();
      expect(await db.handWritten("bash -c '</dev/tcp/127.0.0.1/8123'")).toBe(true);
      expect(await db.look(probe.clickhouse({ timeout: "3s" }))).toBe(false);
    });
  });

  withImage("zookeeper", (image) => {
    it("must stay red without a quorum, when the server says that it is ok", async () => {
      const member = (number: number, port: number) =>
        [
          `mkdir -p /tmp/${number}; echo ${number} >/tmp/${number}/myid; echo 'dataDir=/tmp/${number}`,
          `clientPort=${port}`,
          "admin.enableServer=false\ntickTime=500\ninitLimit=20\nsyncLimit=20\n4lw.commands.whitelist=ruok,srvr",
          `server.1=127.0.0.1:2888:3888\nserver.2=127.0.0.1:2889:3889' >/tmp/${number}.cfg`,
        ].join("\n");
      const run = (number: number) => `/usr/share/zookeeper/bin/zkServer.sh start-foreground /tmp/${number}.cfg`;
      await using store = await runContainer(image, { as: "zookeeper:3.9", command: ["sh", "-c", `${member(1, 2181)}; exec ${run(1)}`] });
      const ruok = "bash -c 'exec 3<>/dev/tcp/127.0.0.1/2181; printf ruok >&3; [ $(cat <&3) = imok ]'";
      await store.until(ruok);
      expect(await store.look(probe.zookeeper())).toBe(false);
      await store.exec(`${member(2, 2182)}; ${run(2)} >/dev/null 2>&1 &`);
      await store.untilHealthy(probe.zookeeper());
    });
  });

  withImage(
    "grpc",
    (image) => {
      it("must tell what serves from what does not, from what is not there, and from what hangs", async () => {
        await using app = await runContainer(image, { as: "node:22-slim" });
        const port = 50051;
        await app.untilHealthy(probe.tcp({ port }));
        expect(await app.look(probe.grpc({ port }))).toBe(false);
        await app.exec("kill -USR2 1");
        await app.untilHealthy(probe.grpc({ port }));
        expect(await app.look(probe.grpc({ port, service: "shop.Orders" }))).toBe(false);
        expect(await app.look(probe.grpc({ port, service: "shop.Unknown" }))).toBe(false);
        await app.hang();
        expect(await app.look(probe.tcp({ port }))).toBe(true);
        expect(await app.look(probe.grpc({ port, timeout: "3s" }))).toBe(false);
      });
    },
    "node:22-slim",
  );
});
