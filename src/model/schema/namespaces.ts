import type { Interpolation } from "../interpolation.ts";
import { scalar, text, word } from "./scalar.ts";

type Shared = `service:${string}` | `container:${string}`;

/** Which namespace a container lives in: a fixed word, or that of another service or container. */
function namespace<const Word extends string>(what: string, ...words: readonly Word[]) {
  const how = [...words.map((each) => `"${each}"`), '"service:NAME"', '"container:NAME"'];
  return scalar<Word | Shared | Interpolation>(
    (value) => words.includes(value as Word) || (typeof value === "string" && /^(service|container):./.test(value)),
    what,
    `write ${how.slice(0, -1).join(", ")} or ${how.at(-1)}`,
    words,
  );
}

/** What a container shares with the host or with other containers. */
export const namespaceAttributes = {
  /** The control group: the host's, or one of its own. Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/services/#cgroup */
  cgroup: word("host", "private").optional(),
  /** The control group above the container's. Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#cgroup_parent */
  cgroupParent: text.optional(),
  /** Shared memory: "host", "private", "shareable", "service:NAME"... Default: the engine's choice. @see https://docs.docker.com/reference/compose-file/services/#ipc */
  ipc: namespace("a mode of shared memory", "host", "private", "shareable", "none").optional(),
  /** How containers are isolated from each other (Windows): "process", "hyperv" or "default". Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#isolation */
  isolation: text.optional(),
  /** The network: "none", "host", "bridge", "service:NAME"...; not together with `networks`. Default: the networks of `networks`. @see https://docs.docker.com/reference/compose-file/services/#network_mode */
  networkMode: text.optional(),
  /** The process numbers: "host", "service:NAME"... Default: its own. @see https://docs.docker.com/reference/compose-file/services/#pid */
  pid: namespace("a mode of process numbers", "host").optional(),
  /** The user numbers: "host". Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#userns_mode */
  usernsMode: text.optional(),
  /** The host name and domain: "host". Default: its own. @see https://docs.docker.com/reference/compose-file/services/#uts */
  uts: word("host").optional(),
};
