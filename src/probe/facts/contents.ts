import { BASES } from "./bases.ts";
import type { Confidence, ImageFacts, VariantFacts } from "./fact.ts";
import { splitImage } from "./image-name.ts";
import { TABLE } from "./table.ts";
import { isOlder } from "./version.ts";

/** What is known of the programs in one image. */
export interface Contents {
  readonly has: ReadonlySet<string>;
  readonly lacks: ReadonlySet<string>;
  /** `declared` by the user, `derived` from the tag alone, `assumed` from other versions of the image. */
  readonly confidence: Confidence | "declared" | "derived" | "assumed";
  /** The row of the table that it comes from. */
  readonly row?: { readonly image: ImageFacts; readonly variant: VariantFacts };
}

// Many services of a stack have the same image.
const KNOWN = new Map<string, Contents | undefined>();

/** What an image contains; `undefined` where nothing is known about it. */
export function contentsOf(image: string): Contents | undefined {
  if (!KNOWN.has(image)) KNOWN.set(image, lookUp(image));
  return KNOWN.get(image);
}

function lookUp(image: string): Contents | undefined {
  const { tag } = splitImage(image);
  if (isWindows(image)) return ON_WINDOWS;
  const facts = factsOf(image);
  if (facts === undefined) return derived(tag);
  const variant = facts.variants.find((each) => each.tag === undefined || each.tag.test(tag));
  if (variant === undefined) return undefined;
  const contents = contentsOfVariant(facts, variant);
  // What newer versions contain is no hint at what an older one did, at which nobody has looked; a digest alone may be any of them.
  if (isOlder(tag, variant.since)) return { has: new Set(), lacks: new Set(), confidence: "assumed", row: { image: facts, variant } };
  return isDigestAlone(image) ? { ...contents, confidence: "assumed" } : contents;
}

/** Whether an image is one of Windows, as its name says. */
export function isWindows(image: string): boolean {
  return WINDOWS.test(image);
}

const WINDOWS = /[:-](windowsservercore|nanoserver|windows)(?=[-@\d]|$)|^mcr\.microsoft\.com\/windows\b/;

// Its programs have the same names and other manners: there is no /dev/null, and no POSIX shell.
const ON_WINDOWS: Contents = { has: new Set(), lacks: new Set(words(BASES.none.lacks)), confidence: "high" };

function isDigestAlone(image: string): boolean {
  return /^[^@]*?(?:[/]|^)[^/:@]+@/.test(image);
}

/** What is known about an image, whatever its tag; `undefined` where nothing is. */
export function factsOf(image: string): ImageFacts | undefined {
  const { repository } = splitImage(image);
  return TABLE.find(({ images }) => images.some((name) => isNamed(repository, name)));
}

/** What a variant of an image contains: its base's programs, corrected by its own facts. */
export function contentsOfVariant(image: ImageFacts, variant: VariantFacts): Contents {
  const base = BASES[variant.base];
  const has = words(variant.has);
  const lacks = words(variant.lacks);
  const unknown = words(variant.unknown);
  const inherited = (program: string): boolean => !unknown.includes(program);
  return {
    has: new Set([...words(base.has).filter((each) => inherited(each) && !lacks.includes(each)), ...has]),
    lacks: new Set([...words(base.lacks).filter((each) => inherited(each) && !has.includes(each)), ...lacks]),
    confidence: variant.confidence,
    row: { image, variant },
  };
}

// Alpine has busybox whatever was put on top of it; what else was put there is not known.
function derived(tag: string): Contents | undefined {
  if (!/(^|-)alpine/.test(tag)) return undefined;
  return { has: new Set(words(BASES.alpine.has)), lacks: new Set(), confidence: "derived" };
}

function isNamed(repository: string, name: string): boolean {
  return name.endsWith("*") ? repository.startsWith(name.slice(0, -1)) : repository === name;
}

function words(text = ""): readonly string[] {
  return text.split(" ").filter((word) => word !== "");
}
