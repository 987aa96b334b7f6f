import type { Issue } from "../../errors.ts";
import type { CheckedService } from "../../model/checked-stack.ts";
import type { Text } from "../../model/interpolation.ts";
import { atService, eachService } from "../judging.ts";
import { missingInImages } from "../local-images.ts";
import { type Rule, rule } from "../rule.ts";

/** Attributes whose wrong forms have rules of their own; all others are `invalid-attribute`. */
const OWN = {
  restart: /\.restart$/,
  duration: /\.(?:healthcheck\.(?:interval|timeout|start_?[pP]eriod|start_?[iI]nterval)|stop_?[gG]race_?[pP]eriod)$/,
  test: /\.healthcheck\.test(?:\.|$)/,
} as const;

export const INVALID_RESTART_POLICY = rule({
  name: "invalid-restart-policy",
  severity: "error",
  refuses: "every stack",
  summary: "A restart policy that does not exist.",
  why: "Compose takes any text for it, and the engine refuses to create the container.",
  fix: 'Write "no", "always", "unless-stopped", "on-failure" or "on-failure:5".',
  bad: `services:
  web:
    image: nginx:1.29
    restart: sometimes
`,
  good: `services:
  web:
    image: nginx:1.29
    restart: unless-stopped
`,
  sources: ["Measured: `docker compose config` 2.40 accepts it", "https://docs.docker.com/reference/compose-file/services/#restart"],
  judge: malformed((path) => OWN.restart.test(path)),
});

export const INVALID_DURATION = rule({
  name: "invalid-duration",
  severity: "error",
  refuses: "every stack",
  summary: "A timing that is no duration: a plain number, a negative one, an unknown unit.",
  why: 'Compose refuses `interval: 10` ("must be a string"); it takes a negative one, which the engine refuses.',
  fix: "Write `10s`, `1m30s` or `500ms`.",
  bad: `services:
  db:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      interval: 10
`,
  good: `services:
  db:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready", "-h", "127.0.0.1"]
      interval: 10s
`,
  sources: ["Measured: `docker compose config` 2.40", "https://docs.docker.com/reference/compose-file/extension/#specifying-durations"],
  judge: malformed((path) => OWN.duration.test(path)),
});

export const TEST_MISSING_PREFIX = rule({
  name: "test-missing-prefix",
  severity: "error",
  refuses: "every stack",
  summary: "The test of a health check does not say how it is run.",
  why: "A list begins with CMD, CMD-SHELL or NONE. Compose refuses any other; an engine that is given one runs nothing.",
  fix: 'Write `["CMD", "curl", "-f", ...]`, or one text for the shell.',
  bad: `services:
  web:
    image: nginx:1.29
    healthcheck:
      test: ["curl", "-f", "http://127.0.0.1/"]
`,
  good: `services:
  web:
    image: nginx:1.29
    healthcheck:
      test: ["CMD", "curl", "-f", "http://127.0.0.1/"]
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it", "https://github.com/moby/moby/blob/v26.1.5/daemon/health.go"],
  judge: malformed((path) => OWN.test.test(path)),
});

export const CMD_SHELL_EXTRA_ARGS = rule({
  name: "cmd-shell-extra-args",
  severity: "error",
  refuses: "typescript",
  summary: "CMD-SHELL is followed by several words.",
  why: "Only the first one is the script; the shell takes the others for its own arguments, so that a bare `curl` runs, and fails.",
  fix: "Write one text; or CMD, with a word in each item.",
  bad: `services:
  web:
    image: nginx:1.29
    healthcheck:
      test: ["CMD-SHELL", "curl", "--fail", "http://127.0.0.1/"]
`,
  good: `services:
  web:
    image: nginx:1.29
    healthcheck:
      test: ["CMD-SHELL", "curl --fail http://127.0.0.1/"]
`,
  sources: ["Doom9527/aristotle-webservice#24", "Measured: `docker compose config` 2.40 accepts it; `sh -c curl --fail URL` exits with 2"],
  judge: eachService((service) => {
    const words = testOf(service);
    if (words[0] !== "CMD-SHELL" || words.length <= 2) return [];
    return [atService(service, "healthcheck.test", `"CMD-SHELL" is followed by one text, the script; there are ${words.length - 1}`)];
  }),
});

export const EMPTY_TEST = rule({
  name: "empty-test",
  severity: "warning",
  refuses: "typescript",
  summary: "The test of a health check is an empty list.",
  why: "Compose drops it without a word, so that the image's own health check holds, if it has one.",
  fix: "Take the key out, or write `disable: true`.",
  bad: `services:
  web:
    image: nginx:1.29
    healthcheck:
      test: []
`,
  good: `services:
  web:
    image: nginx:1.29
    healthcheck:
      disable: true
`,
  sources: ["Measured: `docker compose config` 2.40 leaves it out"],
  judge: eachService((service) => {
    if (!Array.isArray(service.model.healthcheck?.test) || testOf(service).length > 0) return [];
    const how = '(write ["CMD", "pg_isready"], ["CMD-SHELL", "pg_isready || exit 1"] or ["NONE"])';
    return [atService(service, "healthcheck.test", `an empty list is not a test ${how}`)];
  }),
});

export const INVALID_ATTRIBUTE = rule({
  name: "invalid-attribute",
  severity: "error",
  refuses: "every stack",
  summary: "An attribute that the specification does not know, or a value that it does not accept.",
  why: "Compose refuses the file, or takes the value for something else.",
  fix: "The message says what is accepted.",
  bad: `services:
  web:
    image: nginx:1.29
    restrat: always
`,
  good: `services:
  web:
    image: nginx:1.29
    restart: always
`,
  sources: ["https://docs.docker.com/reference/compose-file/"],
  judge: malformed((path) => !Object.values(OWN).some((pattern) => pattern.test(path))),
});

export const PROBE_REFUSED = rule({
  name: "probe-refused",
  severity: "error",
  refuses: "every stack",
  summary: "A probe of the catalogue that can't be done in its image.",
  why: "The image contains none of the programs that could do it, or not the script: every look would fail, and the service never be healthy.",
  fix: "The message lists the ways out: another variant of the image, a program that is copied in, `image(name, { has })`.",
  bad: `import { probe, service, stack } from "stackwright";

export default stack("shop", [service("bus", { image: "nats:2", healthcheck: probe.shell("true") })]);
`,
  good: `import { probe, service, stack } from "stackwright";

export default stack("shop", [service("bus", { image: "nats:2-alpine", healthcheck: probe.shell("true") })]);
`,
  sources: ["docs/probes.md"],
  judge: (subject) => [...subject.refused, ...missingInImages(subject)],
});

function testOf({ model }: CheckedService): readonly Text[] {
  const test = model.healthcheck?.test;
  return Array.isArray(test) ? test : [];
}

/** What did not parse, at the paths that a rule stands for. */
function malformed(isMeant: (path: string) => boolean): Rule["judge"] {
  return (subject): readonly Issue[] =>
    subject.malformed.filter(({ kind, path }) => (kind === undefined || kind === "attribute") && isMeant(path));
}
