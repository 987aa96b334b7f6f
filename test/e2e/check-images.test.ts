import { join } from "node:path";
import { expect, it } from "vitest";
import { describeWithEngine, docker, scenario } from "./engine.ts";

describeWithEngine("check --images", () => {
  const containers = (): Promise<string> =>
    docker("ps", "--all", "--quiet", "--filter", "ancestor=busybox:1.37", "--filter", "status=created");

  it("must find what is said to be in an image, and is not; nothing stays behind", async (context) => {
    const shop = await scenario(
      context,
      `import { image } from "stackwright";
       const web = (name: string, has: string) =>
         service(name, { image: image("busybox:1.37", { has: [has] }), healthcheck: probe.http({ port: 80, via: has as "curl" }) });
       export default stack(NAME, [
         web("right", "wget"),
         web("wrong", "curl"),
         service("own", { image: "busybox:1.37", healthcheck: probe.command(["check-it"]) }),
       ]);`,
    );
    const before = await containers();
    expect((await shop.run(["check", shop.name])).exitCode).toBe(0);
    const { exitCode, stdout } = await shop.run(["check", shop.name, "--images"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("wrong.healthcheck");
    expect(stdout).toContain("busybox:1.37 has no curl, which the probe needs");
    expect(stdout).toContain("busybox:1.37 has no check-it, which the probe needs");
    expect(stdout).not.toContain("right.healthcheck");
    expect(await containers()).toBe(before);
  });

  it("must be content with one of several ways, where nothing is known of the image", async (context) => {
    const shop = await scenario(
      context,
      'export default stack(NAME, [service("web", { image: `${NAME}:1`, healthcheck: probe.http({ port: 80 }) })]);',
    );
    await docker("tag", "busybox:1.37", `${shop.name}:1`);
    context.onTestFinished(async () => void (await docker("image", "rm", `${shop.name}:1`)));
    expect((await shop.run(["check", shop.name, "--images"])).exitCode).toBe(0);
  });

  it("must find what a Compose file that is read in calls in vain, and do without what it does not need", async (context) => {
    const shop = await scenario(context, "export default stack(NAME, [service('web', stays)]);", {
      "compose.yaml": `services:
  wrong: { image: "busybox:1.37", healthcheck: { test: ["CMD", "curl", "-f", "http://127.0.0.1/"] } }
  script: { image: "busybox:1.37", healthcheck: { test: "wget -q -O - http://127.0.0.1/ | jq -e .ok || exit 1" } }
  right: { image: "busybox:1.37", healthcheck: { test: "curl -f http://127.0.0.1/ || wget -q -O - http://127.0.0.1/ || exit 1" } }
  absent: { image: "acme/absent:1", healthcheck: { test: ["CMD", "/check"] } }
`,
    });
    const { exitCode, stdout } = await shop.run(["check", `stacks/${shop.name}/compose.yaml`, "--images", "--json"]);
    expect(exitCode).toBe(1);
    const [{ issues }] = JSON.parse(stdout) as [{ issues: { path: string; message: string; severity: string }[] }];
    const found = issues.filter(({ message }) => /which the probe needs|not on this machine/.test(message));
    expect(found.map(({ path, message }) => `${path}: ${message}`)).toEqual([
      "wrong.healthcheck: busybox:1.37 has no curl, which the probe needs",
      "script.healthcheck: busybox:1.37 has no jq, which the probe needs",
      "absent.image: acme/absent:1 is not on this machine: it can't be looked into",
    ]);
  });

  it("must look although there are other errors, and say where it does not", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [
         service("broken", { image: "busybox:1.37", healthcheck: { test: "true", retries: 0 } }),
         service("waits", { image: "busybox:1.37", command: startAfter([needs.http("https://api/")], ["true"]) }),
         service("wrong", { image: image("busybox:1.37", { has: ["perl"] }), healthcheck: probe.tcp({ port: 80, via: "perl" }) }),
         service("built", { build: ".", healthcheck: probe.tcp({ port: 80 }) }),
       ]);
       import { image, needs, startAfter } from "stackwright";`,
    );
    const { exitCode, stdout } = await shop.run(["check", shop.name, "--images"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('"retries" is 0');
    expect(stdout).toContain("busybox:1.37 has no perl, which the probe needs");
    expect(stdout).toContain("its image was not looked into: it is built");
    expect(stdout).not.toContain("waits.command");
  });

  it("must take nothing for a program but a file that may be executed, or a link to one", async (context) => {
    const shop = await scenario(
      context,
      `const web = (name: string, program: string) =>
         service(name, { image: NAME + ":1", healthcheck: probe.command([program]) });
       export default stack(NAME, [
         web("program", "/opt/program"), web("linked", "/opt/linked"), web("far", "/opt/far"), web("dangling", "/opt/dangling"),
         web("text", "/opt/text"), web("folder", "/opt/folder"),
       ]);`,
      {
        Dockerfile: `FROM busybox:1.37
RUN mkdir -p /opt/folder && cp /bin/true /opt/program && ln -s program /opt/linked && ln -s /opt/linked /opt/far \
    && ln -s /opt/absent /opt/dangling && echo hello >/opt/text && chmod 644 /opt/text
`,
      },
    );
    await docker("build", "--tag", `${shop.name}:1`, join(shop.folder, "stacks", shop.name));
    context.onTestFinished(async () => void (await docker("image", "rm", "--force", `${shop.name}:1`)));
    const { stdout } = await shop.run(["check", shop.name, "--images", "--json"]);
    const [{ issues }] = JSON.parse(stdout) as [{ issues: { path: string; message: string }[] }];
    const lacking = issues.filter(({ message }) => message.includes("which the probe needs")).map(({ path }) => path);
    expect(lacking).toEqual(["dangling.healthcheck", "text.healthcheck", "folder.healthcheck"]);
  });

  it("must find a script that is not there, which need not be executable, also for a probe alone", async (context) => {
    const shop = await scenario(
      context,
      `const web = (name: string, file: string, more = {}) =>
         service(name, { image: NAME + ":1", healthcheck: probe.script(file), ...more });
       export default stack(NAME, [
         web("text", "/opt/text"), web("linked", "/opt/linked"), web("mounted", "/mine/ready.sh", { volumes: ["./mine:/mine"] }),
         web("absent", "/opt/absent.sh"), web("dangling", "/opt/dangling"),
       ]);`,
      {
        Dockerfile:
          "FROM busybox:1.37\nRUN mkdir /opt && cd /opt && echo true >text && chmod 644 text && ln -s text linked && ln -s x dangling\n",
        "mine/ready.sh": "true\n",
      },
    );
    const image = `${shop.name}:1`;
    await docker("build", "--tag", image, join(shop.folder, "stacks", shop.name));
    context.onTestFinished(async () => void (await docker("image", "rm", "--force", image)));
    const { exitCode, stdout } = await shop.run(["check", shop.name, "--images", "--json"]);
    expect(exitCode).toBe(1);
    const [{ issues }] = JSON.parse(stdout) as [{ issues: { path: string; message: string }[] }];
    const lacking = issues.flatMap(({ path, message }) => (message.includes("which the probe runs") ? [`${path}: ${message}`] : []));
    expect(lacking).toEqual([
      `absent.healthcheck: ${image} has no /opt/absent.sh, which the probe runs`,
      `dangling.healthcheck: ${image} has no /opt/dangling, which the probe runs`,
    ]);
    const alone = (file: string) => shop.run(["probe", image, `script "${file}"`, "--images", "--json"]);
    expect((await alone("/opt/text")).exitCode).toBe(0);
    const absent = await alone("/opt/absent.sh");
    expect(absent.exitCode).toBe(1);
    expect(JSON.parse(absent.stdout)).toMatchObject({ missing: ["/opt/absent.sh"] });
  });

  it("must say which image is not on this machine, as a finding of its own that a project can let pass, or not", async (context) => {
    const shop = await scenario(
      context,
      'export default stack(NAME, [service("web", { image: "acme/absent:1", healthcheck: probe.http({ port: 80 }) })]);',
    );
    const { exitCode, stdout } = await shop.run(["check", shop.name, "--images"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^warning .* web\.image {2}acme\/absent:1 is not on this machine: .* {2}image-not-looked-into$/m);
    expect(stdout).toContain("docker pull acme/absent:1");
    expect((await shop.run(["check", shop.name, "--images", "--max-warnings", "0"])).exitCode).toBe(1);
    expect((await shop.run(["check", shop.name])).stdout).not.toContain("image-not-looked-into");
  });
});

describeWithEngine("up on an image that nobody knows", () => {
  it("must say what its probe assumes, beside its report, unless it is to be quiet", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [
         service("web", { ...stays, image: \`\${NAME}:1\`, healthcheck: probe.file("/bin/sh", quick) }),
       ]);`,
    );
    await docker("tag", "busybox:1.37", `${shop.name}:1`);
    context.onTestFinished(async () => void (await docker("image", "rm", "--force", `${shop.name}:1`)));
    const { exitCode, stdout, stderr } = await shop.run(["up", shop.name, "--json"]);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^info .* web\.healthcheck {2}assumes that the image has sh: .* probe-assumes\n/);
    expect(stdout).not.toContain("probe-assumes");
    expect((await shop.run(["up", shop.name, "--quiet"])).all).not.toContain("probe-assumes");
  });
});
