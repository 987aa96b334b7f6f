import type { Mount } from "../../model/schema/mount.ts";
import { issueAt } from "../draft.ts";
import { atService, eachService } from "../judging.ts";
import { type BindSource, bindSources, buildPaths, envFiles, isAbsent, type NamedPath, sourceFiles } from "../named-paths.ts";
import { type Finding, rule, type Severity } from "../rule.ts";
import { type Subject, wasRead } from "../subject.ts";
import { usedNames } from "../used-names.ts";

export const MISSING_BUILD_FILE = rule({
  name: "missing-build-file",
  severity: "error",
  summary: "The folder of a build, or the Dockerfile in it, is not there.",
  why: "The image can't be built. Where the service names an image as well, it is built only if that is neither here nor in a registry.",
  fix: "Mend the path: it begins at the Compose file's folder (in TypeScript at the stack's module), that of a Dockerfile at the build's.",
  bad: `services:
  web:
    build: ./nowhere
`,
  good: `services:
  web:
    build:
      dockerfile_inline: FROM busybox:1.37
`,
  sources: ["Measured: `docker compose up` 2.40 fails; with `image` it starts what is there already"],
  judge: eachService((service, subject) => {
    const [missing] = buildPaths(service).filter((path) => isAbsent(path, subject));
    if (missing === undefined) return [];
    const [folder = "", dockerfile] = missing.segments;
    const message = dockerfile === undefined ? `there is no folder ${folder}` : `there is no ${dockerfile} in ${folder}`;
    return [atService(service, missing.at, message, { severity: service.model.image === undefined ? "error" : "warning" })];
  }),
});

export const MISSING_BIND_SOURCE = rule({
  name: "missing-bind-source",
  severity: "error",
  summary: "What is mounted from the project is not there, and an empty folder of root's can't take its place.",
  why: "Docker makes a folder in the place of a missing source: a program that expects a file finds a folder, a user other than root can't write there. With `create_host_path: false` the engine refuses the container.",
  fix: "Create the file or folder, or mend the path.",
  bad: `services:
  web:
    image: nginx:1.29
    volumes:
      - type: bind
        source: ./nginx.conf
        target: /etc/nginx/nginx.conf
        bind: { create_host_path: false }
`,
  good: `services:
  web:
    image: nginx:1.29
    volumes:
      - pages:/usr/share/nginx/html
volumes:
  pages:
`,
  sources: [
    "https://docs.docker.com/engine/storage/bind-mounts/",
    "Measured: Compose 2.40 with Engine 26.1 creates a folder, in the long form as well, unless `create_host_path` is false",
  ],
  judge: eachService((service, subject) =>
    bindSources(service).flatMap((source) => {
      const mount = service.model.volumes?.[source.index];
      const harm = mount === undefined || !isAbsent(source, subject) ? undefined : harmOf(mount, source, service.model.user !== undefined);
      return harm === undefined
        ? []
        : [atService(service, source.at, `there is no ${source.segments[0]}: ${harm[1]}`, { severity: harm[0] })];
    }),
  ),
});

/** What becomes of a mount without its source; `undefined` where an empty folder is just what is needed. */
function harmOf(mount: Mount, { segments: [path = ""] }: BindSource, hasUser: boolean): readonly [Severity, string] | undefined {
  if (mount.type !== "bind") return undefined;
  if (mount.bind?.createHostPath === false) return ["error", "the engine refuses to create the container"];
  if (isFileName(path) || (typeof mount.target === "string" && isFileName(mount.target)))
    return ["warning", "Docker makes a folder of that name"];
  if (mount.readOnly === true) return ["warning", "the container is given an empty folder, and can only read"];
  return hasUser ? ["warning", "Docker makes a folder that belongs to root, and the service runs as another user"] : undefined;
}

// `conf.d` is a folder, `postgres-17.2` a version, `.data` hidden.
function isFileName(path: string): boolean {
  const [, name = "", extension = ""] = /([^/]*)\.([A-Za-z]\w{0,9})\/?$/.exec(path) ?? [];
  return name !== "" && extension !== "d" && !path.endsWith("/");
}

export const MISSING_ENV_FILE = rule({
  name: "missing-env-file",
  severity: "error",
  summary: "A stack in TypeScript names a file of variables that is not there.",
  why: "Compose refuses the whole stack.",
  fix: "Create it, or write `{ path, required: false }`. (In a Compose file this is `unreadable-file`.)",
  bad: `import { service, stack } from "stackwright";

export default stack("shop", [service("web", { image: "nginx:1.29", envFile: "./web.env" })]);
`,
  good: `import { service, stack } from "stackwright";

export default stack("shop", [service("web", { image: "nginx:1.29", envFile: [{ path: "./web.env", required: false }] })]);
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it", "https://docs.docker.com/reference/compose-file/services/#env_file"],
  judge: eachService((service, subject) =>
    wasRead(subject)
      ? []
      : envFiles(service)
          .filter((path) => isAbsent(path, subject))
          .map((path) => atService(service, path.at, `there is no ${path.segments[0]}`)),
  ),
});

export const MISSING_SOURCE_FILE = rule({
  name: "missing-source-file",
  severity: "error",
  summary: "The file of a config or a secret is not there.",
  why: "The engine refuses to create the containers that use it. (That of a secret may be put there only where the stack is launched.)",
  fix: "Create the file, or mend the path.",
  bad: `services:
  web:
    image: nginx:1.29
    configs: [site]
configs:
  site:
    file: ./nowhere.conf
`,
  good: `services:
  web:
    image: nginx:1.29
    configs: [site]
configs:
  site:
    content: server { listen 80; }
`,
  sources: ['Measured: Compose 2.40 warns, Engine 26.1 refuses: "bind source path does not exist"'],
  judge: (subject) => [...absentSources(subject, "configs", "error"), ...absentSources(subject, "secrets", "warning")],
});

function absentSources(subject: Subject, section: "secrets" | "configs", severity: Severity): readonly Finding[] {
  const used = usedNames(subject)[section];
  const absent = [...sourceFiles(subject, section)].filter(([name, path]) => used.has(name) && isAbsent(path, subject));
  return absent.map(([name, path]: readonly [string, NamedPath]) => ({
    ...issueAt(subject.definitions[section].get(name) ?? {}, path.at.join("."), `there is no ${path.segments[0]}`),
    severity,
  }));
}
