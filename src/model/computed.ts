/**
 * A number that a program puts into a text: `${Computed}s` is the type of `${seconds}s`, and no text that is written out has it, since
 * texts have no `toFixed`. What is written out can so be held to a stricter form.
 */
export type Computed = number & { toFixed(digits?: number): string };
