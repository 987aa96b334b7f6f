import { expect, it } from "vitest";
import { describeWithEngine, scenario } from "./engine.ts";

const VALUES = {
  E2E_PASSWORD: "hunter-of-environments",
  E2E_TOKEN: "hunter-of-files",
  E2E_KEY: "hunter-of-configs",
  E2E_LABEL: "hunter-of-commands",
};

describeWithEngine("the values of secrets", () => {
  it("must stay hidden where the shell that asks has other ones, or none, and the files are gone", async (context) => {
    const body = (file: string) =>
      `const hidden = (name: string) => env(name, { secret: true });
       const token = secret("token", { environment: "E2E_TOKEN" });
       const file = secret("file", { file: "${file}" });
       const conf = config("conf", { content: interpolate\`key=\${hidden("E2E_KEY")}\` });
       const script = 'echo "env $URL file $(cat /run/secrets/token) key $(cat /run/secrets/file) conf $(cat /conf) arg $0"; sleep 1; exit 1';
       const web = service("web", {
         image: "busybox:1.37",
         command: ["sh", "-c", script, hidden("E2E_LABEL")],
         environment: { URL: interpolate\`redis://:\${hidden("E2E_PASSWORD")}@cache\` },
         secrets: [token, file],
         configs: [conf],
         stopGracePeriod: "1s",
       });
       const talks = service("talks", {
         ...sh('echo "token is $TOKEN"; exec sleep 300'),
         environment: { TOKEN: hidden("E2E_TOKEN") },
         healthcheck: probe.command(["sh", "-c", 'echo "probed with $TOKEN"; exit 1'], { ...quick, startPeriod: "1s", retries: 1 }),
       });
       export default stack(NAME, [web, talks]);`;
    const shop = await scenario(context, body("./key.txt"), { "key.txt": "hunter-of-keys\n" });
    const values = [...Object.values(VALUES), "hunter-of-keys"];
    const up = await shop.run(["up", shop.name], VALUES);
    // Both fail; which of them is seen first decides the exit code.
    expect([3, 4]).toContain(up.exitCode);
    expect(up.all).toContain("[secret]");
    const others = Object.fromEntries(Object.keys(VALUES).map((name) => [name, "another value"]));
    await shop.rewrite(body("./gone.txt"));
    for (const env of [{}, others]) {
      for (const args of [
        ["logs"],
        ["logs", "--json"],
        ["explain"],
        ["explain", "--json"],
        ["status"],
        ["status", "--json"],
        ["wait"],
        ["wait", "--json"],
      ]) {
        const [command = "", ...options] = args;
        const { all, exitCode } = await shop.run([command, shop.name, ...options], env);
        expect([args, values.filter((value) => all.includes(value))]).toEqual([args, []]);
        expect([args, exitCode], all).not.toEqual([args, 70]);
        if (command === "logs" || command === "explain")
          expect(all).toContain("env redis://:[secret]@cache file [secret] key [secret] conf key=[secret] arg [secret]");
      }
    }
  });

  it("must stay hidden where a Compose file that is included declares them", async (context) => {
    const included = `services:
  talks:
    image: busybox:1.37
    command: ["sh", "-c", "echo token $$TOKEN file $$(cat /run/secrets/token); exec sleep 300"]
    environment: {TOKEN: "pre-\${E2E_TOKEN}"}
    secrets: [token]
    stop_grace_period: 1s
secrets:
  token: {environment: E2E_TOKEN}
`;
    const body = `export default stack(NAME, [service("web", stays)], { include: ["./more/compose.yaml"] });`;
    const shop = await scenario(context, body, { "more/compose.yaml": included });
    const { E2E_TOKEN } = VALUES;
    expect((await shop.run(["up", shop.name], { E2E_TOKEN })).exitCode).toBe(0);
    for (const env of [{ E2E_TOKEN }, { E2E_TOKEN: "another value" }])
      for (const command of ["logs", "explain"])
        expect((await shop.run([command, shop.name, "talks"], env)).all).toContain("token pre-[secret] file [secret]");
    expect((await shop.run(["down", shop.name], { E2E_TOKEN })).exitCode).toBe(0);
  });
});
