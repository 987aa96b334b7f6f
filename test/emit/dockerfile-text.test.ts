import { from, interpolate, probe, variable } from "stackwright";
import { describe, expect, it } from "vitest";
import { dockerfileText } from "../../src/emit/dockerfile-text.ts";

/** The instructions below `FROM x`. */
const body = (describe: (stage: ReturnType<typeof from>) => ReturnType<typeof from>): string =>
  dockerfileText(describe(from("x")))
    .replace("FROM x\n", "")
    .trimEnd();

describe("dockerfileText", () => {
  it("writes every instruction", async () => {
    const tool = from("busybox:1.37", { as: "tool", platform: "linux/amd64" }).run("cp /bin/busybox /check");
    const dependencies = from(interpolate`node:${variable("V")}-slim`, { args: { V: "22", TOKEN: null } })
      .workdir("/app")
      .copy(["package.json", "package-lock.json"], "./")
      .run("npm ci", {
        mounts: [
          { type: "cache", target: "/root/.npm", sharing: "locked" },
          { type: "secret", id: "npmrc", required: true },
        ],
      });
    const image = from(dependencies, { as: "image" })
      .comment("The check utility:\nno curl in the image.")
      .copy("/check", "/usr/local/bin/wget", { from: tool, chown: "node:node", chmod: "755", link: true })
      .add("https://example.com/a.tgz", "/a/", { checksum: "sha256:00", keepGitDir: true })
      .arg("NAME", "a b")
      .arg("OTHER")
      .env({ GREETING: `it's "$5"`, PATH: interpolate`/app/bin:${variable("PATH")}`, DEBUG: false, EMPTY: "" })
      .label({ "org.opencontainers.image.title": "an app", "with blank": 1 })
      .file("/etc/app.conf", "a $b\nEOF\n")
      .run("echo one\necho two", { network: "none" })
      .run(["sh", "-c", "echo $HOME"])
      .run("#!/usr/bin/env node\nconsole.log(1)", { security: "insecure" })
      .run("cat /t/check", { mounts: [{ type: "bind", from: tool, target: "/t", source: "/" }] })
      .user("node")
      .expose(80, "53/udp")
      .volume("/data", "/my data")
      .stopsignal("SIGINT")
      .shell(["/bin/bash", "-ec"])
      .onbuild((later) => later.copy(".", "/app").run("true"))
      .healthcheck(probe.http({ port: 80, via: "wget", interval: "5s" }))
      .entrypoint(["/entry", "$literal"])
      .cmd("node server.mjs");
    await expect(dockerfileText(image)).toMatchFileSnapshot("golden/every-instruction.Dockerfile");
  });

  it("gives a name to a stage that another one needs, and writes it once", () => {
    const base = from("a").run("one");
    const left = from(base).run("two");
    expect(dockerfileText(from(base).copy("/l", "/l", { from: left }).copy("/b", "/b", { from: base }))).toBe(
      [
        "FROM a AS stage-0\nRUN one",
        "FROM stage-0 AS stage-1\nRUN two",
        "FROM stage-0\nCOPY --from=stage-1 /l /l\nCOPY --from=stage-0 /b /b\n",
      ].join("\n\n"),
    );
  });

  it.each([
    ["a dollar is a literal", body((x) => x.workdir("/a$b")), "WORKDIR /a\\$b"],
    ["a variable is replaced", body((x) => x.workdir(interpolate`/a/${variable("B")}`)), "WORKDIR /a/${B}"],
    ["a path with blanks", body((x) => x.copy("a b", "c$d")), 'COPY ["a b", "c\\\\$d"]'],
    ["a path with a quote", body((x) => x.copy("it's", "./")), 'COPY ["it\\\\\'s", "./"]'],
    ["a value with a backslash", body((x) => x.env({ A: "a\\b" })), 'ENV A="a\\\\b"'],
  ])("escapes what the build would change: %s", (_, text, expected) => {
    expect(text).toBe(expected);
  });

  it.each(["[ -d /a ] || mkdir /a", "[", "cat <<<word", "echo 'a <<b c'", 'echo "<<EOF"', "echo $((1 << 2))"])(
    "carries what only looks like a here-document, or a list: %s",
    (script) => {
      expect(body((x) => x.run(script))).toBe(`RUN ${script}`);
    },
  );

  it("writes a file as it is, but for the end of its last line", () => {
    expect(body((x) => x.file("/a", "b"))).toBe('COPY <<"EOF" /a\nb\nEOF');
    expect(body((x) => x.file("/a", "b\n\n"))).toBe('COPY <<"EOF" /a\nb\n\nEOF');
    expect(body((x) => x.file("/a", ""))).toBe('COPY <<"EOF" /a\nEOF');
    expect(body((x) => x.file("/a", "\n"))).toBe('COPY <<"EOF" /a\n\nEOF');
    expect(body((x) => x.file("/a", "b\r\nEOF\r\n"))).toBe('COPY <<"EOF2" /a\nb\r\nEOF\r\nEOF2');
  });

  it("runs the script of a probe by sh, whatever SHELL says; also that of the stage below", () => {
    const line = '--retries=2 CMD ["/bin/sh", "-c", "test -f /a"]';
    const check = probe.shell("test -f /a", { retries: 2 });
    expect(body((x) => x.shell(["node", "-e"]).healthcheck(check))).toContain(line);
    expect(dockerfileText(from(from("x").shell(["node", "-e"])).healthcheck(check))).toContain(line);
    expect(body((x) => x.healthcheck(check))).toContain("--retries=2 CMD test -f /a");
    expect(body((x) => x.shell(["node", "-e"]).healthcheck({ test: "process.exit(0)" }))).toContain("HEALTHCHECK CMD process.exit(0)");
  });

  it.each([
    () => body((x) => x.env({ A: "a\nb" })),
    () => body((x) => x.cmd("a\nb")),
    () => body((x) => x.cmd("")),
    () => body((x) => x.healthcheck(probe.fromImage())),
    () => body((x) => x.healthcheck(probe.shell("a")).healthcheck(probe.shell("b"))),
    () => body((x) => x.run("cat <<EOF")),
    () => body((x) => x.run("cat 3<<-'EOF' >/a")),
    () => body((x) => x.copy("<<EOF", "/a")),
    () => body((x) => x.env({})),
    () => body((x) => x.label({})),
    () => body((x) => x.expose()),
    () => body((x) => x.expose(80, 70_000)),
    () => body((x) => x.expose("8010-8000")),
    () => body((x) => x.copy([], "/a")),
    () => body((x) => x.file("/a b", "c")),
    () => body((x) => x.volume("")),
    () => body((x) => x.workdir("")),
    () => dockerfileText(from("x", { as: "Base" })),
    () => dockerfileText(from(from("x", { as: "Base" }))),
  ])("refuses what a Dockerfile can't carry (%#)", (write) => {
    expect(write).toThrow(expect.objectContaining({ code: "invalid-stack" }));
  });
});
