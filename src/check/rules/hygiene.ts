import { snakeCase } from "../../model/attribute-name.ts";
import { bytes } from "../../model/byte-size.ts";
import { placeOf } from "../../model/definition.ts";
import { textOfPlace } from "../../model/place.ts";
import { imageName } from "../images.ts";
import { atService, eachService } from "../judging.ts";
import { type Finding, rule } from "../rule.ts";

export const VERSION_FIELD = rule({
  name: "version-field",
  severity: "info",
  summary: "A Compose file says which version of the format it is in.",
  why: "There is one format, the Compose Specification: `version` means nothing, and Compose warns of it each time.",
  fix: "Take it out.",
  bad: `version: "3.8"
services:
  web:
    image: nginx:1.29
`,
  good: `services:
  web:
    image: nginx:1.29
`,
  sources: ["https://docs.docker.com/reference/compose-file/version-and-name/"],
  judge: ({ stack }): readonly Finding[] => {
    if (stack.written?.parts.some(({ document }) => document.has("version")) !== true) return [];
    const place = placeOf(stack.definition, ["version"]);
    const at = place === undefined ? {} : { source: textOfPlace(place) };
    return [{ path: "version", message: "means nothing any more, and Compose warns of it", ...at }];
  },
});

interface Minimum {
  readonly image: RegExp;
  readonly megabytes: number;
  readonly says: string;
}

const MINIMUMS: readonly Minimum[] = [
  { image: /^mcr\.microsoft\.com\/mssql\/server[:@]?/, megabytes: 2000, says: "SQL Server does not start with less than 2000 MB" },
];

export const MEMORY_LIMIT_BELOW_IMAGE_MINIMUM = rule({
  name: "memory-limit-below-image-minimum",
  severity: "warning",
  summary: "A service may use less memory than its image needs to start.",
  why: "It exits at once, or is killed by the kernel.",
  fix: "Raise the limit.",
  bad: `services:
  db:
    image: mcr.microsoft.com/mssql/server:2022-latest
    mem_limit: 1g
`,
  good: `services:
  db:
    image: mcr.microsoft.com/mssql/server:2022-latest
    mem_limit: 3g
`,
  sources: ["https://learn.microsoft.com/sql/linux/sql-server-linux-setup#system"],
  judge: eachService((service) => {
    const minimum = MINIMUMS.find(({ image }) => image.test(imageName(service) ?? ""));
    if (minimum === undefined) return [];
    const { memLimit, deploy } = service.model;
    return Object.entries({ memLimit, "deploy.resources.limits.memory": deploy?.resources?.limits?.memory }).flatMap(([path, limit]) => {
      const size = bytes(limit);
      if (size === undefined || size === 0 || size >= minimum.megabytes * 1_000_000) return [];
      return [atService(service, path, `${minimum.says}; ${snakeCase(path)} is ${String(limit)}`)];
    });
  }),
});
