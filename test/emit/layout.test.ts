import { env, interpolate, type Layout } from "stackwright";
import { describe, expect, it } from "vitest";
import { rebase } from "../../src/emit/layout.ts";
import type { Text } from "../../src/model/interpolation.ts";
import { emittedService, LAYOUT } from "./layout.ts";

const moved = (path: Text, layout: Layout = LAYOUT) => rebase({ kind: "path", path }, layout);

describe("a path of the host", () => {
  it.each([
    ["./api", "../../stacks/shop/api"],
    ["api", "../../stacks/shop/api"],
    [".", "../../stacks/shop"],
    ["./", "../../stacks/shop/"],
    ["./data/", "../../stacks/shop/data/"],
    ["../shared", "../../stacks/shared"],
    ["../../apps/api", "../../apps/api"],
    ["../../generated/shop", "."],
    ["../../generated/shop/x", "./x"],
    ["../../generated/shop/.env", ".env"],
    ["/project/apps/api", "../../apps/api"],
    ["/project", "../.."],
    ["./a$b", "../../stacks/shop/a$$b"],
  ])("%s is %s from the output folder", (path, expected) => {
    expect(moved(path)).toBe(expected);
  });

  it.each(["/etc/hosts", "/projects/api", "/", "~/cache", "~"])("%s stays as it is", (path) => {
    expect(moved(path)).toBe(path);
  });

  it.each(["https://github.com/a/b.git#main", "git@github.com:a/b.git", "ssh://host/repo", "github.com/a/b", "docker-image://alpine"])(
    "%s is remote and stays as it is",
    (path) => {
      expect(moved(path)).toBe(path);
    },
  );

  it("that begins with a variable stays as it is", () => {
    expect(moved(interpolate`${env("DATA")}/db`)).toBe("${DATA:?DATA is not set}/db");
  });

  it("is moved up to its first variable", () => {
    expect(moved(interpolate`./data/${env("STAGE")}/db`)).toBe("../../stacks/shop/data/${STAGE:?STAGE is not set}/db");
    expect(moved(interpolate`./data-${env("STAGE")}`)).toBe("../../stacks/shop/data-${STAGE:?STAGE is not set}");
    expect(moved(interpolate`../${env("STAGE")}`)).toBe("../../stacks/${STAGE:?STAGE is not set}");
  });

  it("depends on the output folder", () => {
    expect(moved("./api", { ...LAYOUT, outputFolder: "/project/stacks/shop" })).toBe("./api");
    expect(moved("./api", { ...LAYOUT, outputFolder: "/elsewhere" })).toBe("../project/stacks/shop/api");
  });
});

describe("paths of a service", () => {
  it("are moved wherever the host's files are meant", () => {
    const read = emittedService({ build: "./api", envFile: [".env"], volumes: ["./a:/a", { type: "bind", source: "b", target: "/b" }] });
    expect(read).toMatchObject({
      build: { context: "../../stacks/shop/api" },
      env_file: [{ path: "../../stacks/shop/.env" }],
      volumes: [{ source: "../../stacks/shop/a" }, { source: "../../stacks/shop/b" }],
    });
  });

  it("stay as written where the container's files are meant, or the build context's", () => {
    const read = emittedService({ build: { context: ".", dockerfile: "./docker/Dockerfile" }, workingDir: "/w", command: ["./run"] });
    expect(read).toMatchObject({ build: { dockerfile: "./docker/Dockerfile" }, working_dir: "/w", command: ["./run"] });
  });
});
