import type { CheckedStack } from "../model/checked-stack.ts";
import { composeFiles } from "./compose-files.ts";
import { emitDockerfiles } from "./dockerfile-files.ts";
import { type EmittedFile, MARK } from "./emitted-file.ts";
import type { Layout } from "./layout.ts";
import { writtenFiles } from "./written-files.ts";
import { stringifyYaml } from "./yaml.ts";

/**
 * The files of a stack: same stack, layout and sources, same bytes, on every machine.
 *
 * @param sources the text of the files that `sourcesOf` names, by their path.
 * @throws {StackError} `invalid-stack` for a Dockerfile that can't carry what it should.
 */
export function emitStack(stack: CheckedStack, layout: Layout, sources: ReadonlyMap<string, string> = new Map()): readonly EmittedFile[] {
  const header = `# ${MARK} from ${layout.source}: do not edit.\n# Change the source, then run: npx stackwright generate ${stack.name}\n\n`;
  const documents = stack.written === undefined ? composeFiles(stack, layout) : writtenFiles(stack.name, stack.written, layout);
  return [
    ...documents.map(({ path, document }) => ({ path, text: header + stringifyYaml(document) })),
    ...emitDockerfiles(stack, { layout, sources, header }),
  ];
}
