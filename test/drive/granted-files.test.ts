import { describe, expect, it } from "vitest";
import { checkStack } from "../../src/check/check-stack.ts";
import { copiedFiles, mountedFiles } from "../../src/drive/secrets/granted-files.ts";
import { config, env, interpolate, type ServiceSpec, secret, service, stack } from "../../src/index.ts";

const filesOf = (spec: ServiceSpec) => granted(spec, copiedFiles);

function granted<File>(spec: ServiceSpec, files: (...args: Parameters<typeof copiedFiles>) => readonly File[]): readonly File[] {
  const checked = checkStack(stack("shop", [service("web", { image: "busybox:1.37", ...spec })]));
  return [...checked.services.values()].flatMap((web) => files(web, checked, { TOKEN: "t0ken", HOST: "db" }));
}

describe("the files that Compose copies into a container", () => {
  it("are secrets from variables, below /run/secrets or where they are wanted", () => {
    const token = secret("token", { environment: "TOKEN" });
    expect(filesOf({ secrets: [token] })).toEqual([{ path: "/run/secrets/token", text: "t0ken" }]);
    expect(filesOf({ secrets: [token.at("other")] })).toEqual([{ path: "/run/secrets/other", text: "t0ken" }]);
    expect(filesOf({ secrets: [token.at("/etc/token")] })).toEqual([{ path: "/etc/token", text: "t0ken" }]);
  });

  it("are configs whose text stands in the stack, with the values of its variables", () => {
    const conf = config("conf", { content: interpolate`host=${env("HOST")}\ncost=$5\n` });
    expect(filesOf({ configs: [conf] })).toEqual([{ path: "/conf", text: "host=db\ncost=$5\n" }]);
    expect(filesOf({ configs: [conf.at("/etc/app.conf")] })).toEqual([{ path: "/etc/app.conf", text: "host=db\ncost=$5\n" }]);
  });

  it("are not those that are files of the host: these are mounted", () => {
    const spec = { secrets: [secret("key", { file: "./key" })], configs: [config("conf", { file: "./conf" }).at("/etc/app.conf")] };
    expect(filesOf(spec)).toEqual([]);
    expect(granted(spec, mountedFiles)).toEqual(["/run/secrets/key", "/etc/app.conf"]);
  });
});
