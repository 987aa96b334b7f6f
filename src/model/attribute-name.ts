/** The model's name of an attribute: `stop_grace_period` → `stopGracePeriod`. */
export function camelCase(attribute: string): string {
  return attribute.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

const NAMES = new Map<string, string>();

/** Compose's name of an attribute: `stopGracePeriod` → `stop_grace_period`. */
export function snakeCase(attribute: string): string {
  const known = NAMES.get(attribute);
  if (known !== undefined) return known;
  const name = attribute.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  NAMES.set(attribute, name);
  return name;
}
