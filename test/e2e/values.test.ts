import { expect, it } from "vitest";
import { describeWithEngine, docker, scenario } from "./engine.ts";

// Whatever could mean something to YAML, to Compose or to a shell.
const HOSTILE = [
  "plain $HOME ${HOME} $$ ${HOME:-x} $1 100$",
  `'single' "double" \`back\` \\ \\n`,
  "two\nlines\n\twith a tab",
  " leading and trailing ",
  "# not a comment: {no: map} [no list] *no &no !no %no @no",
  "010",
  "1e3",
  "null",
  "yes",
  "2020-01-01",
  "ünïcödé 🙂",
  "",
];

describeWithEngine("what a stack says", () => {
  it("must arrive unchanged in a container's environment and command", async (context) => {
    const environment = Object.fromEntries(HOSTILE.map((value, index) => [`HOSTILE_${index}`, value]));
    const shop = await scenario(
      context,
      `const command = ["sh", "-c", 'printf "%s\\\\0" "$@" > /tmp/arguments; exec sleep 300', "sh", ...${JSON.stringify(HOSTILE)}];
       export default stack(NAME, [service("web", { ...stays, command, environment: ${JSON.stringify({ ...environment, "x-key": "x $y" })} })]);`,
    );
    expect((await shop.run(["up", shop.name])).exitCode).toBe(0);
    const { Config } = await shop.inspect("web");
    expect(Config.Env).toEqual(expect.arrayContaining([...HOSTILE.map((value, index) => `HOSTILE_${index}=${value}`), "x-key=x $y"]));
    expect(Config.Cmd.slice(4)).toEqual(HOSTILE);
    const printed = await docker("exec", `${shop.name}-web-1`, "cat", "/tmp/arguments");
    expect(printed.split("\0").slice(0, -1)).toEqual(HOSTILE);
  });

  it("must let variables come from the shell, from .env beside the stack and from their defaults", async (context) => {
    const shop = await scenario(
      context,
      `const environment = {
         SHELL_FIRST: env("E2E_BOTH"),
         DOT_ENV: env("E2E_DOT_ENV"),
         DEFAULT: env("E2E_UNSET", { default: "the $default" }),
         OPTIONAL: env("E2E_UNSET_TOO", { optional: true }),
         URL: interpolate\`http://\${env("E2E_BOTH")}:80/$literal\`,
       };
       export default stack(NAME, [service("web", { ...stays, environment })]);`,
      { ".env": "E2E_BOTH=from-file\nE2E_DOT_ENV='quoted value'\n" },
    );
    expect((await shop.run(["up", shop.name], { E2E_BOTH: "from-shell" })).exitCode).toBe(0);
    expect((await shop.inspect("web")).Config.Env).toEqual(
      expect.arrayContaining([
        "SHELL_FIRST=from-shell",
        "DOT_ENV=quoted value",
        "DEFAULT=the $default",
        "OPTIONAL=",
        "URL=http://from-shell:80/$literal",
      ]),
    );
  });

  it("must not be launched while a required variable is missing", async (context) => {
    const shop = await scenario(
      context,
      `export default stack(NAME, [service("web", { ...stays, environment: { A: env("E2E_A"), B: env("E2E_B") } })]);`,
    );
    const { exitCode, stderr } = await shop.run(["up", shop.name], { E2E_A: "set" });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("E2E_B");
    expect(await shop.containers()).toEqual([]);
  });

  it("must be needed for a launch only, not for looking after what is up", async (context) => {
    const shop = await scenario(
      context,
      `const web = service("web", { ...sh("echo hello; exec sleep 300"), environment: { A: env("E2E_A") }, ports: [{ target: 80, published: env("E2E_PORT") }] });
       export default stack(NAME, [web]);`,
    );
    expect((await shop.run(["up", shop.name], { E2E_A: "set", E2E_PORT: "18973" })).exitCode).toBe(0);
    expect((await shop.run(["logs", shop.name])).stdout).toContain("hello");
    expect((await shop.run(["exec", shop.name, "web", "--", "sh", "-c", 'echo "$A"'])).stdout).toBe("set");
    expect((await shop.run(["down", shop.name])).exitCode).toBe(0);
    expect(await shop.containers()).toEqual([]);
  });
});
