import { describe, expect, it } from "vitest";
import type { Engine } from "../../src/drive/engine/engine.ts";
import { requireEngine } from "../../src/drive/requirements.ts";
import { stackErrorOf } from "../rejection.ts";
import { useFakeDocker, useNoDocker } from "./fake-docker.ts";

const engineOf = (version: string) => ({ version: async () => version }) as Engine;

describe("an engine and Compose", () => {
  it.each([
    ["25.0.0", "2.24.0"],
    ["26.1.5+dfsg1", "2.40.3-3"],
    ["100.0.0", "5.0.0"],
  ])("are good enough: %s and %s", async (engine, compose) => {
    useFakeDocker({ stdout: `${compose}\n` });
    expect(await requireEngine(engineOf(engine))).toBeUndefined();
  });

  it.each(["24.0.9", "20.10.24+dfsg1", "9.99"])("are refused where the engine is too old: %s", async (version) => {
    useFakeDocker({ stdout: "2.40.3\n" });
    const error = await stackErrorOf(requireEngine(engineOf(version)));
    expect(error.code).toBe("no-engine");
    expect(error.message).toContain(`Docker Engine ${version} is too old`);
  });

  it.each(["2.23.3", "1.29.2"])("are refused where Compose is too old: %s", async (version) => {
    useFakeDocker({ stdout: `${version}\n` });
    const error = await stackErrorOf(requireEngine(engineOf("26.1.5")));
    expect(error.code).toBe("no-engine");
    expect(error.message).toContain(`Docker Compose ${version} is too old`);
  });

  it("are refused where docker has no Compose", async () => {
    useFakeDocker({ exitCode: 1 });
    expect((await stackErrorOf(requireEngine(engineOf("26.1.5")))).code).toBe("no-engine");
  });

  it("are refused where there is no docker command", async () => {
    useNoDocker();
    expect((await stackErrorOf(requireEngine(engineOf("26.1.5")))).code).toBe("no-engine");
  });
});
