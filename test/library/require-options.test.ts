import { describe, expect, test } from "vitest";
import { launch, service, stack } from "../../src/index.ts";

const web = stack("shop", [service("web", { image: "busybox:1.37" })]);

describe("launch() refuses what no compiler has seen, before any engine is asked", () => {
  test.each<[object, path: string, message: string | RegExp]>([
    [{ timeout: "10 seconds" }, "launch.timeout", '"10 seconds" is not a time to wait (write "90s" or "2m")'],
    [{ timeout: "0s" }, "launch.timeout", /^"0s" is not a time/],
    [{ timeout: 5 }, "launch.timeout", /^5 is not a time/],
    [{ name: "My Shop" }, "launch.name", /^"My Shop" is not a name of a launch/],
    [{ timeuot: "5s" }, "launch.timeuot", /^is not an option; did you mean "timeout"\?/],
    [{ nosuch: 1 }, "launch.nosuch", /\(accepted: name, ports, timeout, /],
    [{ ports: "fixed" }, "launch.ports", '"fixed" is not one of "free", "asWritten"'],
    [{ pull: "sometimes" }, "launch.pull", '"sometimes" is not one of "always", "missing", "never"'],
    [{ signal: {} }, "launch.signal", "this object is not an AbortSignal"],
    [{ profiles: "debug" }, "launch.profiles", '"debug" is not a list of names'],
    [{ build: "yes" }, "launch.build", '"yes" is not true or false'],
    [{ onEvent: {} }, "launch.onEvent", "this object is not a function"],
  ])("%j", async (options, path, message) => {
    const error = await launch(web, options).catch((cause: unknown) => cause);
    const expected = typeof message === "string" ? message : expect.stringMatching(message);
    expect(error).toMatchObject({ code: "usage", issues: [{ path, message: expected }] });
  });

  test("all of it at once", async () => {
    const error = await launch(web, { timeout: 5, ports: "fixed" } as never).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ issues: [{ path: "launch.timeout" }, { path: "launch.ports" }] });
  });
});
