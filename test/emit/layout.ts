import { checkStack, emitStack, type Layout, type Service, type ServiceSpec, type Stack, service, stack } from "stackwright";
import { parse } from "yaml";

/** A project at `/project`, as `stackwright generate` lays it out. */
export const LAYOUT: Layout = {
  stackFolder: "/project/stacks/shop",
  outputFolder: "/project/generated/shop",
  root: "/project",
  source: "stacks/shop/stack.ts",
};

/** The Compose file of a stack. */
export function composeOf(subject: Stack, layout: Layout = LAYOUT): string {
  const [file] = emitStack(checkStack(subject), layout);
  return file?.text ?? "";
}

/** A service of the given attributes, with an image. */
export function serviceWith(spec: ServiceSpec): Service {
  return service("a", { image: "x", ...spec });
}

/** What a YAML reader finds for a service of the given attributes. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the YAML says
export function emittedService(spec: ServiceSpec, options: { version?: "1.1" | "1.2"; layout?: Layout } = {}): any {
  const text = composeOf(stack("s", [serviceWith(spec)]), options.layout);
  return parse(text, { version: options.version ?? "1.2" }).services.a;
}

/** A text as Compose hands it to the container where no variable is in it. */
export function undoubled(text: string): string {
  return text.replaceAll("$$", "$");
}
