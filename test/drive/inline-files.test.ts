import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { inlineFilesOf } from "../../src/drive/inline-files.ts";
import { config, env, interpolate, type ServiceSpec, secret, service, stack } from "../../src/index.ts";

const filesOf = (spec: ServiceSpec) =>
  inlineFilesOf(checkStack(stack("shop", [service("web", { image: "busybox:1.37", ...spec })])), { TOKEN: "t0ken", HOST: "db" }).get("web");

describe("the files that Compose would copy into a container", () => {
  it("are secrets from variables, below /run/secrets", () => {
    const token = secret("token", { environment: "TOKEN" });
    expect(filesOf({ secrets: [token] })).toEqual([{ path: "/run/secrets/token", text: "t0ken", uid: 0, gid: 0, mode: 0o444 }]);
    expect(filesOf({ secrets: [token.at("other", { uid: "33", gid: 33, mode: 0o400 })] })).toEqual([
      { path: "/run/secrets/other", text: "t0ken", uid: 33, gid: 33, mode: 0o400 },
    ]);
    expect(filesOf({ secrets: [token.at("/etc/token")] })?.[0]?.path).toBe("/etc/token");
  });

  it("are configs whose text stands in the stack, with their variables replaced", () => {
    const conf = config("conf", { content: interpolate`host=${env("HOST")}\ncost=$5\n` });
    expect(filesOf({ configs: [conf] })).toEqual([{ path: "/conf", text: "host=db\ncost=$5\n", uid: 0, gid: 0, mode: 0o444 }]);
  });

  it("are not those that are files of the host: these are mounted", () => {
    expect(filesOf({ secrets: [secret("key", { file: "./key" })], configs: [config("conf", { file: "./conf" })] })).toBeUndefined();
  });
});
