/** The model's name of an attribute: `stop_grace_period` → `stopGracePeriod`. */
export function camelCase(attribute: string): string {
  return attribute.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Compose's name of an attribute: `stopGracePeriod` → `stop_grace_period`. */
export function snakeCase(attribute: string): string {
  return attribute.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
