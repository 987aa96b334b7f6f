import { expect, it } from "vitest";
import { describeSystem, page } from "./system.ts";

const env = { DB_PASSWORD: "pass-6", DB_ROOT_PASSWORD: "root-pass-6" };

describeSystem({ rows: "6", stack: "wordpress", env }, ({ exec, look, run, up }) => {
  const sql = (text: string) => exec("db", "sh", "-c", `MYSQL_PWD=${env.DB_PASSWORD} mysql -h 127.0.0.1 -u blogger blog -Ne "${text}"`);
  const title = async () => /<title>(.*?)<\/title>/.exec((await page("http://localhost:8888/")).text)?.[1];

  it("must serve the installation page", async () => {
    expect(await title()).toContain("Installation");
  });

  it("must reach the database by the name of its service, over the back network", async () => {
    const php = `exit(mysqli_connect("db", "blogger", "${env.DB_PASSWORD}", "blog") ? 0 : 1);`;
    expect(await exec("web", "php", "-r", `${php}`)).toBe("");
    expect(Object.keys(await look<object>("web", ".NetworkSettings.Networks")).sort()).toEqual(["wordpress_back", "wordpress_front"]);
  });

  it("must not have the database on the front network, or on the host", async () => {
    expect(Object.keys(await look<object>("db", ".NetworkSettings.Networks"))).toEqual(["wordpress_back"]);
    expect(await look<object>("db", ".HostConfig.PortBindings")).toEqual({});
  });

  it("must remember the installation when it goes down and comes up again", async () => {
    const form = { weblog_title: "Gallery", user_name: "admin", admin_password: "a-Long-1", admin_password2: "a-Long-1", pw_weak: "1" };
    const body = new URLSearchParams({ ...form, admin_email: "admin@example.org", blog_public: "0" });
    const { status } = await page("http://localhost:8888/wp-admin/install.php?step=2", { method: "POST", body });
    expect(status).toBe(200);
    expect(await sql("SELECT option_value FROM wp_options WHERE option_name = 'blogname'")).toBe("Gallery");
    const down = await run(["down", "wordpress"]);
    expect(down.stdout).toContain("kept volumes: db-data, web-data");
    await up();
    expect(await title()).toContain("Gallery");
  });
});
