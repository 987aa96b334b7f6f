import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { imageConfig } from "../../src/dockerfile/image-config.ts";
import { readDockerfile } from "../../src/dockerfile/read-dockerfile.ts";
import { docker, dockerOutput, hasEngine } from "./dockerfile-engine.ts";

const IMAGE = "dockerfile-reader-e2e";

/** What an image is, in the engine's names. */
interface Config {
  readonly Env?: readonly string[] | null;
  readonly User?: string;
  readonly WorkingDir?: string;
  readonly ExposedPorts?: object | null;
  readonly Shell?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] } | null;
}

describe.skipIf(!hasEngine())("what is read of a Dockerfile is what its image has", { timeout: 300_000 }, () => {
  afterEach(() => docker(["rmi", "-f", IMAGE]));

  function built(text: string): object {
    // Of standard input, so that the engine reads the same bytes.
    const result = docker(["build", "-q", "-t", IMAGE, "-"], text);
    expect(result, text).toMatchObject({ code: 0 });
    const config = JSON.parse(dockerOutput("inspect", "--format", "{{json .Config}}", IMAGE)) as Config;
    return {
      env: Object.fromEntries((config.Env ?? []).filter((each) => !each.startsWith("PATH=")).map((each) => each.split(/=(.*)/s, 2))),
      user: config.User || undefined,
      // The engine's default folder.
      workdir: config.WorkingDir === "/" ? undefined : config.WorkingDir || undefined,
      exposed: Object.keys(config.ExposedPorts ?? {}).toSorted(),
      shell: config.Shell ?? undefined,
      entrypoint: config.Entrypoint ?? undefined,
      cmd: config.Cmd ?? undefined,
      healthcheck: config.Healthcheck?.Test,
    };
  }

  function read(text: string): object {
    const { env, user, workdir, exposed, shell, entrypoint, cmd, healthcheck } = imageConfig(readDockerfile(text));
    return {
      env: Object.fromEntries(env),
      user: user?.value,
      workdir: workdir?.value === "/" ? undefined : workdir?.value,
      exposed: [...new Set(exposed)].toSorted(),
      shell,
      entrypoint: entrypoint?.words,
      cmd: cmd?.words,
      healthcheck:
        healthcheck &&
        (healthcheck.type === "NONE"
          ? ["NONE"]
          : healthcheck.exec
            ? ["CMD", ...healthcheck.exec]
            : ["CMD-SHELL", healthcheck.command.text]),
    };
  }

  it.each([
    ["quotes and escapes", `ENV A=a B="b c" C='d $A' D=e\\ f E="\\"\\$A" F=\\$A G="x"'y'z\nENV OLD some  words here`],
    ["variables", "ENV A=1\nENV B=$A C=${A:-x} D=${N:-d} E=${A:+s} F=${N:+s}- G=${N-d} H=${A}b I='$A' J=\"${N:-${A}}\""],
    ["arguments", "ARG X=1\nARG Y=${X}2\nENV A=$X B=$Y C=${NOTHING}z\nARG A=overridden\nENV D=$A\nARG P=1 Q=2\nENV E=$P$Q"],
    ["folders", "ENV D=/srv\nWORKDIR $D/app\nWORKDIR below\nWORKDIR ../other"],
    ["users", "USER root\nENV U=1000\nUSER ${U}:${U}"],
    ["ports", "ENV P=8080\nEXPOSE 80 443/tcp 53/udp $P 9000-9002"],
    ["commands in the shell form", "ENTRYPOINT exec app --port $PORT\nCMD  one   two "],
    ["commands in the exec form", 'ENTRYPOINT ["app", "$PORT"]\nCMD [ "one" , "two\\u0041" ]'],
    ["JSON that is none", "CMD ['one', 'two']"],
    ["a shell", 'SHELL ["/bin/bash", "-eo", "pipefail", "-c"]\nCMD one | two'],
    [
      "a health check",
      "HEALTHCHECK CMD old\nHEALTHCHECK --interval=5s \\\n  # why\n\n  --timeout=3s CMD curl -f http://localhost:$PORT/ \\\n    || exit 1",
    ],
    ["a health check in the exec form", 'healthcheck --retries=2 cmd ["curl", "-f", "http://localhost:$PORT/"]'],
    ["a list with something after it", 'HEALTHCHECK CMD ["a"] b'],
    ["no health check", "HEALTHCHECK CMD x\nHEALTHCHECK --interval=1s NONE"],
    ["options in quotes", `HEALTHCHECK --interval="5s" --timeout='2s' CMD x`],
    ["ONBUILD", "ONBUILD HEALTHCHECK CMD later\nONBUILD ENV A=1\nHEALTHCHECK CMD now"],
    ["lines in pieces", "EN\\\nV A=1 \\\n  B=2 \\\n# C=3\n  D=4\nCMD a \\ b \\\n c"],
  ])("%s", (_, body) => {
    const text = `FROM scratch\n${body}\n`;
    expect(read(text)).toEqual(built(text));
    const crlf = text.replaceAll("\n", "\r\n");
    expect(read(crlf)).toEqual(built(crlf));
  });

  it.each([
    [
      "stages",
      'ARG BASE=one\nFROM scratch AS one\nENV A=1\nUSER 5\nHEALTHCHECK CMD one\nFROM scratch AS two\nENV A=2\nHEALTHCHECK CMD two\nFROM ${BASE}\nENV B=$A\nCMD ["x"]\n',
    ],
    ["an argument and a variable of the stage below", "FROM scratch AS a\nENV U=5\nARG U=4\nFROM a\nUSER $U\nCMD x\n"],
    ["an argument of the outside", "ARG V=7\nFROM scratch\nENV A=$V\nARG V\nENV B=$V\n"],
    ["another escape character", "# escape=`\nFROM scratch\nENV A=c:\\x B=`$A `\n  C=1\nHEALTHCHECK CMD a `\n  b\n"],
    ["names without regard to case", "FROM scratch AS Base\nUSER 7\nFROM base\nCMD x\n"],
    ["a stage whose name is used twice", "FROM scratch AS a\nUSER 1\nFROM a AS b\nUSER 2\nFROM b\nWORKDIR x\n"],
  ])("%s", (_, text) => {
    expect(read(text)).toEqual(built(text));
  });

  it("whatever is combined", { timeout: 300_000 }, () => {
    fc.assert(
      fc.property(dockerfiles, (text) => {
        expect(read(text)).toEqual(built(text));
      }),
      { numRuns: 40 },
    );
  });
});

const values = fc.constantFrom("1", '"two words"', "'$A'", "$A", "${B:-x}", '"${A}-${C:+c}"', "a~ b", "~$A", "x\\\\y", '""');
const names = fc.constantFrom("A", "B", "C");
const instructions = fc.oneof(
  fc.tuple(names, values).map(([name, value]) => `ENV ${name}=${value}`),
  fc.tuple(names, values, names, values).map(([a, b, c, d]) => `ENV ${a}=${b} ~\n  # comment\n  ${c}=${d}`),
  fc.tuple(names, values).map(([name, value]) => `ARG ${name}=${value}`),
  fc.constantFrom("WORKDIR /srv", "WORKDIR app", "WORKDIR /a/../b", "workdir 'c'"),
  fc.constantFrom("USER 1", "USER ${U:-2}:3", "ARG U=4", "ENV U=5"),
  fc.constantFrom("EXPOSE 80", "EXPOSE 81/udp ~\n 82"),
  fc.constantFrom("CMD a $A", 'CMD ["a", "$A"]', "ENTRYPOINT e", 'ENTRYPOINT ["e"]', 'SHELL ["/bin/ash", "-c"]'),
  fc.constantFrom("HEALTHCHECK NONE", "HEALTHCHECK --interval=9s CMD h $A", 'HEALTHCHECK CMD ["h", "$A"]', "HEALTHCHECK CMD h ~\n\n || i"),
  fc.constantFrom("ONBUILD USER 9", "LABEL a=b", "# comment ~", ""),
);
const dockerfiles = fc
  .record({
    stages: fc.array(fc.array(instructions, { maxLength: 7 }), { minLength: 1, maxLength: 3 }),
    tick: fc.boolean(),
    crlf: fc.boolean(),
  })
  .map(({ stages, tick, crlf }) => {
    const lines = stages.flatMap((body, index) => [`FROM ${index === 0 ? "scratch" : `s${index - 1}`} AS s${index}`, ...body]);
    const text = [...(tick ? ["# escape=`"] : []), ...lines, "CMD end"].join("\n").replaceAll("~", () => (tick ? "`" : "\\"));
    return `${crlf ? text.replaceAll("\n", "\r\n") : text}\n`;
  });
