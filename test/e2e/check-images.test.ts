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
       export default stack(NAME, [web("right", "wget"), web("wrong", "curl")]);`,
    );
    const before = await containers();
    expect((await shop.run(["check", shop.name])).exitCode).toBe(0);
    const { exitCode, stdout } = await shop.run(["check", shop.name, "--images"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("wrong.healthcheck");
    expect(stdout).toContain("busybox:1.37 has no curl, which the probe needs");
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

  it("must say which image is not on this machine", async (context) => {
    const shop = await scenario(
      context,
      'export default stack(NAME, [service("web", { image: "acme/absent:1", healthcheck: probe.http({ port: 80 }) })]);',
    );
    const { exitCode, stdout } = await shop.run(["check", shop.name, "--images"]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("acme/absent:1 is not on this machine");
    expect(stdout).toContain("docker pull acme/absent:1");
  });
});
