import { expect, it } from "vitest";
import { HOSTILE } from "../emit/hostile.ts";
import { describeWithEngine, docker, scenario } from "./engine.ts";

// Whatever could mean something to YAML, to Compose, to a shell or to a terminal; 64 KiB are half of what Linux lets one argument hold.
const TEXTS = [
  ...HOSTILE,
  "plain $HOME ${HOME} $$ ${HOME:-x} $1 100$",
  `'single' "double" \`back\` \\ \\n`,
  "# not a comment: {no: map} [no list] *no &no !no %no @no",
  "שלום עולם \u202eabc\u202c مرحبا",
  "👩‍👩‍👧‍👦 🏳️‍🌈",
  "x-key: value",
  `$${"{64 KiB} ".repeat(8192)}`.slice(0, 65_536),
];

describeWithEngine("what a stack says", () => {
  it(`must arrive unchanged in environment, command, labels and configs: ${TEXTS.length} hostile texts`, async (context) => {
    const named = (prefix: string): Record<string, string> =>
      Object.fromEntries([...TEXTS.entries()].map(([index, text]) => [`${prefix}${index}`, text]));
    // Compose takes an empty content for none.
    const contents = TEXTS.filter((text) => text !== "");
    const shop = await scenario(
      context,
      `const text = ${JSON.stringify(contents)};
       const configs = text.map((content, index) => config("c" + index, { content }).at("/configs/" + String(index).padStart(3, "0")));
       const command = ["sh", "-c", "while :; do sleep 1; done", "sh", ...${JSON.stringify(TEXTS)}];
       const environment = ${JSON.stringify({ ...named("V"), "x-key": "x $y" })};
       const labels = ${JSON.stringify({ ...named("l"), "x-label": "x $y" })};
       export default stack(NAME, [service("web", { ...stays, command, environment, labels, configs })]);`,
    );
    expect(TEXTS.length).toBeGreaterThanOrEqual(100);
    const up = await shop.run(["up", shop.name]);
    expect([up.exitCode, up.stderr]).toEqual([0, ""]);
    const { Config } = await shop.inspect("web");
    const variables = Object.entries({ ...named("V"), "x-key": "x $y" }).map(([key, text]) => `${key}=${text}`);
    expect(Config.Env.filter((each) => /^(V\d+|x-key)=/.test(each)).sort()).toEqual([...variables].sort());
    expect(Config.Cmd.slice(4)).toEqual(TEXTS);
    expect(Config.Labels).toMatchObject({ ...named("l"), "x-label": "x $y" });
    // What the process itself was given, and what lies in its files: each ends with a NUL, which none of the texts can hold.
    const inside = async (script: string): Promise<readonly string[]> =>
      (await docker("exec", `${shop.name}-web-1`, "sh", "-c", script)).split("\0").slice(0, -1);
    expect(await inside("cat /proc/1/environ")).toEqual(expect.arrayContaining(variables));
    expect((await inside("cat /proc/1/cmdline")).slice(4)).toEqual(TEXTS);
    expect(await inside("for file in /configs/*; do cat $file; printf '\\0'; done")).toEqual(contents);
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
