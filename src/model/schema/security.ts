import * as z from "zod";
import { isInterpolation, type Text } from "../interpolation.ts";
import type { Config } from "../secret.ts";
import { chosen } from "./forms.ts";
import { attributes } from "./object.ts";
import { flag, type HostPath, listableMapOf, listOf, literalFlag, pathFrom, plainText, setOf, text, textOrNumber } from "./scalar.ts";

const configName = z.custom<Config>().transform((config): Text => config.name);

const credentialSpec = attributes({
  /** The config that holds the specification. Default: none. @see https://docs.docker.com/reference/compose-file/services/#credential_spec */
  config: chosen<Text, Config>((value) => ((value as Partial<Config> | null)?.kind === "config" ? configName : text)).optional(),
  /** The file that holds it, below the engine's folder CredentialSpecs. Default: none. @see https://docs.docker.com/reference/compose-file/services/#credential_spec */
  file: text.optional(),
  /** The value of the Windows registry that holds it. Default: none. @see https://docs.docker.com/reference/compose-file/services/#credential_spec */
  registry: text.optional(),
});

// A profile of one's own is a file of this machine, which Compose looks for beside the file that it reads.
function withProfilePath(option: Text): Text | HostPath {
  const first = isInterpolation(option) ? option.parts[0] : option;
  const sign = typeof first === "string" ? profileSign(first) : undefined;
  return sign === undefined ? option : pathFrom(option, sign.length);
}

/** What stands before the path of a profile in an option of `security_opt`; `undefined` where it names none, or a variable begins it. */
export function profileSign(option: string): string | undefined {
  return /^seccomp[=:](?=[^$])(?!(?:unconfined|builtin)$)/.exec(option)?.[0];
}

/** What a container may do. */
export const securityAttributes = {
  /** Capabilities of the kernel that are added, e.g. "NET_ADMIN". Default: none. @see https://docs.docker.com/reference/compose-file/services/#cap_add */
  capAdd: listOf(text).optional(),
  /** Capabilities of the kernel that are taken away, e.g. "ALL". Default: none. @see https://docs.docker.com/reference/compose-file/services/#cap_drop */
  capDrop: listOf(text).optional(),
  /** The account of a Windows container. Default: none. @see https://docs.docker.com/reference/compose-file/services/#credential_spec */
  credentialSpec: credentialSpec.optional(),
  /** Further groups of the user, by name or number. Default: none. @see https://docs.docker.com/reference/compose-file/services/#group_add */
  groupAdd: setOf(textOrNumber).optional(),
  /** Whether the container has nearly all rights of the host. Default: false. @see https://docs.docker.com/reference/compose-file/services/#privileged */
  privileged: flag.optional(),
  /** Whether the container's own file system can only be read. Default: false. @see https://docs.docker.com/reference/compose-file/services/#read_only */
  readOnly: flag.optional(),
  /** Labels and options of the security modules, e.g. "no-new-privileges:true". Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#security_opt */
  securityOpt: setOf(text)
    .transform((options) => options.map(withProfilePath))
    .optional(),
  /** Parameters of the kernel, e.g. { "net.core.somaxconn": 1024 }; keys stay as written. Default: the engine's. @see https://docs.docker.com/reference/compose-file/services/#sysctls */
  sysctls: listableMapOf(plainText).optional(),
  /** Whether the container may talk to the engine. Default: false. @see https://docs.docker.com/reference/compose-file/services/#use_api_socket */
  useApiSocket: literalFlag.optional(),
  /** The user, `NAME`, `UID` or `UID:GID`. Default: the image's. @see https://docs.docker.com/reference/compose-file/services/#user */
  user: textOrNumber.optional(),
};
