import type { CheckedService } from "../model/checked-stack.ts";
import { USUAL_PATH } from "../model/usual-path.ts";

/** Whether a program may come with a mount, a config or a secret, whatever the image has. */
export function isMounted({ model }: Pick<CheckedService, "model">, program: string): boolean {
  const targets = [
    ...(model.volumes ?? []).map(({ target }) => target),
    ...(model.configs ?? []).map(({ source, target = `/${source}` }) => target),
    ...(model.secrets ?? []).map(({ source, target = source }) => inFolder(target, "/run/secrets")),
  ].flatMap((target) => (typeof target === "string" ? [target.replace(/\/$/, "")] : []));
  const path = model.environment?.get("PATH");
  const folders = (typeof path === "string" ? path : USUAL_PATH).split(":");
  const places = program.includes("/") ? [program] : folders.map((folder) => inFolder(program, folder));
  return places.some((place) => targets.some((target) => place === target || place.startsWith(`${target}/`)));
}

function inFolder<Target>(target: Target, folder: string): Target | string {
  return typeof target === "string" && !target.startsWith("/") ? `${folder}/${target}` : target;
}
