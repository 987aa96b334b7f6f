import { describe, expect, it } from "vitest";
import { checkStack } from "../../../src/check/check-stack.ts";
import { diagnoseCreation } from "../../../src/drive/diagnose/diagnose-creation.ts";
import { createdServices } from "../../../src/drive/diagnose/service-facts.ts";
import { service } from "../../../src/model/service.ts";
import { stack } from "../../../src/model/stack.ts";

// What Compose 2.40.3 prints where one of several images is built alone: BuildKit doesn't say whose.
const ALONE = {
  output: '#7 [2/2] COPY nosuch.txt /\n#7 ERROR: failed to calculate checksum of ref x: "/nosuch.txt": not found\n',
  errors:
    'Dockerfile:2\n\n--------------------\n\n   2 | >>> COPY nosuch.txt /\n\n--------------------\n\nfailed to solve: failed to compute cache key: failed to calculate checksum of ref x: "/nosuch.txt": not found\n',
};

const created = createdServices(
  checkStack(
    stack("shop", [
      service("api", { build: "./api" }),
      service("jobs", { image: "busybox:1.37" }),
      service("web", { build: { context: "../web", target: "slim" } }),
    ]),
  ),
);

const withImages = (...names: readonly string[]) => created.map((each) => ({ ...each, isBuilt: names.includes(each.name) }));

describe("a build that failed", () => {
  it("is that of the service whose image is not there, where nothing else tells", () => {
    expect(diagnoseCreation(ALONE, withImages("api"), "shop").service).toBe("web");
    expect(diagnoseCreation(ALONE, withImages("web"), "shop").service).toBe("api");
  });

  it("is not that of a service with the name of a stage, where that one's image is there", () => {
    const errors = ALONE.errors;
    const output = ALONE.output.replace("[2/2]", "[api 2/2]");
    expect(diagnoseCreation({ errors, output }, withImages("api"), "shop").service).toBe("web");
    expect(diagnoseCreation({ errors, output }, withImages(), "shop").service).toBe("api");
  });

  it("is that of the target that BuildKit names, and of the folder that is not there, whatever images there are", () => {
    const target = {
      output: "",
      errors: "target web: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory\n",
    };
    expect(diagnoseCreation(target, withImages("web"), "shop")).toMatchObject({
      service: "web",
      hint: "there is no such Dockerfile in the build context: check build.context, and build.dockerfile (relative to it)",
    });
    const folder = { output: "", errors: 'unable to prepare context: path "/home/me/web" not found\n' };
    expect(diagnoseCreation(folder, withImages(), "shop")).toMatchObject({
      service: "web",
      message: 'its image can\'t be built: path "/home/me/web" not found',
    });
  });

  it("says what to change where no step of the Dockerfile failed", () => {
    const hintOf = (errors: string): string => diagnoseCreation({ errors, output: "" }, withImages("api"), "shop").hint;
    expect(hintOf('failed to solve: target stage "slim" could not be found\n')).toMatch(/build\.target/);
    expect(
      hintOf(
        "failed to solve: failed to read dockerfile: failed to load cache key: error fetching default branch for repository https://x/y.git",
      ),
    ).toMatch(/URL in build\.context/);
  });
});
