import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { secretsInContainers } from "../../src/drive/secrets/secrets-in-containers.ts";
import { config, env, interpolate, probe, type ServiceSpec, secret, service, stack } from "../../src/index.ts";

const PW = env("PW", { secret: true });

interface Given {
  readonly Env?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Healthcheck?: { readonly Test: readonly string[] };
  readonly files?: Readonly<Record<string, string>>;
}

/** What is found of a service with one container, which was given this. */
async function secretsOf(spec: Partial<ServiceSpec>, { files = {}, Labels = {}, ...given }: Given): Promise<readonly string[]> {
  let asked = 0;
  const engine = {
    containersOf: async () => {
      asked++;
      return [{ Id: "1", Labels: { "com.docker.compose.service": "web" } }];
    },
    inspect: async () => ({
      Id: "1",
      Name: "/s-web-1",
      RestartCount: 0,
      NetworkSettings: {},
      Config: { Labels, ...given },
      State: { Status: "exited" as const, ExitCode: 0, OOMKilled: false, Error: "", StartedAt: "" },
    }),
    file: async (_: string, path: string) => (path in files ? { text: files[path] ?? "", changedAt: "" } : undefined),
  };
  const checked = checkStack(stack("s", [service("web", { image: "busybox:1.37", ...spec })]));
  const found = await secretsInContainers(engine, checked, { name: "s", envFiles: [] });
  return asked === 0 ? ["the engine was not asked"] : found;
}

describe("what a container was given as a secret is known without the shell that launched it", () => {
  it("in its environment", async () => {
    const environment = { PLAIN: "x", URL: interpolate`redis://:${PW}@cache`, USER: env("USER_NAME") };
    expect(await secretsOf({ environment }, { Env: ["PLAIN=x", "URL=redis://:old=value@cache", "USER=me"] })).toEqual(["old=value"]);
  });

  it("in its environment, inherited from the shell", async () => {
    const source = secret("token", { environment: "TOKEN" });
    expect(await secretsOf({ environment: { TOKEN: null }, secrets: [source] }, { Env: ["TOKEN=hunter22"] })).toContain("hunter22");
  });

  it("in its command, in a list or in one text that Compose has split", async () => {
    expect(await secretsOf({ command: ["serve", interpolate`--token=${PW}`] }, { Cmd: ["serve", "--token=hunter22"] })).toEqual([
      "hunter22",
    ]);
    const command = interpolate`sh -c "serve --token ${PW} --port 80"`;
    expect(await secretsOf({ command }, { Cmd: ["sh", "-c", "serve --token hunter22 --port 80"] })).toContain("hunter22");
    expect(await secretsOf({ entrypoint: [PW] }, { Entrypoint: ["hunter22"] })).toEqual(["hunter22"]);
  });

  it("in its labels and its health check", async () => {
    expect(await secretsOf({ labels: { key: PW } }, { Labels: { key: "hunter22" } })).toEqual(["hunter22"]);
    const healthcheck = { test: ["CMD", "ask", PW] } as const;
    expect(await secretsOf({ healthcheck }, { Healthcheck: { Test: ["CMD", "ask", "hunter22"] } })).toEqual(["hunter22"]);
    const script = { test: interpolate`ask ${PW}` };
    expect(await secretsOf({ healthcheck: script }, { Healthcheck: { Test: ["CMD-SHELL", "ask hunter22"] } })).toEqual(["hunter22"]);
  });

  it("in its files", async () => {
    const token = secret("token", { environment: "TOKEN" });
    const key = secret("key", { file: "/nowhere/key.pem" });
    const conf = config("conf", { content: interpolate`password = ${PW}\n` });
    const files = { "/run/secrets/token": "hunter22", "/etc/key.pem": "KEY\n", "/conf.ini": "password = hunter33\n" };
    const given = await secretsOf({ secrets: [token, key.at("/etc/key.pem")], configs: [conf.at("/conf.ini")] }, { files });
    expect(given.toSorted()).toEqual(["KEY\n", "hunter22", "hunter33"]);
  });

  it("and the engine is not asked where a stack has none", async () => {
    const healthcheck = probe.tcp({ port: 80 });
    expect(await secretsOf({ environment: { A: env("A") }, healthcheck }, { Env: ["A=b"] })).toEqual(["the engine was not asked"]);
  });
});
