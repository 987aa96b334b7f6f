import * as z from "zod";
import { type Image, isImage } from "../image.ts";
import { isInterpolation, type Text } from "../interpolation.ts";
import { chosen, custom, parseWithin } from "./forms.ts";
import { isNot, show } from "./object.ts";

const HOST = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;

/** An image: `postgres:17`, `ghcr.io/owner/name:tag`, `name@sha256:...`. */
export const imageReference: z.ZodType<Text, Text> = custom<Text>(
  (value) => isInterpolation(value) || isImageReference(value),
  (input) => {
    const lower = typeof input === "string" ? lowerCased(input) : undefined;
    if (lower === undefined || !isImageReference(lower)) return isNot(input, "an image", 'write "postgres:17"');
    return `${show(input)} is not an image: repositories are in lower case (write ${show(lower)})`;
  },
);

// What the user knows about an image is for probes; Compose gets the name.
const nameOfImage = z.custom<Image>().transform(({ name }, context) => parseWithin(imageReference, name, context));

/** An image of a service: a reference, or what `image()` made of one. */
export const imageName: z.ZodType<Text, Text | Image> = chosen((value) => (isImage(value) ? nameOfImage : imageReference), imageReference);

function isImageReference(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const { tag, digest } = partsOf(value);
  const components = repositoryOf(value).split("/");
  return components.every(isComponent) && (tag === undefined || TAG.test(tag)) && (digest === undefined || DIGEST.test(digest));
}

function isComponent(component: string): boolean {
  return COMPONENT.test(component);
}

interface Parts {
  readonly name: string;
  readonly tag?: string | undefined;
  readonly digest?: string | undefined;
}

function partsOf(image: string): Parts {
  const at = image.indexOf("@");
  const named = at < 0 ? image : image.slice(0, at);
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  return {
    name: colon < 0 ? named : named.slice(0, colon),
    tag: colon < 0 ? undefined : named.slice(colon + 1),
    digest: at < 0 ? undefined : image.slice(at + 1),
  };
}

/** The name without the registry: the first part is a host where it has a dot or a port, or is localhost. */
function repositoryOf(image: string): string {
  const { name } = partsOf(image);
  const slash = name.indexOf("/");
  const first = name.slice(0, slash);
  return slash > 0 && (/[.:]/.test(first) || first === "localhost") && HOST.test(first) ? name.slice(slash + 1) : name;
}

function lowerCased(image: string): string {
  const { name } = partsOf(image);
  return name.toLowerCase() + image.slice(name.length);
}
