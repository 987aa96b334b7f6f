import * as dsl from "stackwright";
import { describe, expect, it } from "vitest";
import { StackError } from "../../src/errors.ts";

// Whoever writes JavaScript has no compiler that says what is accepted.
// biome-ignore lint/suspicious/noExplicitAny: what no compiler looks at
type Call = (...given: unknown[]) => any;
const { checkStack, config, env, interpolate, model, network, secret, service, stack, task, volume } = dsl as unknown as {
  readonly [Name in keyof typeof dsl]: Call;
};

const db = service("db", { image: "x", healthcheck: { test: "true" } });

/** A function, what it is called with when all is right, and which of the arguments may be left out. */
const CALLS: Readonly<Record<string, { call: Call; given: readonly unknown[]; optional?: readonly number[] }>> = {
  service: { call: service, given: ["a", { image: "x" }] },
  "service().started": { call: db.started, given: [{ required: false }], optional: [0] },
  "service().healthy": { call: db.healthy, given: [{ required: false }], optional: [0] },
  task: { call: task, given: ["a", { image: "x" }] },
  "task().started": { call: task("t", { image: "x" }).started, given: [{}], optional: [0] },
  "task().completed": { call: task("t", { image: "x" }).completed, given: [{}], optional: [0] },
  stack: { call: stack, given: ["a", [db], { networks: [network("default")] }], optional: [2] },
  network: { call: network, given: ["a", { internal: true }], optional: [1] },
  "network().with": { call: network("n").with, given: [{ aliases: ["a"] }] },
  volume: { call: volume, given: ["a", { driver: "local" }], optional: [1] },
  "volume().at": { call: volume("v").at, given: ["/a", { readOnly: true }], optional: [1] },
  secret: { call: secret, given: ["a", { file: "./a" }] },
  "secret().at": { call: secret("s", { file: "./s" }).at, given: ["a", { mode: 0o400 }], optional: [1] },
  config: { call: config, given: ["a", { file: "./a" }] },
  "config().at": { call: config("c", { file: "./c" }).at, given: ["/a", { mode: 0o400 }], optional: [1] },
  model: { call: model, given: ["a", { model: "ai/a" }] },
  "model().with": { call: model("m", { model: "ai/a" }).with, given: [{ modelVar: "A" }] },
  env: { call: env, given: ["A", { default: "a" }], optional: [1] },
  interpolate: { call: interpolate, given: [["a", ""], 6379] },
  checkStack: { call: checkStack, given: [stack("a", [db])] },
};

const WRONG = [undefined, null, 5, true, "text", ["list"], {}, { strange: 1 }, () => 1];

const cases = Object.entries(CALLS).flatMap(([name, { call, given, optional = [] }]) =>
  given.flatMap((right, place) =>
    WRONG.filter((wrong) => !isOfKind(wrong, right) && !(wrong === undefined && optional.includes(place))).map(
      (wrong) => [name, place, wrong, () => call(...given.with(place, wrong))] as const,
    ),
  ),
);

/** What is of the right kind is judged with the rest of the stack. */
function isOfKind(wrong: unknown, right: unknown): boolean {
  if (typeof right === "string" || typeof right === "number") return typeof wrong === "string" || typeof wrong === typeof right;
  if (Array.isArray(right)) return Array.isArray(wrong) && typeof right[0] === "string";
  return typeof wrong === "object" && wrong !== null && !Array.isArray(wrong) && !("kind" in (right as object));
}

describe("a function of the DSL that is called from JavaScript", () => {
  it("takes what is right", () => {
    for (const { call, given, optional = [] } of Object.values(CALLS)) {
      call(...given);
      if (optional.length > 0) call(...given.slice(0, optional[0]));
    }
  });

  it.each(cases)("%s refuses argument %i that is %j, in one sentence that names it and what is accepted", (name, _, __, run) => {
    try {
      run();
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      expect(error.code).toBe("invalid-stack");
      expect(error.issues).toHaveLength(1);
      const [{ path, message, source } = { path: "", message: "" }] = error.issues;
      expect(path.startsWith(name)).toBe(true);
      expect(message).toMatch(/ is not (?:a|an|the) .+|is missing: .+|takes its options in an object|is not an option/);
      expect(source).toContain("arguments.test.ts");
      return;
    }
    expect.unreachable();
  });

  it("says each item of a list that is wrong", () => {
    expect(() => stack("a", [{}, db, null])).toThrow(
      expect.objectContaining({
        issues: [expect.objectContaining({ path: "stack.services.0" }), expect.objectContaining({ path: "stack.services.2" })],
      }),
    );
    expect(() => stack("a", [db], { networks: [volume("v")], volumes: 5 })).toThrow(
      expect.objectContaining({
        issues: [expect.objectContaining({ path: "stack.options.networks.0" }), expect.objectContaining({ path: "stack.options.volumes" })],
      }),
    );
  });
});
