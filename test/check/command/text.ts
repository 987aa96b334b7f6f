import type { Piece, Step, Word } from "../../../src/check/command/script.ts";

/** A step as text: words in single quotes where blanks or nothing are in them, what isn't known in angle brackets. */
export function stepText(step: Step): string {
  switch (step.type) {
    case "command": {
      const variables = [...step.variables].map(([name, value]) => `${name}=${wordText(value)}`);
      const redirections = step.redirections.map(({ operator, target }) => `${operator}${target === undefined ? "" : wordText(target)}`);
      return [...variables, ...step.words.map(wordText), ...redirections].join(" ");
    }
    case "pipeline":
      return `${step.negated ? "! " : ""}${step.steps.map(stepText).join(" | ")}`;
    case "chain":
      return step.steps.map((each, index) => (index === 0 ? "" : ` ${step.operators[index - 1]} `) + stepText(each)).join("");
    case "sequence":
      return step.steps.map(stepText).join("; ");
    case "branches":
      return `branches(${step.steps.map(stepText).join("; ")})`;
    case "wrapper":
      return `${step.by.words.map(wordText).join(" ")} {${stepText(step.step)}}`;
    case "unreadable":
      return "?";
  }
}

function wordText({ pieces }: Word): string {
  const text = pieces.map(pieceText).join("");
  const isOneWord = pieces.every((piece) => piece.kind !== "text" || !/\s/.test(piece.text));
  return text === "" || !isOneWord ? `'${text}'` : text;
}

function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "variable":
      return `<${piece.quoted ? '"' : ""}$${piece.name}${piece.fallback === undefined ? "" : `:-${piece.fallback}`}>`;
    case "compose":
      return `<compose ${piece.variable.name}>`;
    case "output":
      return `<${stepText(piece.of)}>`;
    case "unknown":
      return "<?>";
  }
}
