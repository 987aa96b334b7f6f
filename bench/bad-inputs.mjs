// What no sane Compose file holds: functions that make the files of a project, by what it is.

const MB = 1024 * 1024;
const MOST = 4 * MB; // A quarter of what is read at all.

const compose = (text) => () => ({ "compose.yaml": text() });
const service = "services: {a: {image: x}}\n";
const lines = (count, line) => Array.from({ length: count }, (_, index) => line(index)).join("\n");
const filled = (start, unit, end = "") => start + unit.repeat(Math.floor((MOST - start.length - end.length - 1) / unit.length)) + end;

/** `&a1 [*a0, *a0, ...]` over and over: ten to the power of `levels`. */
const bomb = (levels, level) =>
  `x-0: &a0 ${level(undefined)}\n${lines(levels, (index) => `x-${index + 1}: &a${index + 1} ${level(`*a${index}`)}`)}\n${service}`;
const ten = (item) => Array(10).fill(item);

const fill50 = (unit) => Buffer.alloc(50 * MB, unit);

export const BAD_INPUTS = {
  "nothing wrong, one service": compose(() => service),
  "a bomb of lists": compose(() => bomb(12, (alias) => `[${ten(alias ?? "boom").join(", ")}]`)),
  "a bomb of maps": compose(() =>
    bomb(
      12,
      (alias) =>
        `{${ten(alias ?? "boom")
          .map((item, index) => `k${index}: ${item}`)
          .join(", ")}}`,
    ),
  ),
  "a bomb of merge keys": compose(
    () => `x-0: &a0 {k: v}\n${lines(5000, (index) => `x-${index + 1}: &a${index + 1} {<<: *a${index}, k${index}: v}`)}\n${service}`,
  ),
  "a bomb of merge keys, in lists": compose(() =>
    bomb(12, (alias) => (alias === undefined ? "{k: v}" : `{<<: [${ten(alias).join(", ")}]}`)),
  ),
  "a bomb of one long text": compose(
    () =>
      `x-a: &a "${"x".repeat(MB)}"\nservices:\n  a:\n    image: x\n    environment:\n${lines(5000, (index) => `      K${index}: *a`)}\n`,
  ),
  "a bomb whose anchors are marked !reset": compose(() => bomb(12, (alias) => `!reset [${ten(alias ?? "boom").join(", ")}]`)),
  "a bomb whose anchors are marked !override": compose(() => bomb(12, (alias) => `!override [${ten(alias ?? "boom").join(", ")}]`)),
  "50 MB, one text": compose(() => fill50("x")),
  "50 MB, a list": compose(() => fill50("- a\n")),
  "50 MB, a map": compose(() => Buffer.from(lines(4_000_000, (index) => `k${index}: v`))),
  "50 MB, nested": compose(() => fill50("[")),
  "50 MB of NUL": compose(() => fill50(0)),
  "4 MB, one text": compose(() => filled(`${service}x-a: "`, "x", '"')),
  "16 MB, one text": compose(() => `${service}x-a: "${"x".repeat(16 * MB - 60)}"\n`),
  "16 MB, a mount of colons": compose(() => `services:\n  a:\n    image: x\n    volumes: ["${"a:".repeat(8 * MB - 60)}"]\n`),
  "16 MB, 16 mounts of colons": compose(
    () => `services:\n  a:\n    image: x\n    volumes:\n${lines(15, () => `      - "${"a:".repeat(MB / 2 - 60)}"`)}\n`,
  ),
  "4 MB, a list": compose(() => filled(`${service}x-a:\n`, "- a\n")),
  "4 MB, a list of as many items as are read": compose(() => `${service}x-a:\n${lines(199_990, () => "- some text")}\n`),
  "4 MB, a map of as many keys as are read": compose(() => `${service}x-a:\n${lines(199_990, (index) => `  key${index}: text`)}\n`),
  "4 MB, a map in braces of as many keys as are read": compose(
    () => `${service}x-a: {${Array.from({ length: 199_990 }, (_, index) => `key${index}: text`)}}\n`,
  ),
  "4 MB, an environment of as many keys as are read": compose(
    () => `services:\n  a:\n    image: x\n    environment:\n${lines(199_990, (index) => `      KEY${index}: text`)}\n`,
  ),
  "4 MB, as many services as fit": compose(() => `services:\n${lines(100_000, (index) => `  service-${index}:\n    image: x`)}\n`),
  "4 MB, as many empty documents as are read": compose(() => "---\n".repeat(199_990)),
  "4 MB, as many documents as are read": compose(() => `---\n${service}`.repeat(99_990)),
  "4 MB of variables in each other": compose(() => `services:\n  a:\n    image: "${"${A:-".repeat(500_000)}x${"}".repeat(500_000)}"\n`),
  "4 MB of variables one after the other": compose(() => filled(`services:\n  a:\n    image: "`, "$A", '"')),
  "4 MB of variables, one open": compose(() => filled(`services:\n  a:\n    image: "`, "${A:-", '"')),
  "4 MB of dollars": compose(() => filled(`services:\n  a:\n    image: x\n    command: "`, "$$", '"')),
  "4 MB, a command of quotes": compose(() => filled(`services:\n  a:\n    image: x\n    command: '`, '"" ', "'")),
  "4 MB, a port of colons": compose(() => filled(`services:\n  a:\n    image: x\n    ports: ["`, ":", '"]')),
  "4 MB, a port of digits": compose(() => filled(`services:\n  a:\n    image: x\n    ports: ["`, "1", '"]')),
  "4 MB, a mount of colons": compose(() => filled(`services:\n  a:\n    image: x\n    volumes: ["`, "a:", '"]')),
  "4 MB, an image of slashes": compose(() => filled(`services:\n  a:\n    image: "`, "a/", '"')),
  "4 MB, a duration": compose(() => filled(`services:\n  a:\n    image: x\n    stop_grace_period: "`, "1s", '"')),
  "4 MB, a byte size": compose(() => filled(`services:\n  a:\n    image: x\n    mem_limit: "`, "1", 'm"')),
  "4 MB, a key": compose(() => filled(`${service}`, "x", ": y\n")),
  "4 MB, an attribute that is not one": compose(() => filled(`services:\n  a:\n    image: x\n    `, "e", ": y\n")),
  "4 MB, the name of an anchor": compose(() => filled(`${service}x-a: &`, "x", " y\n")),
  "4 MB, a comment": compose(() => filled(`${service}# `, "x")),
  "a list, 500 deep": compose(() => `${service}x-a: ${"[".repeat(500)}${"]".repeat(500)}\n`),
  "a list, 2,000 deep": compose(() => `${service}x-a: ${"[".repeat(2000)}${"]".repeat(2000)}\n`),
  "a list, 10,000 deep": compose(() => `${service}x-a: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n`),
  "a list that never closes, 2,000,000 deep": compose(() => `x-a: ${"[".repeat(2_000_000)}`),
  "a map in braces, 1,000 deep": compose(() => `${service}x-a: ${"{a: ".repeat(1000)}${"}".repeat(1000)}\n`),
  "a map in braces, 100,000 deep": compose(() => `${service}x-a: ${"{a: ".repeat(100_000)}${"}".repeat(100_000)}\n`),
  "a map by indentation, 1,000 deep": compose(() => `${service}${lines(1000, (index) => `${" ".repeat(index)}x-a:`)}\n`),
  "a map by indentation, 2,800 deep": compose(() => `${service}${lines(2800, (index) => `${" ".repeat(index)}x-a:`)}\n`),
  "dashes on one line, 1,000 deep": compose(() => `${service}x-a:\n${"- ".repeat(1000)}\n`),
  "dashes on one line, 2,000,000 deep": compose(() => `x-a:\n${"- ".repeat(2_000_000)}\n`),
  "question marks, 2,000,000 deep": compose(() => `x-a:\n${"? ".repeat(2_000_000)}\n`),
  ...Object.fromEntries(
    [
      "}",
      "]",
      "{",
      "[",
      '"',
      "'",
      "@",
      "!a ",
      "!",
      "&a ",
      "&",
      "*a ",
      "*",
      "%",
      "`",
      "|",
      ">",
      ": ",
      ":",
      "?",
      "-",
      "#",
      "\\",
      "\t",
      " ",
      "\r",
      "\u00a0",
      "{}",
      "[]",
      "{ ",
      "a: ",
      '"a" ',
      "a #",
      "é",
      "😀",
      "<<: ",
      "\u2028",
    ].map((unit) => [`4 MB of ${JSON.stringify(unit)}`, compose(() => unit.repeat(MOST / Buffer.byteLength(unit) - 1))]),
  ),
  "a file that includes itself": compose(() => "include: [compose.yaml]\n"),
  "two files that include each other": () => ({ "compose.yaml": "include: [b.yaml]\n", "b.yaml": "include: [compose.yaml]\n" }),
  "1,000 files that include each other": () =>
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [fileName(index), `include: [${fileName((index + 1) % 1000)}]\n`])),
  "1,000 files in a row": () =>
    Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        fileName(index),
        index === 999 ? service : `include: [${fileName(index + 1)}]\nservices: {s${index}: {image: x}}\n`,
      ]),
    ),
  "each file includes the next two, 30 levels": () =>
    Object.fromEntries(
      Array.from({ length: 31 }, (_, level) =>
        [0, 1].map((side) => [
          pairName(level, side),
          level === 30 ? service : `include: [${pairName(level + 1, 0)}, ${pairName(level + 1, 1)}]\n`,
        ]),
      ).flat(),
    ),
  "one file includes another 100,000 times": () => ({
    "compose.yaml": `include:\n${lines(100_000, () => "- b.yaml")}\n`,
    "b.yaml": service,
  }),
  "a service that extends itself": compose(() => "services: {a: {extends: a}}\n"),
  "two services that extend each other": compose(() => "services: {a: {extends: b}, b: {extends: a}}\n"),
  "1,000 services that extend each other": compose(
    () => `services:\n${lines(1000, (index) => `  s${index}: {extends: s${(index + 1) % 1000}}`)}\n`,
  ),
  "1,000 services that extend each other, each in a file": () =>
    Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        fileName(index),
        `services: {a: {extends: {file: ${fileName((index + 1) % 1000)}, service: a}}}\n`,
      ]),
    ),
  "1,000 services in a row, each in a file": () =>
    Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        fileName(index),
        index === 999 ? service : `services: {a: {extends: {file: ${fileName(index + 1)}, service: a}, environment: {K${index}: v}}}\n`,
      ]),
    ),
  "10,000 services in a row": compose(
    () => `services:\n${lines(10_000, (index) => `  s${index}: ${index === 9999 ? "{image: x}" : `{extends: s${index + 1}}`}`)}\n`,
  ),
  "400 services in a row, each with 400 variables": compose(
    () =>
      `services:\n${lines(400, (index) => `  s${index}:\n    ${index === 399 ? "image: x" : `extends: s${index + 1}`}\n    environment:\n${lines(400, (key) => `      K${index}_${key}: v`)}`)}\n`,
  ),
  "2,000 services that extend one of 2,000 in another file": () => ({
    "compose.yaml": `services:\n${lines(2000, (index) => `  s${index}: {extends: {file: b.yaml, service: b${index}}}`)}\n`,
    "b/.keep": "",
    "b.yaml": `services:\n${lines(2000, (index) => `  b${index}: {image: x, volumes: ["./a:/b"]}`)}\n`,
  }),
  "2,000 services that extend one of 2,000 in another folder": () => ({
    "compose.yaml": `services:\n${lines(2000, (index) => `  s${index}: {extends: {file: b/b.yaml, service: b${index}}}`)}\n`,
    "b/b.yaml": `services:\n${lines(2000, (index) => `  b${index}: {image: x, volumes: ["./a:/b"]}`)}\n`,
  }),
  "binary data": compose(() => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1])),
  "text in UTF-16": compose(() => Buffer.from(`\ufeff${service}`, "utf16le")),
  "text in Latin-1": compose(() => Buffer.from("services: {é: {image: x}}\n", "latin1")),
  "a path outside of the project": compose(() => "include: [../../../etc/passwd]\n"),
  "a service of a file outside of the project": compose(() => "services: {a: {extends: {file: /etc/passwd, service: a}}}\n"),
  "a device": compose(() => "include: [/dev/zero]\n"),
  "a .env of 50 MB": () => ({ "compose.yaml": service, ".env": fill50("A=b\n") }),
  "a .env of 50 MB of quotes": () => ({ "compose.yaml": service, ".env": fill50('A="\n') }),
  "an env_file of 50 MB": () => ({ "compose.yaml": "services: {a: {image: x, env_file: e.env}}\n", "e.env": fill50("A=b\n") }),
  "a Dockerfile of 50 MB": () => ({
    "compose.yaml": "services: {a: {build: ., healthcheck: {test: [CMD, a]}}}\n",
    Dockerfile: fill50("RUN a\n"),
  }),
  "a Dockerfile of NUL": () => ({ "compose.yaml": "services: {a: {build: ., healthcheck: {test: [CMD, a]}}}\n", Dockerfile: fill50(0) }),
  "duplicate keys": compose(() => "services: {a: {image: x, image: y}}\n"),
  "an unknown tag": compose(() => "services: {a: !include b.yaml}\n"),
  "an alias of itself": compose(() => "services: &s {a: *s}\n"),
  "an alias of what !reset takes away": compose(() => "services: {a: &a !reset {image: x}, b: *a}\n"),
  "a chain of 10,000 services": compose(
    () => `services:\n${lines(10_000, (index) => `  s${index}: {image: x${index === 0 ? "" : `, depends_on: [s${index - 1}]`}}`)}\n`,
  ),
  "a circle of 10,000 services": compose(
    () => `services:\n${lines(10_000, (index) => `  s${index}: {image: x, depends_on: [s${(index + 1) % 10_000}]}`)}\n`,
  ),
  "each of 440 services waits for all before it": compose(
    () =>
      `services:\n${lines(440, (index) => `  s${index}: {image: x, depends_on: [${Array.from({ length: index }, (_, other) => `s${other}`)}]}`)}\n`,
  ),
  "each of 440 services waits for all others": compose(
    () =>
      `services:\n${lines(440, (index) => `  s${index}: {image: x, depends_on: [${Array.from({ length: 440 }, (_, other) => `s${other}`).filter((each) => each !== `s${index}`)}]}`)}\n`,
  ),
  "10,000 services that wait for one that is misspelt": compose(
    () => `services:\n${lines(10_000, (index) => `  service-${index}: {image: x, depends_on: [servise-${index}]}`)}\n`,
  ),
  "10,000 misspelt attributes": compose(() => `services:\n${lines(10_000, (index) => `  s${index}: {image: x, environmnt: {}}`)}\n`),
  "10,000 wrong durations": compose(() => `services:\n${lines(10_000, (index) => `  s${index}: {image: x, stop_grace_period: 5 sec}`)}\n`),
  "50,000 services on one port": compose(() => `services:\n${lines(50_000, (index) => `  s${index}: {image: x, ports: ["80:80"]}`)}\n`),
  "1,000 ranges of all ports": compose(
    () => `services:\n${lines(1000, (index) => `  s${index}: {image: x, ports: ["1-65535:1-65535"]}`)}\n`,
  ),
};

function fileName(index) {
  return index === 0 ? "compose.yaml" : `f${index}.yaml`;
}

function pairName(level, side) {
  return level === 0 && side === 0 ? "compose.yaml" : `p${level}-${side}.yaml`;
}
