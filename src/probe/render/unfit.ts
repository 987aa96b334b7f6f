import type { CommandedProbe } from "../catalog.ts";
import type { ImageName } from "../facts/image-name.ts";
import type { Refusal } from "./refusal.ts";

/** Images that have PHP-FPM in their variants of that name only. */
const PHP = /^(?:php|wordpress|nextcloud|drupal|joomla|matomo|phpmyadmin)$/;

/** Why an image has no server that a probe could ask; `undefined` where it may have one. */
export function unfit({ type }: CommandedProbe, image: ImageName | undefined): Refusal | undefined {
  if (type !== "phpFpm" || image === undefined || !PHP.test(image.repository) || /fpm/.test(image.tag)) return undefined;
  return {
    message: `${image.repository}:${image.tag} has no PHP-FPM`,
    hint: `take a variant that has it (${image.repository}:<v>-fpm), or ask the web server: probe.http({ port: 80 })`,
  };
}
