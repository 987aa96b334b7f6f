import { membersOf } from "../../model/stack.ts";
import { issueAt, type Section } from "../draft.ts";
import { handlesOf } from "../handles.ts";
import { rule } from "../rule.ts";
import type { Subject } from "../subject.ts";

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
    // What an included file uses is not known here.
    if (subject.include.length > 0) return [];
    return (["networks", "volumes", "secrets", "configs"] as const).flatMap((section) =>
      [...subject.definitions[section]]
        .filter(([name]) => !used[section].has(name))
        .map(([name, definition]) => issueAt(definition, name, `no service uses this ${section.slice(0, -1)}`)),
    );
  },
});

function usedNames({ stack, services }: Subject): Readonly<Record<Exclude<Section, "models">, ReadonlySet<string>>> {
  const members = membersOf(stack);
  const { networks, volumes, secrets, configs } = handlesOf({ ...stack, options: {} }, members);
  const names = (handles: readonly { readonly name: string }[]): Set<string> => new Set(handles.map(({ name }) => name));
  const joinsDefault = [...services.values()].some(({ model }) => model.networkMode === undefined && !model.networks?.size);
  return {
    networks: new Set([...names(networks), ...(joinsDefault ? ["default"] : [])]),
    volumes: names(volumes),
    secrets: names(secrets),
    configs: names(configs),
  };
}
