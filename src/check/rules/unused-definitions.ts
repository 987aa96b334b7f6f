import { issueAt, knowsAllNames } from "../draft.ts";
import { rule } from "../rule.ts";
import { usedNames } from "../used-names.ts";

export const UNUSED_DEFINITION = rule({
  name: "unused-definition",
  severity: "info",
  summary: "A network, a volume, a secret or a config is defined, and no service uses it.",
  why: "Compose creates nothing of it. Mostly a name was changed in one place only, or what used it is gone.",
  fix: "Take it out, or use it.",
  bad: `services:
  web:
    image: nginx:1.29
volumes:
  pages:
`,
  good: `services:
  web:
    image: nginx:1.29
    volumes: ["pages:/usr/share/nginx/html"]
volumes:
  pages:
`,
  sources: ["Measured: `docker compose up` 2.40 creates only the networks and volumes that services use"],
  judge: (subject) => {
    const used = usedNames(subject);
    if (!knowsAllNames(subject) || [...subject.services.values()].some(({ model }) => model.extends !== undefined)) return [];
    return (["networks", "volumes", "secrets", "configs"] as const).flatMap((section) =>
      [...subject.definitions[section]]
        .filter(([name]) => !used[section].has(name))
        .map(([name, definition]) => issueAt(definition, name, `no service uses this ${section.slice(0, -1)}`)),
    );
  },
});
