import { readDockerfile } from "../dockerfile/read-dockerfile.ts";
import { argumentsOf, jsonWords, wordsOf } from "../dockerfile/words.ts";
import type { Text } from "../model/interpolation.ts";
import { isHostPath } from "../model/schema/scalar.ts";
import { usualText } from "./images.ts";
import type { Subject } from "./subject.ts";

/** The configuration files and scripts that containers are given by mounts and configs, relative to the stack's folder. */
export function mountedFiles({ services, configs }: Subject): readonly string[] {
  const mounts = [...services.values()].flatMap(({ model }) => (model.volumes ?? []).map(({ source }) => source));
  const files = [...configs.values()].map(({ file }) => file);
  return [...mounts, ...files].flatMap((path) => (isHostPath(path) ? configurationPath(path.path) : []));
}

/** The configuration files and scripts that a Dockerfile copies into the image, relative to the folder that it is built from. */
export function copiedFiles(dockerfile: string): readonly string[] {
  const { stages, continuation } = readDockerfile(dockerfile);
  return stages.flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, joined }) => {
      if (keyword !== "COPY" && keyword !== "ADD") return [];
      const { flags, rest } = argumentsOf(joined, keyword);
      // What comes out of another stage or image is no file of the user's.
      if (flags.some(({ name }) => name === "from")) return [];
      const words = jsonWords(rest.text) ?? wordsOf(joined, rest, continuation).map(({ text }) => text);
      return words.slice(0, -1).flatMap(configurationPath);
    }),
  );
}

function configurationPath(path: Text): readonly string[] {
  const known = usualText(path);
  return known !== undefined &&
    /\.(conf|cfg|cnf|ini|toml|ya?ml|json|properties|env|vcl|hcl|template|sh)$/.test(known) &&
    !/[*?[$]/.test(known)
    ? [known]
    : [];
}
