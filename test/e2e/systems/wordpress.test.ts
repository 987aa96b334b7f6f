import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeSystem, page } from "./system.ts";

const secrets = { DB_PASSWORD: "pass-Secret-6", DB_ROOT_PASSWORD: "root-Secret-6" };

describeSystem({ rows: "6", stack: "wordpress", secrets }, ({ folder, exec, look, run, up }) => {
  const sql = (text: string) => exec("db", "sh", "-c", `MYSQL_PWD=${secrets.DB_PASSWORD} mysql -h 127.0.0.1 -u blogger blog -Ne "${text}"`);
  const title = async () => /<title>(.*?)<\/title>/.exec((await page("http://localhost:8888/")).text)?.[1];
  const log = () => readdirSync(join(folder, "stacks/wordpress/log"), { recursive: true });

  it("must serve the installation page", async () => {
    expect(await title()).toContain("Installation");
  });

  it("must have been started only when the database was healthy, and not again since", async () => {
    const started = Date.parse(await look("web", ".State.StartedAt"));
    expect(started).toBeGreaterThan(Date.parse(await look("db", ".State.StartedAt")));
    const log = await look<{ ExitCode: number; End: string }[]>("db", ".State.Health.Log");
    const passed = log.filter(({ ExitCode }) => ExitCode === 0).map(({ End }) => Date.parse(End));
    expect(Math.min(...passed)).toBeLessThanOrEqual(started);
    expect(await look<number>("web", ".RestartCount")).toBe(0);
  });

  it("must reach the database by the name of its service, over the back network", async () => {
    const php = `exit(mysqli_connect("db", "blogger", "${secrets.DB_PASSWORD}", "blog") ? 0 : 1);`;
    expect(await exec("web", "php", "-r", php)).toBe("");
    expect(Object.keys(await look<object>("web", ".NetworkSettings.Networks")).sort()).toEqual(["wordpress_back", "wordpress_front"]);
  });

  it("must not have the database on the front network, or on the host", async () => {
    expect(Object.keys(await look<object>("db", ".NetworkSettings.Networks"))).toEqual(["wordpress_back"]);
    expect(await look<object>("db", ".HostConfig.PortBindings")).toEqual({});
  });

  it("must remember the installation when it goes down and comes up again, and keep its folder of the host", async () => {
    const form = { weblog_title: "Gallery", user_name: "admin", admin_password: "a-Long-1", admin_password2: "a-Long-1", pw_weak: "1" };
    const body = new URLSearchParams({ ...form, admin_email: "admin@example.org", blog_public: "0" });
    const { status } = await page("http://localhost:8888/wp-admin/install.php?step=2", { method: "POST", body });
    expect(status).toBe(200);
    expect(await sql("SELECT option_value FROM wp_options WHERE option_name = 'blogname'")).toBe("Gallery");
    await exec("web", "sh", "-c", "echo kept >/var/log/mark.log");
    const down = await run(["down", "wordpress"]);
    expect(down.stdout).toContain("kept volumes: db-data, web-data");
    expect(log()).toContain("mark.log");
    await up();
    expect(await title()).toContain("Gallery");
    expect(await exec("web", "cat", "/var/log/mark.log")).toBe("kept");
  });
});
