import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { checkStack, emitStack, from, inDockerfile, type Layout, needs, probe, service, stack, startAfter } from "stackwright";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { patchHealthcheck } from "../../src/emit/dockerfile-patch.ts";
import { dockerfileText } from "../../src/emit/dockerfile-text.ts";
import { healthcheckLine } from "../../src/emit/healthcheck-line.ts";
import { type Duration, seconds } from "../../src/model/duration.ts";
import { effectiveHealthcheck } from "../../src/model/effective-healthcheck.ts";
import type { Healthcheck } from "../../src/model/schema/healthcheck.ts";
import { renderProbe } from "../../src/probe/render.ts";
import { docker, dockerOutput, hasEngine } from "./dockerfile-engine.ts";

// Several runs share an engine.
const IMAGE = `dockerfile-e2e-${process.pid}`;
const PROJECT = IMAGE;

describe.skipIf(!hasEngine())("an image built from an emitted Dockerfile", { timeout: 120_000 }, () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "dockerfile-e2e-"));
  });
  afterEach(() => docker(["rmi", "-f", IMAGE]));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    docker(["compose", "-p", PROJECT, "down", "--rmi", "local"]);
  });

  function build(text: string, stage?: string): unknown {
    const file = join(folder, "Dockerfile");
    writeFileSync(file, text);
    expect(docker(["build", "-q", "-t", IMAGE, ...(stage === undefined ? [] : ["--target", stage]), "-f", file, folder])).toMatchObject({
      code: 0,
    });
    return JSON.parse(dockerOutput("inspect", "--format", "{{json .Config.Healthcheck}}", IMAGE));
  }

  it.each<[string, Healthcheck]>([
    ["http by curl", render(probe.http({ port: 80, path: "/a?b=$c&d='e'", via: "curl" }))],
    ["http by node", render(probe.http({ port: 80, via: "node", interval: "1m30s", timeout: "1500ms", retries: 5 }))],
    ["http by whatever is there", render(probe.http({ port: 80 }))],
    ["tcp by python", render(probe.tcp({ port: 80, via: "python3", startPeriod: "1h" }))],
    ["a command", render(probe.command(["echo", "$HOME", "${HOME}", 'a "b" \\', "é\n", "\u2028"]))],
    ["a script", render(probe.shell('echo $HOME ${PATH} "$$" \\$x `date` # comment'))],
    ["a script that begins like a list", render(probe.shell("[ -f /x ] || exit 1"))],
    ["a script with ends of lines", render(probe.shell("echo a\necho b \\\n c"))],
    ["Docker's defaults", { test: ["CMD", "true"], interval: "30s", timeout: "30s", retries: 3, startPeriod: "0s" }],
    ["none", { disable: true }],
  ])("has the health check: %s", (_, check) => {
    expect(build(`FROM busybox:1.37\nENV HOME=/somewhere\n${healthcheckLine(check)}\n`)).toEqual(inspected(check));
  });

  it.each([
    ["CRLF", "FROM busybox:1.37\r\nRUN echo a \\\r\n  b\r\nHEALTHCHECK CMD old \\\r\n  # comment\r\n  old\r\nCMD x\r\n"],
    [
      "a byte order mark and another escape character",
      "\ufeff# escape=`\nFROM busybox:1.37\nRUN echo c:\\ `\n  b\nHEALTHCHECK CMD `\n old\n",
    ],
    ["heredocs", "FROM busybox:1.37\nRUN <<-'A'\n\techo HEALTHCHECK NONE\n\tA\nRUN <<EOF cat\nHEALTHCHECK NONE\nEOF\n"],
    [
      "several heredocs",
      'FROM busybox:1.37\nCOPY <<a <<-"b" \\\n  /x/\nHEALTHCHECK NONE\na\nit\'s\n\tb\nRUN cat /x/a 3<<EOF\nFROM nowhere\nEOF\n',
    ],
    [
      "delimiters quoted in all ways",
      "FROM busybox:1.37\nRUN <<\\EOF\nHEALTHCHECK() { :; }\nHEALTHCHECK NONE\nEOF\nCOPY <<E\"O\"'F' /x\nHEALTHCHECK NONE\nEOF\n",
    ],
    [
      "<< that is no heredoc",
      'FROM busybox:1.37\nRUN echo $((1<<2)) "a <<EOF" && echo x<<EOF\nCMD ["sh", "-c", "cat <<EOF"]\nHEALTHCHECK NONE\n',
    ],
    ["a doubled escape character", "FROM busybox:1.37\nRUN echo \\\\\nHEALTHCHECK NONE\n"],
    [
      "ONBUILD and stages",
      "from busybox:1.37 as one\nonbuild healthcheck NONE\nhealthcheck cmd one\nFrom busybox:1.37\n\tHEALTHCHECK NONE\nhealthCheck cmd two",
    ],
    ["an instruction that is never finished", "FROM busybox:1.37\nENV A=b \\\n# end\n"],
    ["a keyword in two pieces", "FROM busybox:1.37\nHEALTH\\\nCHECK CMD old\n"],
    ["comments and blank lines inside of it", "FROM busybox:1.37\nHEALTHCHECK \\\n# a\n\n  --interval=5s \\\n  # b\n  CMD x\nCMD y\n"],
    ["a text that looks like one", 'FROM busybox:1.37\nLABEL x="\\\nHEALTHCHECK CMD y"\nCMD z\n'],
    ["two of them", "FROM busybox:1.37\nHEALTHCHECK CMD a\nRUN true\nHEALTHCHECK CMD b\n"],
    ["a directive that comes too late", "# a\n# escape=`\nFROM busybox:1.37\nRUN true \\\n && true\n"],
    ["an argument before the first stage, and no end of the line", "ARG V=1.37\nFROM busybox:$V\nCMD x"],
    ["a stage that has none of its base's", "FROM busybox:1.37 AS a\nHEALTHCHECK NONE\nFROM a AS b\nCMD x\n"],
    ["an image without anything", "FROM busybox:1.37 AS a\nFROM scratch\nCOPY --from=a /bin/busybox /\n"],
    ["the stage of a name", "FROM busybox:1.37 AS Prod\nCMD x\nFROM busybox:1.37\nHEALTHCHECK NONE\n", "prod"],
    ["exotic blanks", "FROM busybox:1.37\n\u00a0HEALTHCHECK NONE\n# a\rHEALTHCHECK NONE\n"],
  ])("has the health check that was put into a Dockerfile: %s", (_, text, stage?: string) => {
    const check = render(probe.command(["new", "$x"]));
    const patched = patchHealthcheck(text, healthcheckLine(check), { stage });
    expect(build(patched, stage)).toEqual(inspected(check));
  });

  it("needs no curl: the check utility comes from a stage of its own", () => {
    const check = probe.command(["/check", "-u", "http://127.0.0.1:8080/rng", "-t", "500"], { interval: "1s", startInterval: "200ms" });
    const utility = from("busybox:1.37", { as: "utility" }).file(
      "/check",
      '#!/bin/sh\n# -u URL -t MILLISECONDS\nexec /bin/busybox wget -q -T $((($4 + 999) / 1000)) -O - "$2"\n',
      { chmod: "755" },
    );
    const image = from("debian:bookworm-slim")
      .copy("/bin/busybox", "/bin/", { from: utility })
      .copy("/check", "/check", { from: utility })
      .file("/www/rng", "4\n")
      .healthcheck(check)
      .entrypoint(startAfter([needs.command(["test", "-f", "/www/rng"])], ["/bin/busybox"]))
      .cmd(["httpd", "-f", "-p", "8080", "-h", "/www"]);
    expect(build(dockerfileText(image))).toEqual(inspected(render(check)));
    dockerOutput("run", "-d", "--name", IMAGE, IMAGE);
    try {
      waitFor(() => dockerOutput("inspect", "--format", "{{.State.Health.Status}}", IMAGE) === "healthy");
      expect(dockerOutput("inspect", "--format", "{{(index .State.Health.Log 0).Output}}", IMAGE)).toBe("4");
      expect(dockerOutput("exec", IMAGE, "cat", "/proc/1/cmdline").split("\0")[1]).toBe("httpd");
    } finally {
      docker(["rm", "-f", IMAGE]);
    }
  });

  it("has the health check of the stage that it is based on, as the model says, or that it has none", () => {
    const checked = from("busybox:1.37", { as: "checked" }).healthcheck(probe.http({ port: 80, interval: "7s" }));
    const below = from(checked).run("true");
    const described = {
      inherited: from(below).cmd(["true"]),
      own: from(below).healthcheck(probe.command(["own"])),
      off: from(below).healthcheck(probe.none()),
      offBelow: from(from(below).healthcheck({ test: ["NONE"] })),
      copied: from("busybox:1.37").copy("/bin/sh", "/sh", { from: checked }),
    };
    for (const dockerfile of Object.values(described)) {
      const { services } = checkStack(stack("s", [service("a", { build: { context: ".", dockerfile } })]));
      const checkedService = services.get("a");
      const effective = checkedService === undefined ? undefined : effectiveHealthcheck(checkedService);
      expect(build(dockerfileText(dockerfile))).toEqual(effective === undefined ? null : inspected(effective));
    }
    // The shell of the stage above could not run the script.
    const above = from(from("busybox:1.37").healthcheck(probe.shell("test -f /a"))).shell(["/bin/false", "-c"]);
    expect(build(dockerfileText(above))).toMatchObject({ Test: ["CMD", "/bin/sh", "-c", "test -f /a"] });
  });

  it("has files, scripts and commands in it as they were written, to the last byte", () => {
    const file = "a\r\n\rb \\\n$HOME\n\r\nEOF\r\n";
    const command = "[ -d /x ] && cat /a /b | base64 -w 0";
    build(
      dockerfileText(from("busybox:1.37").file("/a", file).run("[ -d /x ] || mkdir /x").run("echo 'b\r' >/b\necho c >>/b").cmd(command)),
    );
    expect(JSON.parse(dockerOutput("inspect", "--format", "{{json .Config.Cmd}}", IMAGE))).toEqual(["/bin/sh", "-c", command]);
    expect(Buffer.from(dockerOutput("run", "--rm", IMAGE), "base64").toString()).toBe(`${file}b\r\nc\n`);
  });

  it("is what Compose builds, and its health check is inherited", () => {
    const layout: Layout = {
      stackFolder: join(folder, "stacks/s"),
      outputFolder: join(folder, "generated/s"),
      root: folder,
      source: "stack.ts",
    };
    const own = join(layout.stackFolder, "api/Dockerfile");
    const files = {
      [own]: "FROM busybox:1.37\nCOPY . /api\nRUN test -f /api/kept && test ! -e /api/ignored\n",
      [`${own}.dockerignore`]: "ignored\n",
    };
    for (const [path, text] of Object.entries({ ...files, [join(own, "../kept")]: "", [join(own, "../ignored")]: "" })) write(path, text);
    const described = from("busybox:1.37")
      .copy("kept", "/kept")
      .healthcheck(probe.command(["described"]));
    const checked = checkStack(
      stack(PROJECT, [
        service("patched", { build: "./api", healthcheck: inDockerfile(probe.command(["patched"])) }),
        service("described", { build: { context: "./api", dockerfile: described } }),
      ]),
    );
    for (const { path, text } of emitStack(checked, layout, new Map(Object.entries(files)))) write(join(layout.outputFolder, path), text);
    expect(docker(["compose", "-f", join(layout.outputFolder, "compose.yaml"), "build"])).toMatchObject({ code: 0 });
    for (const name of ["patched", "described"]) {
      const health = JSON.parse(dockerOutput("inspect", "--format", "{{json .Config.Healthcheck}}", `${PROJECT}-${name}`));
      docker(["rmi", "-f", `${PROJECT}-${name}`]);
      expect(health).toEqual(inspected(render(probe.command([name]))));
    }
  });
});

function render(one: Parameters<typeof renderProbe>[0]): Healthcheck {
  return renderProbe(one, undefined).healthcheck ?? {};
}

/** The health check as `docker inspect` shows it in an image: nanoseconds, Docker's defaults absent. */
function inspected({ test, interval, timeout, startPeriod, startInterval, retries, disable }: Healthcheck): unknown {
  if (disable === true) return { Test: ["NONE"] };
  const time = (name: string, value: unknown, usual: number) =>
    value === undefined || seconds(value as Duration) === usual ? {} : { [name]: Math.round(seconds(value as Duration) * 1e9) };
  const words = test as readonly string[];
  const severalLines = words[0] === "CMD-SHELL" && words[1]?.includes("\n");
  return {
    Test: severalLines ? ["CMD", "/bin/sh", "-c", words[1]] : words,
    ...time("Interval", interval, 30),
    ...time("Timeout", timeout, 30),
    ...time("StartPeriod", startPeriod, 0),
    ...time("StartInterval", startInterval, 0),
    ...(retries === 3 || retries === undefined ? {} : { Retries: retries }),
  };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function waitFor(holds: () => boolean): void {
  const limit = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > limit) throw new Error("nothing within 20 s");
  }
}
