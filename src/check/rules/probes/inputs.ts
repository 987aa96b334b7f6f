import type { CheckedService } from "../../../model/checked-stack.ts";
import { type Dockerfile, isDockerfile } from "../../../model/dockerfile.ts";
import type { Probe } from "../../../model/schema/healthcheck.ts";
import { inputsOf, type ProbeInputs } from "../../../probe/inputs.ts";
import { inputsOfNeeds } from "../../../probe/need-script.ts";
import { atService, eachService } from "../../judging.ts";
import { imageOfService } from "../../probes/image-contents.ts";
import { type Finding, rule, type Severity } from "../../rule.ts";
import type { Subject } from "../../subject.ts";
import { probeIn } from "../dockerfiles.ts";
import { isProvided } from "../targets.ts";

const SECRET = "secrets:\n  db-password:\n    environment: DB_PASSWORD\n";

/** A database that is probed with a password from a secret's file. */
function database(more: string): string {
  return `services:
  db:
    image: postgres:17
    environment:
      POSTGRES_PASSWORD: example
    healthcheck:
      test: PGPASSWORD="$$(cat /run/secrets/db-password)" psql -h "$$(uname -n)" -U postgres -XAtqc 'SELECT 1'
${more}${SECRET}`;
}

export const PROBE_INPUT_MISSING = rule({
  name: "probe-input-missing",
  severity: "error",
  summary: "A probe, or what a service waits for before it starts, reads a secret, a script or a variable that the service is not given.",
  why: "Each service gets only the secrets and configs that it names itself, and only its own environment: the probe finds no password and no script, and is red for ever.",
  fix: "Give the service what its probe reads: `secrets`, `configs`, `environment`.",
  bad: database(""),
  good: database("    secrets: [db-password]\n"),
  sources: [
    "https://docs.docker.com/reference/compose-file/services/#secrets",
    "Measured: without the secret the file is not there, and `$(cat FILE)` is empty",
  ],
  judge: eachService((service, subject) => [...ofProbe(service, subject), ...ofTexts(service), ...ofNeeds(service, subject)]),
});

/** What the probe of the catalogue was told to read. */
function ofProbe(service: CheckedService, subject: Subject): readonly Finding[] {
  const [path, probe]: readonly [string, Probe | undefined] =
    service.probe === undefined ? ["build.dockerfile", probeIn(service.dockerfile?.described)] : ["healthcheck", service.probe];
  if (probe === undefined) return [];
  const { files, scripts, variables } = inputsOf(probe);
  return [
    ...files.filter(isSecretFile).flatMap((file) => missingFile(service, path, file, "error")),
    ...scripts.flatMap(({ file, config }) =>
      isProvided(file, service)
        ? []
        : [
            atService(service, path, `runs ${file} of the config "${config}", which the service is not given there`, {
              hint: `add it to the service: configs: [${config}]`,
            }),
          ],
    ),
    ...missingVariables(service, path, variables, subject),
  ];
}

/** What is read by a command of the user's own. */
function ofTexts(service: CheckedService): readonly Finding[] {
  const { healthcheck, command, entrypoint } = service.model;
  const written = { ...(service.probe === undefined ? { "healthcheck.test": healthcheck?.test } : {}), command, entrypoint };
  return Object.entries(written).flatMap(([path, words]) =>
    [...new Set([words].flat().flatMap((word) => (typeof word === "string" ? secretFilesIn(word) : [])))].flatMap((file) =>
      missingFile(service, path, file, "warning"),
    ),
  );
}

/** The variables that a command reads which waits for servers. */
function ofNeeds(service: CheckedService, subject: Subject): readonly Finding[] {
  return (["command", "entrypoint"] as const).flatMap((path) => {
    const words = service.model[path];
    return missingVariables(
      service,
      path,
      Array.isArray(words) ? words.flatMap((word) => (typeof word === "string" ? inputsOfNeeds(word) : [])) : [],
      subject,
    );
  });
}

function missingFile(service: CheckedService, path: string, file: string, severity: Severity): readonly Finding[] {
  if (isProvided(file, service)) return [];
  const name = file.replace(/^.*\//, "");
  return [
    atService(service, path, `reads ${file}, and the service is given no such secret`, {
      severity,
      hint: `add it to the service: secrets: [${name}]`,
    }),
  ];
}

// A file of variables, a base or a Dockerfile that nobody has read may set it; an image that is pulled hardly sets a secret.
function missingVariables(
  service: CheckedService,
  path: string,
  variables: ProbeInputs["variables"],
  subject: Subject,
): readonly Finding[] {
  const { environment, envFile = [], extends: base, build } = service.model;
  const { described } = service.dockerfile ?? {};
  const { config } = imageOfService(service, subject);
  if (envFile.length > 0 || base !== undefined || (build !== undefined && described === undefined && config === undefined)) return [];
  const isSet = (name: string): boolean =>
    environment?.has(name) === true || config?.env.has(name) === true || setsVariable(described, name);
  return [...new Set(variables)]
    .filter((name) => !isSet(name))
    .map((name) =>
      atService(service, path, `reads the variable ${name}, which is not in the service's environment`, {
        severity: "warning",
        hint: `set it: environment: { ${name}: ... }`,
      }),
    );
}

function setsVariable(dockerfile: unknown, name: string): boolean {
  if (!isDockerfile(dockerfile)) return false;
  const { steps, base }: Dockerfile = dockerfile;
  return steps.some((step) => step.type === "env" && Object.hasOwn(step.values, name)) || setsVariable(base, name);
}

function isSecretFile(file: string): boolean {
  return secretFilesIn(file).includes(file);
}

/** Files of secrets that are named in a text; what a variable or a pattern completes is not known. */
function secretFilesIn(text: string): readonly string[] {
  return [...text.matchAll(/\/run\/secrets\/([\w./-]*)([$`*?{[]?)/g)].flatMap(([whole, name = "", end]) =>
    end !== "" || name === "" || name.endsWith("/") || name.startsWith("kubernetes.io") ? [] : [whole],
  );
}
