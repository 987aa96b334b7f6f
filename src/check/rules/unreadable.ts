import type { Issue, IssueKind } from "../../errors.ts";
import { type Rule, rule } from "../rule.ts";

export const INVALID_YAML = rule({
  name: "invalid-yaml",
  severity: "error",
  refuses: "every stack",
  summary: "A Compose file that is not YAML.",
  why: "Nobody can say what is in it: Compose refuses the file.",
  fix: "Close what is open, and indent with blanks: the message says where the text can't go on.",
  bad: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"
    restart: always
`,
  good: `services:
  web:
    image: nginx:1.29
    ports: ["8080:80"]
    restart: always
`,
  sources: ["https://yaml.org/spec/1.2.2/", "Measured: `docker compose config` 2.40 refuses it"],
  judge: ofKind("yaml"),
});

export const UNREADABLE_FILE = rule({
  name: "unreadable-file",
  severity: "error",
  refuses: "every stack",
  summary: "A file that the stack is read from is not there, or is no text.",
  why: "What it says is a part of the stack: Compose refuses the whole of it.",
  fix: "Create the file, or mend its path; an `env_file` may be missing with `required: false`.",
  bad: `services:
  web:
    image: nginx:1.29
    env_file: nowhere.env
`,
  good: `services:
  web:
    image: nginx:1.29
    env_file:
      - path: nowhere.env
        required: false
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it", "https://docs.docker.com/reference/compose-file/services/#env_file"],
  judge: ofKind("file"),
});

export const MODULE_NOT_LOADED = rule({
  name: "module-not-loaded",
  severity: "error",
  refuses: "every stack",
  summary: "The module of a stack throws, or exports no stack.",
  why: "Before it has run to its end there is no stack.",
  fix: "The message says what was thrown; a stack is exported by `export default stack(NAME, [...])`.",
  bad: `import { service, stack } from "stackwright";

const web = service("web", { image: "nginx:1.29" });
export const shop = stack("shop", [web]);
`,
  good: `import { service, stack } from "stackwright";

const web = service("web", { image: "nginx:1.29" });
export default stack("shop", [web]);
`,
  sources: ["README.md"],
  judge: ofKind("module"),
});

/** What could not be read for this reason. */
function ofKind(wanted: IssueKind): Rule["judge"] {
  return (subject): readonly Issue[] => subject.malformed.filter(({ kind }) => kind === wanted);
}
