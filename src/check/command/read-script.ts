import {
  type Command as CommandNode,
  forEachChild,
  type ParsedScript,
  type Pipeline,
  parse,
  type Redirection as RedirectionNode,
  type Statement,
  type SyntaxNode,
  type Word as WordNode,
  type WordPart,
} from "unbash";
import { isInterpolation, type Part, type Text, type Variable } from "../../model/interpolation.ts";
import type { Command, Piece, Redirection, Step, Word } from "./script.ts";
import { unwrap } from "./unwrap.ts";

/** What a shell makes of a script; a script that it could not read is one unreadable step. */
export function readScript(text: Text): Step {
  const { source, variables } = withPlaceholders(partsOf(text));
  const script = parse(source);
  return isBroken(script) ? { type: "unreadable" } : sequence(script.commands, variables);
}

/** A command in exec form, at which no shell looks. */
export function readWords(words: readonly Text[]): Step {
  return unwrap({ type: "command", words: words.map(execWord), variables: new Map(), redirections: [] }, readScript);
}

function execWord(text: Text): Word {
  const pieces = partsOf(text).map(
    (part): Piece =>
      typeof part === "string" ? { kind: "text", text: part, quoted: true } : { kind: "compose", variable: part, quoted: true },
  );
  return { pieces };
}

function partsOf(text: Text): readonly Part[] {
  return isInterpolation(text) ? text.parts : [text];
}

// A variable of Compose stands in the source as a character of the private use area, numbered from here,
// so that the shell's grammar takes it for a part of a word.
const FIRST_PLACEHOLDER = 0xe000;
const PLACEHOLDER = /([\ue000-\uf8ff])/;

function withPlaceholders(parts: readonly Part[]): { source: string; variables: readonly Variable[] } {
  const variables: Variable[] = [];
  const texts = parts.map((part) => {
    if (typeof part === "string") return part;
    variables.push(part);
    return String.fromCharCode(FIRST_PLACEHOLDER + variables.length - 1);
  });
  return { source: texts.join(""), variables };
}

type Variables = readonly Variable[];

function isBroken(script: ParsedScript): boolean {
  return (script.errors ?? []).length > 0;
}

function sequence(statements: readonly Statement[], variables: Variables): Step {
  const steps = statements.map(({ command, background }) => {
    const step = stepOf(command, variables);
    // Nobody waits for what runs in the background: whether it fails is not seen.
    return background === true ? branches([step], false) : step;
  });
  return steps.length === 1 && steps[0] !== undefined ? steps[0] : { type: "sequence", steps };
}

function stepOf(node: Statement["command"], variables: Variables): Step {
  switch (node.type) {
    case "Command":
      return unwrap(commandOf(node, variables), readScript);
    case "Pipeline":
      return pipelineOf(node, variables);
    case "AndOr":
      return { type: "chain", steps: node.commands.map((each) => stepOf(each, variables)), operators: node.operators };
    case "Subshell":
    case "BraceGroup":
      return sequence(node.body.commands, variables);
    case "Redirected":
      return stepOf(node.command, variables);
    default:
      return branches(stepsBelow(node, variables), node.type === "TestCommand");
  }
}

function branches(steps: readonly Step[], doubleBrackets: boolean): Step {
  return { type: "branches", steps, doubleBrackets };
}

function pipelineOf({ commands, prefixes }: Pipeline, variables: Variables): Step {
  const steps = commands.map((each) => stepOf(each, variables));
  const negated = prefixes.filter(({ type }) => type === "Negation").length % 2 === 1;
  return steps.length === 1 && !negated && steps[0] !== undefined ? steps[0] : { type: "pipeline", steps, negated };
}

/** The statements anywhere below a node, in the order of the source. */
function stepsBelow(node: SyntaxNode, variables: Variables): readonly Step[] {
  const steps: Step[] = [];
  forEachChild(node, (child) => {
    if (child.type === "Statement") steps.push(stepOf(child.command, variables));
    else if (child.type === "Word") steps.push(...outputsOf(wordOf(child, variables)));
    else steps.push(...stepsBelow(child, variables));
  });
  return steps;
}

function outputsOf({ pieces }: Word): readonly Step[] {
  return pieces.flatMap((piece) => (piece.kind === "output" ? [piece.of] : []));
}

function commandOf({ name, prefix, suffix }: CommandNode, variables: Variables): Command {
  const all = [...prefix, ...suffix];
  const words = [...(name === undefined ? [] : [name]), ...suffix.filter((each) => each.type === "Word" || each.type === "Assignment")];
  return {
    type: "command",
    words: words.map((each) => (each.type === "Word" ? wordOf(each, variables) : textWord(each.text, variables))),
    variables: new Map(
      prefix.flatMap((each) =>
        each.type === "Assignment" && each.value.type === "Word" ? [[each.name, wordOf(each.value, variables)] as const] : [],
      ),
    ),
    redirections: all.flatMap((each) =>
      each.type === "Redirect" || each.type === "HereString" || each.type === "HereDoc" ? [redirectionOf(each, variables)] : [],
    ),
  };
}

function redirectionOf(node: RedirectionNode, variables: Variables): Redirection {
  const target = node.type === "HereDoc" || node.target === undefined ? undefined : wordOf(node.target, variables);
  return { operator: node.operator, target };
}

// `A=b` after the program is an argument like any other.
function textWord(text: string, variables: Variables): Word {
  return { pieces: literal(text, false, variables) };
}

function wordOf({ value, parts }: WordNode, variables: Variables): Word {
  return { pieces: parts === undefined ? literal(value, false, variables) : parts.flatMap((part) => piecesOf(part, false, variables)) };
}

function piecesOf(part: WordPart, quoted: boolean, variables: Variables): readonly Piece[] {
  switch (part.type) {
    case "Literal":
      return literal(part.value, quoted, variables);
    // A pattern that fits no file stays what it is, and addresses with "?" in them fit none.
    case "Glob":
      return literal(part.text, quoted, variables);
    case "SingleQuoted":
    case "AnsiCQuoted":
      return literal(part.value, true, variables);
    case "DoubleQuoted":
    case "LocaleString":
      return part.parts.length === 0
        ? [{ kind: "text", text: "", quoted: true }]
        : part.parts.flatMap((each) => piecesOf(each, true, variables));
    case "SimpleExpansion":
      return [{ kind: "variable", name: part.text.slice(1), quoted }];
    case "ParameterExpansion":
      return [{ kind: "variable", name: part.parameter, fallback: fallbackOf(part, variables), quoted }];
    case "CommandExpansion":
      return [
        part.script === undefined || isBroken(part.script)
          ? { kind: "unknown", text: part.text, quoted }
          : outputPiece(part.script, quoted, variables),
      ];
    default:
      return [{ kind: "unknown", text: part.text, quoted }];
  }
}

function outputPiece(script: ParsedScript, quoted: boolean, variables: Variables): Piece {
  return { kind: "output", of: sequence(script.commands, variables), quoted };
}

function fallbackOf({ operation }: Extract<WordPart, { type: "ParameterExpansion" }>, variables: Variables): string | undefined {
  if (operation?.type !== "Default" || !["-", ":-", "=", ":="].includes(operation.operator)) return undefined;
  const { pieces } = wordOf(operation.operand, variables);
  return pieces.every(({ kind }) => kind === "text")
    ? pieces.map((piece) => (piece.kind === "text" ? piece.text : "")).join("")
    : undefined;
}

function literal(text: string, quoted: boolean, variables: Variables): readonly Piece[] {
  return text
    .split(PLACEHOLDER)
    .filter((each) => each !== "")
    .map((each) => {
      const variable = PLACEHOLDER.test(each) ? variables[each.charCodeAt(0) - FIRST_PLACEHOLDER] : undefined;
      return variable === undefined ? { kind: "text", text: each, quoted } : { kind: "compose", variable, quoted };
    });
}
