import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Culprit } from "../../drive/diagnose/diagnose.ts";
import type { LaunchReport, ServiceReport } from "../../drive/launch-report.ts";
import type { Redact } from "../../drive/secrets/redact.ts";
import { StackError } from "../../errors.ts";

/**
 * A launch as JUnit XML: a test case for each service; victims are skipped ones, what an interruption kept from being ready is an error.
 *
 * @param redact takes the values of secrets out of a text, before it is escaped: after that they would not be found.
 */
export function junitReport(stack: string, report: LaunchReport, redact: Redact): string {
  const cases = report.services.map((service) => testCase(stack, service, report, redact));
  // What no service is to blame for is a case of its own.
  const others = report.culprits.filter(({ service }) => !report.services.some((each) => each.service === service));
  const all = [
    ...cases,
    ...others.map(({ service, ...rest }) => element("testcase", { classname: stack, name: service }, [failure(rest, redact)])),
  ];
  const count = (tag: string): number => all.filter((text) => text.includes(`<${tag} `)).length;
  const suite = element(
    "testsuite",
    {
      name: stack,
      tests: all.length,
      failures: report.culprits.length,
      errors: count("error"),
      skipped: count("skipped"),
      time: report.seconds.toFixed(3),
    },
    all,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", {}, [suite])}\n`;
}

/** Writes a report where it was asked for. */
export async function writeReport(file: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    throw StackError.of("file", `the report can't be written: ${(cause as Error).message}`, { source: file, cause });
  }
}

function testCase(
  stack: string,
  { service, startedAt = 0, readyAt, ready, state }: ServiceReport,
  report: LaunchReport,
  redact: Redact,
): string {
  const culprit = report.culprits.find((each) => each.service === service);
  const victim = report.victims.find((each) => each.service === service);
  const children = culprit
    ? [failure(culprit, redact)]
    : victim
      ? [element("skipped", { message: redact(victim.message ?? `never started because of ${victim.culprit}`) }, [])]
      : ready
        ? []
        : report.verdict === "interrupted"
          ? [element("error", { type: "interrupted", message: `${state} when the launch was interrupted` }, [])]
          : [element("skipped", { message: `${state} when the launch ended` }, [])];
  return element(
    "testcase",
    { classname: stack, name: service, time: Math.max(0, (readyAt ?? startedAt) - startedAt).toFixed(3) },
    children,
  );
}

function failure({ cause, message, evidence, hint }: Omit<Culprit, "service">, redact: Redact): string {
  return element("failure", { type: cause, message: redact(message) }, [escaped([...evidence, hint].map(redact).join("\n"))]);
}

function element(name: string, attributes: Readonly<Record<string, string | number>>, children: readonly string[]): string {
  const text = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(String(value))}"`);
  return children.length === 0 ? `<${name}${text.join("")}/>` : `<${name}${text.join("")}>${children.join("")}</${name}>`;
}

// XML has no form at all for most control characters.
function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      .replaceAll("\n", "&#10;")
  );
}
