import type { CommandedProbe } from "../catalog.ts";
import { type Contents, isWindows } from "../facts/contents.ts";
import type { ImageName } from "../facts/image-name.ts";
import { versionOf } from "../facts/version.ts";
import type { Refusal } from "./refusal.ts";

/** Images that have PHP-FPM in their variants of that name only. */
const PHP = /^(?:php|wordpress|nextcloud|drupal|joomla|matomo|phpmyadmin)$/;

interface Named {
  readonly name?: string | undefined;
  readonly image?: ImageName | undefined;
  readonly contents?: Contents | undefined;
}

/** Why a probe does not fit an image, whatever programs are in it; `undefined` where it may. */
export function unfit(probe: CommandedProbe, { name, image, contents }: Named): Refusal | undefined {
  if (name !== undefined && isWindows(name) && probe.type !== "command") {
    return {
      message: `${name} is a Windows image: it has no POSIX shell and no /dev/null, and its programs have other manners`,
      hint: "probe with a program of its own, or one that is copied in: probe.command([...]), or go without: probe.none()",
    };
  }
  if (image === undefined || contents?.confidence === "assumed") return undefined;
  const { repository, tag } = image;
  if (probe.type === "phpFpm" && PHP.test(repository) && !/fpm/.test(tag)) {
    return {
      message: `${repository}:${tag} has no PHP-FPM`,
      hint: `take a variant that has it (${repository}:<v>-fpm), or ask the web server: probe.http({ port: 80 })`,
    };
  }
  const [version = 0] = versionOf(tag);
  if (probe.type === "influxdb" && repository === "influxdb" && version >= 3 && !("port" in probe && probe.port !== undefined)) {
    return {
      message: `${repository}:${tag} listens on 8181, and asks for a token also for its health`,
      hint: 'give it one, probe.http({ port: 8181, path: "/health", headers: { Authorization: { prefix: "Bearer ", variable: "..." } } }), or say where none is asked for: probe.influxdb({ port: 8181 })',
    };
  }
  return undefined;
}
