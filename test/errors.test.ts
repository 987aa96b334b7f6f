import { type Issue, StackError } from "stackwright";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../src/errors.ts";

const ISSUE: Issue = { path: "db.image", message: "is wrong", source: "stack.ts:1:2", hint: "write another" };

describe("formatIssue", () => {
  it("is one line, with the hint below", () => {
    expect(formatIssue(ISSUE)).toBe("stack.ts:1:2  db.image  is wrong\n    write another");
  });

  it("leaves out what is not known", () => {
    expect(formatIssue({ path: "", message: "is wrong" })).toBe("is wrong");
    expect(formatIssue({ path: "db", message: "is wrong", source: undefined, hint: undefined })).toBe("db  is wrong");
  });
});

describe("StackError", () => {
  it("has every issue in its message", () => {
    const error = new StackError("invalid-stack", [ISSUE, { path: "api", message: "is wrong too" }]);
    expect(error.message).toBe("stack.ts:1:2  db.image  is wrong\n    write another\napi  is wrong too");
    expect(error).toMatchObject({ name: "StackError", code: "invalid-stack" });
  });

  it("of one issue keeps its cause apart", () => {
    const cause = new Error("inner");
    const error = StackError.of("file", "can't be read", { path: "a", cause });
    expect(error.issues).toEqual([{ path: "a", message: "can't be read" }]);
    expect(error.cause).toBe(cause);
  });
});
