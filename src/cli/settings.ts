import { type RuleSettings, settingsOf } from "../check/configuration.ts";
import { loadConfiguration } from "../load/load-configuration.ts";

/** How much rules matter in the project with a root folder, by its `stackwright.config.ts`. */
export async function settingsOfProject(root: string): Promise<RuleSettings> {
  const loaded = await loadConfiguration(root);
  return loaded === undefined ? new Map() : settingsOf(loaded.configuration, loaded.file);
}
