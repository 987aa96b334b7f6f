import { relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Judgement } from "../../check/judge.ts";
import type { Severity } from "../../check/rule.ts";
import { RULES } from "../../check/rules.ts";
import { placeOfText } from "../../model/place.ts";
import type { CheckResult } from "./check-result.ts";

/**
 * What was found, as a SARIF log: the format that code scanning services read.
 *
 * @param version of Stackwright.
 * @param folder files below it are named relative to it, which is what such services expect of a checkout.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(results: readonly CheckResult[], version: string, folder: string): object {
  const names = RULES.map(({ name }) => name);
  const result = (finding: Judgement, suppression?: string): object => ({
    ruleId: finding.rule,
    ruleIndex: names.indexOf(finding.rule),
    level: LEVELS[finding.severity],
    message: { text: [finding.message, finding.hint].filter((text) => text !== undefined).join("\n") },
    locations: locationsOf(finding, folder),
    ...(suppression === undefined ? {} : { suppressions: [{ kind: "inSource", justification: suppression }] }),
  });
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Stackwright", version, rules: RULES.map(descriptor) } },
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(folder).href}/` } },
        columnKind: "utf16CodeUnits",
        results: results.flatMap(({ findings, allowed }) => [
          ...findings.map((finding) => result(finding)),
          ...allowed.map((finding) => result(finding, finding.reason)),
        ]),
      },
    ],
  };
}

const LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note" };

function descriptor({ name, severity, summary, why, fix }: (typeof RULES)[number]): object {
  return {
    id: name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why}\n${fix}` },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function locationsOf({ source, path }: Judgement, folder: string): readonly object[] {
  const logical = path === "" ? {} : { logicalLocations: [{ fullyQualifiedName: path }] };
  const place = placeOfText(source);
  if (place === undefined) return path === "" ? [] : [logical];
  const region = { startLine: place.line, startColumn: place.column };
  return [{ physicalLocation: { artifactLocation: artifact(place.file, folder), region }, ...logical }];
}

function artifact(file: string, folder: string): object {
  const below = relative(folder, file);
  if (below.startsWith("..")) return { uri: pathToFileURL(file).href };
  return { uri: below.split(sep).map(encodeURIComponent).join("/"), uriBaseId: "ROOT" };
}
