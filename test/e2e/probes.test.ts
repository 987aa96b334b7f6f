import { probe } from "stackwright";
import { describe, expect, it } from "vitest";
import { describeWithEngine } from "./engine.ts";
import { runContainer, withImage } from "./probed-container.ts";

// Each probe against the real server: green when the server is ready, red in the states that the check which people
// write by hand takes for healthy (or the other way round).

// Where nothing listens.
const PROXY = "http://127.0.0.1:9";
const PROXIED = { http_proxy: PROXY, HTTP_PROXY: PROXY, ALL_PROXY: PROXY, all_proxy: PROXY };

describeWithEngine("a probe against the real server", () => {
  withImage("postgres", (image) => {
    const env = { POSTGRES_PASSWORD: "s3 cret$", POSTGRES_USER: "app", POSTGRES_DB: "shop" };
    const start = (more: object = {}) => runContainer(image, { as: "postgres:17", env, ...more });

    it("must stay red while init scripts run, when the socket is open already", async () => {
      await using db = await start({ initScript: "sleep 4" });
      await db.until("pg_isready --quiet");
      expect(await db.look(probe.postgres())).toBe(false);
      expect(await db.look(probe.postgres({ query: true }))).toBe(false);
      await db.untilHealthy(probe.postgres());
    });

    it("must prove user and database with a query", async () => {
      await using db = await start();
      await db.untilHealthy(probe.postgres({ query: true }));
      expect(await db.look(probe.postgres({ database: "no-such-database" }))).toBe(true);
      expect(await db.look(probe.postgres({ query: true, database: "no-such-database" }))).toBe(false);
      expect(await db.look(probe.postgres({ query: true, user: "nobody" }))).toBe(false);
    });

    it("must find user, database and password where the image finds them: in files", async () => {
      const files = Object.fromEntries(["USER", "DB", "PASSWORD"].map((name) => [`POSTGRES_${name}_FILE`, `/tmp/${name}`]));
      const write = "printf app >/tmp/USER; printf shop >/tmp/DB; echo 's3 cret$' >/tmp/PASSWORD; exec docker-entrypoint.sh postgres";
      await using db = await start({ env: files, command: ["sh", "-c", write] });
      await db.untilHealthy(probe.postgres({ query: true }));
      expect(await db.look(probe.postgres({ password: { file: "/tmp/PASSWORD" } }))).toBe(true);
      expect(await db.look(probe.postgres())).toBe(true);
    });

    it("must be red with a wrong password, which a query on 127.0.0.1 takes for right", async () => {
      await using db = await start({ env: { ...env, WRONG: "wrong" } });
      const right = probe.postgres({ password: { variable: "POSTGRES_PASSWORD" } });
      await db.untilHealthy(right);
      expect(await db.handWritten("PGPASSWORD=wrong psql -h 127.0.0.1 -U app -d shop -c 'SELECT 1'")).toBe(true);
      expect(await db.look(probe.postgres({ password: { variable: "WRONG" } }))).toBe(false);
      await db.hang();
      expect(await db.look(probe.postgres({ password: { variable: "POSTGRES_PASSWORD" }, timeout: "3s" }))).toBe(false);
    });

    it("must stay red where only another address than 127.0.0.1 is listened on, unless the password is proven there", async () => {
      const own = 'exec docker-entrypoint.sh postgres -c listen_addresses="$(hostname)"';
      await using db = await start({ command: ["sh", "-c", own] });
      await db.untilHealthy(probe.postgres({ password: { variable: "POSTGRES_PASSWORD" } }));
      expect(await db.look(probe.postgres())).toBe(false);
      expect(await db.look(probe.postgres({ query: true }))).toBe(false);
    });

    it("must turn red in its own time when the server hangs", async () => {
      await using db = await start();
      await db.untilHealthy(probe.postgres());
      await db.hang();
      expect(await db.look(probe.postgres({ timeout: "3s" }))).toBe(false);
    });
  });

  withImage("mariadb", (image) => {
    const mariadb = probe.mariadb({ via: "mariadb" });
    const start = (more: object = {}) => runContainer(image, { as: "mariadb:11", env: { MARIADB_ROOT_PASSWORD: "s3 cret$" }, ...more });

    it("must stay red while init scripts run, when the socket answers a ping already", async () => {
      await using db = await start({ initScript: "sleep 4" });
      await db.until("mariadb-admin ping --silent");
      expect(await db.look(mariadb)).toBe(false);
      await db.untilHealthy(mariadb);
    });

    it("must be red where access is denied, for which a ping exits with 0", async () => {
      await using db = await start();
      await db.untilHealthy(mariadb);
      expect(await db.handWritten("mariadb-admin ping -h 127.0.0.1 -u root --password=wrong")).toBe(true);
      expect(await db.look(probe.mariadb({ via: "mariadb", password: { variable: "HOME" } }))).toBe(false);
    });

    it("must log in as the user whom the image made, with that user's password", async () => {
      const env = { MARIADB_ROOT_PASSWORD: "s3 cret$", MARIADB_USER: "app", MARIADB_PASSWORD: "of app" };
      await using db = await start({ env });
      await db.untilHealthy(probe.mariadb({ user: "app" }));
      expect(await db.look(probe.mysql({ user: "app" }))).toBe(true);
      expect(await db.look(probe.mysql())).toBe(true);
    });

    it("must stay red where only the local socket is open", async () => {
      await using db = await start({ command: ["mariadbd", "--skip-networking"] });
      await db.until("mariadb-admin --password='s3 cret$' ping");
      expect(await db.look(mariadb)).toBe(false);
    });
  });

  describe.each([
    { name: "redis", as: "redis:7", server: "redis-server", client: "redis-cli", ping: probe.redis },
    { name: "valkey", as: "valkey/valkey:8", server: "valkey-server", client: "valkey-cli", ping: probe.valkey },
  ])("$name's own client", ({ name, as, server, client, ping }) => {
    withImage(name, (image) => {
      const start = (more: object = {}) => runContainer(image, { as, ...more });
      const secured = [server, "--requirepass", "s3 cret$"];

      it("must be red on NOAUTH and on a wrong password, where it exits with 0", async () => {
        await using cache = await start({ command: secured, env: { RIGHT: "s3 cret$", WRONG: "wrong" } });
        await cache.untilHealthy(ping({ password: { variable: "RIGHT" } }));
        expect(await cache.handWritten(`${client} ping`)).toBe(true);
        expect(await cache.look(ping())).toBe(false);
        expect(await cache.look(ping({ password: { variable: "WRONG" } }))).toBe(false);
      });

      it("must be red where no password is asked for, and nobody who has one gets in", async () => {
        await using cache = await start({ env: { PASSWORD: "s3 cret$" } });
        await cache.untilHealthy(ping());
        expect(await cache.handWritten(`REDISCLI_AUTH="$PASSWORD" ${client} -e ping`)).toBe(true);
        expect(await cache.look(ping({ password: { variable: "PASSWORD" } }))).toBe(false);
        expect(await cache.look(ping({ password: { file: "/run/secrets/none" } }))).toBe(false);
      });

      it("must be what asks the server, whichever of the two names the probe has", async () => {
        await using cache = await start();
        await cache.untilHealthy(probe.redis());
        expect(await cache.look(probe.valkey())).toBe(true);
      });

      it("must find the password that it finds by itself", async () => {
        await using cache = await start({ command: secured, env: { REDISCLI_AUTH: "s3 cret$" } });
        await cache.untilHealthy(ping());
      });

      it("must stay red while the data are loaded, where it exits with 0", async () => {
        const fill = [
          `${server} --port 7000 --enable-debug-command yes --dir /tmp --daemonize yes >/dev/null`,
          "sleep 1",
          ...["debug populate 20000", "save", "shutdown"].map((command) => `${client} -p 7000 ${command}`),
        ].join("; ");
        const load = `exec ${server} --dir /tmp --key-load-delay 300 --loading-process-events-interval-bytes 1024`;
        await using cache = await start({ command: ["sh", "-c", `${fill}; ${load}`] });
        await cache.until(`${client} ping | grep -q LOADING`);
        expect(await cache.handWritten(`${client} ping`)).toBe(true);
        expect(await cache.look(ping())).toBe(false);
        await cache.untilHealthy(ping());
      });

      it("must turn red in its own time when the server hangs, which still accepts connections", async () => {
        await using cache = await start();
        await cache.untilHealthy(ping());
        await cache.hang();
        expect(await cache.look(probe.tcp({ port: 6379 }))).toBe(true);
        expect(await cache.look(ping({ timeout: "3s" }))).toBe(false);
      });
    });
  });

  withImage("nginx", (image) => {
    const start = (listen: string, body: string, env = {}) => {
      const site = `events {} http { server { listen ${listen}; location / { ${body} } } }`;
      const command = ["sh", "-c", `echo '${site}' >/tmp/nginx.conf && exec nginx -c /tmp/nginx.conf -g 'daemon off;'`];
      return runContainer(image, { as: "nginx:1.29", command, env });
    };

    it.each(["curl", "bash", "perl"] as const)("must be let in by %s with a token of the environment, and not without", async (via) => {
      const guard = 'if ($http_authorization != "Bearer s3cret token") { return 401; } return 200;';
      await using web = await start("80", guard, { TOKEN: "s3cret token", WRONG: "s3cret" });
      await web.until("curl --silent http://127.0.0.1/");
      const asked = (variable: string) =>
        probe.http({ port: 80, via, headers: { Authorization: { prefix: "Bearer ", variable } }, timeout: "3s" });
      expect(await web.look(asked("TOKEN"))).toBe(true);
      expect(await web.look(asked("WRONG"))).toBe(false);
      expect(await web.look(probe.http({ port: 80, via }))).toBe(false);
    });

    it("must be red on 500, for which curl exits with 0", async () => {
      await using web = await start("80", "return 500;");
      await web.until("curl --silent http://127.0.0.1/");
      expect(await web.look(probe.nginx())).toBe(false);
      expect(await web.look(probe.http({ port: 80, status: 500 }))).toBe(true);
      expect(await web.look(probe.http({ port: 80, via: "bash" }))).toBe(false);
    });

    it("must be green although proxies are set", async () => {
      await using web = await start("80", "return 200 fine;", PROXIED);
      await web.untilHealthy(probe.nginx());
      expect(await web.handWritten("curl --fail --silent --max-time 2 http://127.0.0.1/")).toBe(false);
    });

    it("must be red where only IPv6 is listened on, unless that is what it asks for", async () => {
      await using web = await start("[::1]:80", "return 200 fine;");
      await web.untilHealthy(probe.http({ port: 80, host: "::1" }));
      expect(await web.look(probe.nginx())).toBe(false);
    });

    it.each(["127.0.0.1:80", "[::1]:80"])("must find the one of a name's addresses that is listened on: %s", async (address) => {
      await using web = await start(address, "return 200 fine;");
      await web.exec("printf '127.0.0.1 both\\n::1 both\\n' >>/etc/hosts");
      for (const via of ["curl", "bash", "perl"] as const) await web.untilHealthy(probe.http({ port: 80, host: "both", via }));
      expect(await web.look(probe.tcp({ port: 80, host: "both", via: "perl" }))).toBe(true);
      expect(await web.look(probe.tcp({ port: 81, host: "both", via: "perl" }))).toBe(false);
    });

    it("must be red where another address is listened on", async () => {
      await using web = await start("127.0.0.2:80", "return 200 fine;");
      await web.untilHealthy(probe.http({ port: 80, host: "127.0.0.2" }));
      expect(await web.look(probe.nginx())).toBe(false);
    });
  });

  withImage("httpd", (image) => {
    it("must be done without an HTTP client, of which the image has none", async () => {
      await using web = await runContainer(image, { as: "httpd:2.4" });
      await web.untilHealthy(probe.httpd());
      expect(await web.handWritten("curl --fail http://127.0.0.1/ || wget -O /dev/null http://127.0.0.1/")).toBe(false);
      expect(await web.look(probe.httpd({ path: "/missing" }))).toBe(false);
      expect(await web.look(probe.http({ port: 80, contains: "It works!" }))).toBe(true);
      expect(await web.look(probe.http({ port: 80, via: "perl", contains: "no such text" }))).toBe(false);
      expect(await web.look(probe.process("httpd"))).toBe(true);
      expect(await web.look(probe.process("nginx"))).toBe(false);
    });
  });

  withImage("memcached", (image) => {
    it("must be red when the server hangs, which still accepts connections", async () => {
      await using cache = await runContainer(image, { as: "memcached:1.6" });
      await cache.untilHealthy(probe.memcached());
      await cache.hang();
      expect(await cache.look(probe.tcp({ port: 11211 }))).toBe(true);
      expect(await cache.look(probe.memcached({ timeout: "3s" }))).toBe(false);
    });
  });

  withImage("nats", (image) => {
    it("must be green when the server greets, red when it hangs", async () => {
      await using queue = await runContainer(image, { as: "debian:12-slim" });
      await queue.untilHealthy(probe.nats());
      await queue.hang();
      expect(await queue.look(probe.nats({ timeout: "3s" }))).toBe(false);
    });
  });

  withImage("etcd", (image) => {
    it("must be green when a read is committed, red when the server hangs", async () => {
      await using store = await runContainer(image, { as: "quay.io/coreos/etcd:v3.6" });
      await store.untilHealthy(probe.etcd());
      await store.hang();
      expect(await store.look(probe.etcd({ timeout: "3s" }))).toBe(false);
    });
  });

  withImage("rabbitmq", (image) => {
    it("must be red without the AMQP listener, when the Erlang node answers a ping", async () => {
      await using queue = await runContainer(image, { as: "rabbitmq:4" });
      expect(await queue.look(probe.rabbitmq())).toBe(false);
      await queue.untilHealthy(probe.rabbitmq(), 60);
      expect(await queue.look(probe.rabbitmq({ diagnostics: true }))).toBe(true);
      await queue.exec("rabbitmqctl stop_app");
      expect(await queue.handWritten("rabbitmq-diagnostics -q ping")).toBe(true);
      expect(await queue.look(probe.rabbitmq())).toBe(false);
    });
  });

  withImage("python", (image) => {
    const start = (handler: string) => {
      const lines = [
        "import http.server as h,time",
        "begin=time.time()",
        "class A(h.BaseHTTPRequestHandler):",
        ` def do_GET(self): ${handler}`,
        'h.ThreadingHTTPServer(("127.0.0.1",8000),A).serve_forever()',
      ];
      return runContainer(image, { as: "python:3.13-slim", env: PROXIED, command: ["python3", "-c", lines.join("\n")] });
    };

    it.each(["bash", "perl", "python3"] as const)("must wait with %s until a program is ready, although proxies are set", async (via) => {
      await using app = await start("self.send_response(200 if time.time()-begin>4 else 503);self.end_headers()");
      await app.untilHealthy(probe.tcp({ port: 8000 }));
      expect(await app.look(probe.http({ port: 8000, via }))).toBe(false);
      await app.untilHealthy(probe.http({ port: 8000, via }));
      const byHand = "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/', timeout=3)";
      expect(await app.handWritten(`python3 -c "${byHand}"`)).toBe(false);
    });

    it("must be red with a program that accepts and never answers", async () => {
      await using app = await start("time.sleep(60)");
      await app.untilHealthy(probe.tcp({ port: 8000 }));
      for (const via of ["bash", "perl", "python3"] as const) {
        expect(await app.look(probe.http({ port: 8000, via, timeout: "2s" }))).toBe(false);
      }
    });
  });

  describe("node", () => {
    it("must ask past proxies, and give up on a program that never answers", async () => {
      const program = 'require("http").createServer((q,r)=>q.url==="/"&&r.end("fine")).listen(8000,"127.0.0.1")';
      const env = { ...PROXIED, NODE_USE_ENV_PROXY: "1" };
      await using app = await runContainer("node:22-slim", { command: ["node", "-e", program], env });
      await app.untilHealthy(probe.http({ port: 8000, via: "node" }));
      expect(await app.look(probe.http({ port: 8000, path: "/never", via: "node", timeout: "2s" }))).toBe(false);
    });
  });

  describe("busybox", () => {
    it("must be green where IPv4 alone is listened on and localhost means IPv6", async () => {
      const serve = "echo '::1 localhost' >/etc/hosts; echo fine >/tmp/index.html; exec httpd -f -p 127.0.0.1:80 -h /tmp";
      await using web = await runContainer("busybox:1.37", { command: ["sh", "-c", serve] });
      await web.untilHealthy(probe.http({ port: 80 }));
      expect(await web.handWritten("wget -q -O /dev/null http://localhost/")).toBe(false);
    });

    it("must be green although proxies are set", async () => {
      const serve = "echo fine >/tmp/index.html; exec httpd -f -p 80 -h /tmp";
      await using web = await runContainer("busybox:1.37", { command: ["sh", "-c", serve], env: PROXIED });
      await web.untilHealthy(probe.http({ port: 80 }));
      expect(await web.handWritten("wget -q -O /dev/null http://127.0.0.1/")).toBe(false);
    });

    it("must be probed with nothing but its applets", async () => {
      const serve = "echo fine >/tmp/index.html; exec httpd -f -p 80 -h /tmp";
      await using web = await runContainer("busybox:1.37", { command: ["sh", "-c", serve] });
      await web.untilHealthy(probe.http({ port: 80, contains: "fine" }));
      expect(await web.look(probe.http({ port: 80, path: "/missing" }))).toBe(false);
      expect(await web.look(probe.http({ port: 80, path: "/missing", status: 404 }))).toBe(true);
      expect(await web.look(probe.tcp({ port: 80 }))).toBe(true);
      expect(await web.look(probe.tcp({ port: 81 }))).toBe(false);
      expect(await web.look(probe.file("/tmp/index.html", { maxAge: "1h" }))).toBe(true);
      expect(await web.look(probe.process("httpd"))).toBe(true);
    });
  });
});
