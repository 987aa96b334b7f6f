import fc from "fast-check";

// A Dockerfile as pieces that know what they are, so that what must come out is known without parsing.
interface Piece {
  readonly kind: "from" | "healthcheck" | "instruction" | "other";
  readonly indent: string;
  readonly lines: readonly string[];
}

const indents = fc.constantFrom("", "", "", " ", "\t", "  \t");
const piece = (kind: Piece["kind"], lines: readonly (readonly string[])[]): fc.Arbitrary<Piece> =>
  fc.record({ kind: fc.constant(kind), indent: indents, lines: fc.constantFrom(...lines) });

/** Shapes of instructions; `~` stands for the character that continues a line, `&` for a name. */
const instructions = piece("instruction", [
  ["RUN true"],
  ["run apt-get update ~", "  # HEALTHCHECK NONE", "", "  && echo HEALTHCHECK ~ ", "\tend"],
  ["COPY <<\\E\"O\"'F' /x", "HEALTHCHECK NONE", "EOF"],
  ["RUN <<EOF", "HEALTHCHECK CMD in a heredoc", "FROM nowhere", "a ~", "EOF"],
  ["RUN cat <<-'END' <<\"B\" ~", "  > /x", "\tHEALTHCHECK NONE", "it's", "\tEND", "FROM x", "B"],
  ["COPY --chmod=644 <<a.txt /x", "# escape=`", "a.txt"],
  ["ONBUILD HEALTHCHECK CMD later"],
  ["onbuild run <<E", "HEALTHCHECK NONE", "E"],
  ['CMD ["sh", "-c", "cat <<EOF"]'],
  ["ENTRYPOINT echo 'HEALTHCHECK' <<EOF"],
  ["RUN echo ~~"],
  ["LABEL a=b ~", "# comment", "  HEALTHCHECK=NONE"],
  ["RUN echo $((1<<2)) é 𝄞 \u2028 x"],
  ['SHELL ["/bin/bash", "-c"]'],
  ["RUN x # a comment ~", "HEALTHCHECK NONE"],
]);

const healthchecks = piece("healthcheck", [
  ["HEALTHCHECK NONE"],
  ["healthcheck cmd old"],
  ["HEALTHCHECK --interval=5s ~", "  --timeout=3s ~", "# why", "", "  CMD curl -f http://localhost/ ~  ", "  || exit 1"],
  ['HeAlThChEcK\tCMD\t["a", "b"]'],
  ["HEALTHCHECK CMD cat <<EOF"],
  ["HEALTH~", "CHECK CMD x"],
]);

const others = piece("other", [[""], ["# HEALTHCHECK NONE"], ["# FROM x ~"], ["   "], ["#"], ["# it's"]]);

const stage = fc.record({
  from: piece("from", [
    ["FROM busybox as &"],
    ["from --platform=linux/amd64 a:1 ~", "  AS &"],
    ["FROM\ta@sha256:00\tas\t&"],
    ["FROM scratch"],
  ]),
  body: fc.array(
    fc.oneof({ weight: 4, arbitrary: instructions }, { weight: 2, arbitrary: healthchecks }, { weight: 2, arbitrary: others }),
    {
      maxLength: 7,
    },
  ),
});

/** Dockerfiles before and after a stage of theirs got the line `HEALTHCHECK CMD new`, its keyword like most; `stage` is undefined for the last. */
export const randomDockerfiles = fc
  .record({
    bom: fc.boolean(),
    directives: fc.constantFrom<readonly string[]>([], ["# syntax=docker/dockerfile:1"]),
    tick: fc.boolean(),
    crlf: fc.boolean(),
    globals: fc.constantFrom<readonly string[]>([], ["ARG V=1"], ["# comment", "", "arg V ~", "  W"]),
    stages: fc.array(stage, { minLength: 1, maxLength: 3 }),
    pick: fc.option(fc.nat(2), { nil: undefined }),
    finalNewline: fc.boolean(),
  })
  .map(({ stages, ...rest }) => ({ ...rest, stages: stages.map(named) }))
  .map(({ bom, directives, tick, crlf, globals, stages, pick, finalNewline }) => {
    const continuation = tick ? "`" : "\\";
    const name = pick === undefined ? undefined : stages[pick % stages.length]?.name;
    const target = name === undefined ? stages.length - 1 : stages.findIndex((each) => each.name === name);
    const render = (pieces: readonly Piece[]): string => {
      const head = [...directives, ...(tick ? ["# escape=`"] : [])];
      const lines = [...globals, ...pieces.flatMap(({ indent, lines }) => [indent + lines[0], ...lines.slice(1)])];
      const all = [...head, ...lines.map((line) => line.replaceAll("~", () => continuation))];
      return (bom ? "\ufeff" : "") + all.join(crlf ? "\r\n" : "\n");
    };
    const end = finalNewline ? (crlf ? "\r\n" : "\n") : "";
    const before = stages.flatMap(({ from, body }) => [from, ...body]);
    const kept = stages.flatMap(({ from, body }, index) => [
      from,
      ...(index === target ? body.filter(({ kind }) => kind !== "healthcheck") : body),
    ]);
    const line = isMostlyLowerCase(kept) ? "healthcheck CMD new" : "HEALTHCHECK CMD new";
    const after = stages.flatMap(({ from, body }, index) => (index === target ? patched([from, ...body], line) : [from, ...body]));
    return { before: render(before) + end, after: render(after) + end, stage: name };
  })
  // A single line does not say how lines end.
  .filter(({ before }) => before.includes("\n"));

/** The stage with its name in the place of `&`; the other letters of the name are the same stage to a build. */
function named({ from, body }: { from: Piece; body: readonly Piece[] }, index: number) {
  const lines = from.lines.map((line) => line.replace("&", `Stage-${index}`));
  return { from: { ...from, lines }, body, name: lines.some((line) => line.includes("Stage-")) ? `stage-${index}` : undefined };
}

function isMostlyLowerCase(pieces: readonly Piece[]): boolean {
  const keywords = pieces.filter(({ kind }) => kind !== "other").map(({ lines }) => /^[a-z]+/i.exec(lines[0] ?? "")?.[0] ?? "");
  const lower = keywords.filter((keyword) => /^[a-z]+$/.test(keyword)).length;
  return lower > keywords.filter((keyword) => /^[A-Z]+$/.test(keyword)).length;
}

function patched(pieces: readonly Piece[], text: string): readonly Piece[] {
  const line: Piece = { kind: "healthcheck", indent: "", lines: [text] };
  const last = pieces.findLastIndex(({ kind }) => kind === "healthcheck");
  if (last === -1) return pieces.toSpliced(pieces.findLastIndex(({ kind }) => kind !== "other") + 1, 0, line);
  return pieces.flatMap((each, index) => (each.kind !== "healthcheck" ? [each] : index === last ? [{ ...line, indent: each.indent }] : []));
}
