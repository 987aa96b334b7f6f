import * as z from "zod";
import { type Dockerfile, isDockerfile } from "../dockerfile.ts";
import { interpolationOf, isInterpolation, type Text } from "../interpolation.ts";
import type { Grant, Secret } from "../secret.ts";
import { chosen, parseWithin } from "./forms.ts";
import { extraHosts } from "./hosts.ts";
import { attributes } from "./object.ts";
import {
  eitherOf,
  environment,
  flag,
  type HostPath,
  hostPath,
  labels,
  listableMapOf,
  listOf,
  oneOrMore,
  pathFrom,
  scalar,
  text,
} from "./scalar.ts";
import { grantOf } from "./secret.ts";
import { byteSize } from "./size.ts";
import { literalUlimits } from "./ulimits.ts";

const sshKey = scalar<Text>(
  (value) => typeof value === "string" && (value === "default" || /=./s.test(value)),
  "a key of SSH",
  'write "default" or "ID=PATH"',
).transform(namedPath);

const sshMap = listableMapOf(scalar<Text | null>((value) => value === null || typeof value === "string", "a path or null")).transform(
  (map, context) =>
    [...map].map(([id, path]) =>
      parseWithin(
        sshKey,
        path === null ? id : isInterpolation(path) ? interpolationOf([`${id}=`, ...path.parts]) : `${id}=${path}`,
        context,
        [id],
      ),
    ),
);

// A folder of the host, unless it names something else: an image, a URL, a service, a stage.
const additionalContext: z.ZodType<Text | HostPath, Text> = chosen((value) =>
  typeof value === "string" && /^(service|target|docker-image|oci-layout):/.test(value) ? text : hostPath,
);

const dockerfileOrPath = chosen<Text | Dockerfile, Text | Dockerfile>(
  (value) => (isDockerfile(value) ? z.custom<Dockerfile>() : text),
  text,
);

// What the builder is told of it; the same words as a text.
const attestation: z.ZodType<Text, Text | boolean> = scalar<Text | boolean>(
  (value) => typeof value === "string" || typeof value === "boolean",
  "true, false or a text",
).transform((value) => (typeof value === "boolean" ? String(value) : value));

/** How an image is built, in the long form. */
export const buildSchema = attributes({
  /** The folder the image is built from (relative to the stack's module), or the URL of a repository. Default: ".". @see https://docs.docker.com/reference/compose-file/build/#context */
  context: hostPath.optional(),
  /** The Dockerfile, relative to the context, or one described with `from()`. Default: "Dockerfile". @see https://docs.docker.com/reference/compose-file/build/#dockerfile */
  dockerfile: dockerfileOrPath.optional(),
  /** The Dockerfile's text itself. Default: none, `dockerfile` is read. @see https://docs.docker.com/reference/compose-file/build/#dockerfile_inline */
  dockerfileInline: text.optional(),
  /** Build arguments; `null` is inherited from the launching shell. Default: none. @see https://docs.docker.com/reference/compose-file/build/#args */
  args: environment.optional(),
  /** Keys of SSH that the build may use: `["default"]`, `["ID=PATH"]` or `{ ID: PATH }`. Default: none. @see https://docs.docker.com/reference/compose-file/build/#ssh */
  ssh: chosen<(Text | HostPath)[], readonly Text[] | { readonly [id: string]: Text | null }>(
    (value) => (Array.isArray(value) ? listOf(sshKey) : sshMap),
    sshMap,
    listOf(sshKey),
  ).optional(),
  /** Labels of the image. Default: none. @see https://docs.docker.com/reference/compose-file/build/#labels */
  labels: labels.optional(),
  /** Where layers may come from, e.g. "type=local,src=cache". Default: none. @see https://docs.docker.com/reference/compose-file/build/#cache_from */
  cacheFrom: listOf(text).optional(),
  /** Where layers are kept. Default: none. @see https://docs.docker.com/reference/compose-file/build/#cache_to */
  cacheTo: listOf(text).optional(),
  /** Whether every step runs anew. Default: false. @see https://docs.docker.com/reference/compose-file/build/#no_cache */
  noCache: flag.optional(),
  /** The stages that run anew, one or several (from Compose 5.0). Default: none. @see https://docs.docker.com/reference/compose-file/build/#no_cache_filter */
  noCacheFilter: oneOrMore(text).optional(),
  /** Further folders, images or services that the Dockerfile names. Default: none. @see https://docs.docker.com/reference/compose-file/build/#additional_contexts */
  additionalContexts: listableMapOf(additionalContext).optional(),
  /** The network of the build's commands: "host", "none" or a name. Default: the engine's. @see https://docs.docker.com/reference/compose-file/build/#network */
  network: text.optional(),
  /** Whether, or how, the image says how it was built: true, false or e.g. "mode=max". Default: the builder's choice. @see https://docs.docker.com/reference/compose-file/build/#provenance */
  provenance: attestation.optional(),
  /** Whether, or by which generator, the image says what is in it: true, false or e.g. "generator=docker/scout-sbom-indexer". Default: false. @see https://docs.docker.com/reference/compose-file/build/#sbom */
  sbom: attestation.optional(),
  /** Whether base images are pulled although they are there. Default: false. @see https://docs.docker.com/reference/compose-file/build/#pull */
  pull: flag.optional(),
  /** The stage to build. Default: the last. @see https://docs.docker.com/reference/compose-file/build/#target */
  target: text.optional(),
  /** The size of /dev/shm during the build: bytes, or a text such as "64m". Default: 64m. @see https://docs.docker.com/reference/compose-file/build/#shm_size */
  shmSize: byteSize.optional(),
  /** Host names for the build, and their addresses. Default: none. @see https://docs.docker.com/reference/compose-file/build/#extra_hosts */
  extraHosts: extraHosts.optional(),
  /** The isolation technology of the build. Default: the engine's. @see https://docs.docker.com/reference/compose-file/build/#isolation */
  isolation: text.optional(),
  /** Whether the build has extended privileges. Default: false. @see https://docs.docker.com/reference/compose-file/build/#privileged */
  privileged: flag.optional(),
  /** Privileges that the build may use, e.g. "network.host". Default: none. @see https://docs.docker.com/reference/compose-file/build/#entitlements */
  entitlements: listOf(text).optional(),
  /** Secrets that the build may read. Default: none. @see https://docs.docker.com/reference/compose-file/build/#secrets */
  secrets: listOf(grantOf<Secret | Grant<Secret>>("secret")).optional(),
  /** Further names of the image. Default: none. @see https://docs.docker.com/reference/compose-file/build/#tags */
  tags: listOf(text).optional(),
  /** Limits of the build's processes, by name. Default: the engine's. @see https://docs.docker.com/reference/compose-file/build/#ulimits */
  ulimits: literalUlimits.optional(),
  /** Platforms to build for, e.g. "linux/arm64". Default: the engine's. @see https://docs.docker.com/reference/compose-file/build/#platforms */
  platforms: oneOrMore(text).optional(),
});

/** How an image is built: a folder, or a description. */
export const build: z.ZodType<z.output<typeof buildSchema>, Text | z.input<typeof buildSchema>> = eitherOf(
  hostPath.transform((context): z.output<typeof buildSchema> => ({ context })),
  buildSchema.transform(withContext),
);

// The folder is the stack's, not that of the generated file; a described Dockerfile without one has nothing to copy.
function withContext(spec: z.output<typeof buildSchema>): z.output<typeof buildSchema> {
  const { context = isDockerfile(spec.dockerfile) ? undefined : hostPath.parse("."), ...rest } = spec;
  return context === undefined ? rest : { context, ...rest };
}

// The path of a key is a file of the host.
function namedPath(key: Text): Text | HostPath {
  const [first] = isInterpolation(key) ? key.parts : [key];
  const at = typeof first === "string" ? first.indexOf("=") + 1 : 0;
  return at === 0 ? key : pathFrom(key, at);
}
