import { describe, expect, it } from "vitest";
import { requireCompose, requireEngine } from "../../src/drive/compose/requirements.ts";
import type { Engine } from "../../src/drive/engine/engine.ts";
import { stackErrorOf } from "../rejection.ts";
import { useFakeDocker, useNoDocker } from "./fake-docker.ts";

/** An engine with both its versions; by a client in between, the first may be missing. */
const engineOf = (api: string, version: string) => ({ ping: async () => api, version: async () => version }) as Engine;

describe("an engine", () => {
  it.each([
    ["1.44", "25.0.0"],
    ["1.45", "26.1.5+dfsg1"],
    ["", "25.0.0"],
    ["", "100.0.0"],
  ])("is good enough: API %s, version %s", async (api, version) => {
    expect(await requireEngine(engineOf(api, version))).toBeUndefined();
  });

  it.each([
    ["1.43", "24.0.9"],
    ["1.41", "20.10.24+dfsg1"],
    ["", "9.99"],
  ])("is refused where it is too old: API %s, version %s", async (api, version) => {
    const error = await stackErrorOf(requireEngine(engineOf(api, version)));
    expect(error.code).toBe("no-engine");
    expect(error.message).toContain(`Docker Engine ${version} is too old`);
  });
});

describe("Compose", () => {
  it.each(["2.24.0", "2.40.3-3", "5.0.0"])("is good enough: %s", async (version) => {
    useFakeDocker({ stdout: `${version}\n` });
    expect(await requireCompose()).toBeUndefined();
  });

  it.each(["2.23.3", "1.29.2"])("is refused where it is too old: %s", async (version) => {
    useFakeDocker({ stdout: `${version}\n` });
    const error = await stackErrorOf(requireCompose());
    expect(error.code).toBe("no-engine");
    expect(error.message).toContain(`Docker Compose ${version} is too old`);
  });

  it("is missed where docker has none", async () => {
    useFakeDocker({ exitCode: 1 });
    expect((await stackErrorOf(requireCompose())).code).toBe("no-engine");
  });

  it("is missed where there is no docker command", async () => {
    useNoDocker();
    const error = await stackErrorOf(requireCompose());
    expect(error.code).toBe("no-engine");
    expect(error.message).toContain("no docker command on the PATH");
  });
});
