import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type ComposeAnswer, runScenario, runWithCompose } from "./run-scenario.ts";
import { SCENARIOS } from "./scenarios/all.ts";
import type { Expectation, Scenario } from "./scenarios/scenario.ts";

const DOCUMENT = new URL("../docs/verdicts.md", import.meta.url);

/**
 * The verdict matrix: every scenario on the real engine, beside what Compose answers on the same file.
 *
 * npm run bench:verdicts -- [--ours] [--lanes N] [ROUNDS] [SCENARIO...]
 *
 * With --ours Compose is not asked, and the document stays as it is. With --lanes that many scenarios run at a time.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ours: { type: "boolean", default: false }, lanes: { type: "string", default: "1" } },
    allowPositionals: true,
  });
  const onlyOurs = values.ours;
  const [rounds = "1", ...names] = positionals;
  const chosen = SCENARIOS.filter(({ name }) => names.length === 0 || names.includes(name));
  const rows: Row[] = [];
  const queue = chosen.entries();
  const lane = async (): Promise<void> => {
    for (const [place, scenario] of queue) {
      const row = await measure(scenario, Number(rounds), onlyOurs);
      rows[place] = row;
      console.log(`${row.right === row.rounds ? "✓" : "✗"} ${line(row)}`);
      for (const wrong of row.wrong) console.log(`    ${wrong}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.lanes) }, lane));
  const right = rows.filter((row) => row.right === row.rounds).length;
  console.log(
    `\n${right} of ${rows.length} scenarios right in every one of ${rounds} rounds; ${composeRight(rows)} by docker compose up --wait`,
  );
  if (names.length === 0 && !onlyOurs) await writeFile(DOCUMENT, documentOf(rows, Number(rounds)));
  return right === rows.length ? 0 : 1;
}

interface Row {
  readonly scenario: Scenario;
  readonly rounds: number;
  readonly right: number;
  /** What was answered instead. */
  readonly wrong: readonly string[];
  /** Seconds to the verdict in the last round. */
  readonly seconds: number;
  readonly compose: ComposeAnswer | undefined;
}

async function measure(scenario: Scenario, rounds: number, onlyOurs: boolean): Promise<Row> {
  const wrong: string[] = [];
  let seconds = 0;
  for (let round = 0; round < rounds; round++) {
    const answer = await answerOf(scenario);
    seconds = answer.seconds;
    if (answer.text !== textOf(scenario.expect)) wrong.push(`wanted ${textOf(scenario.expect)}, got ${answer.text}`);
  }
  // How we reach the engine, how often we launch and what our clock says have no counterpart in Compose.
  const comparable = (scenario.engine ?? "direct") === "direct" && scenario.launches === undefined && scenario.clockJumps !== true;
  const compose = comparable && !onlyOurs ? await runWithCompose(scenario) : undefined;
  return { scenario, rounds, right: rounds - wrong.length, wrong, seconds, compose };
}

async function answerOf(scenario: Scenario): Promise<{ text: string; seconds: number }> {
  try {
    const { report, exitCode } = await runScenario(scenario);
    const [first] = report.culprits;
    const { expect } = scenario;
    const answer: Expectation = {
      verdict: report.verdict as Expectation["verdict"],
      exitCode,
      ...(first === undefined ? {} : { culprit: first.service, cause: first.cause }),
      ...(expect.victims === undefined ? {} : { victims: report.victims.map(({ service }) => service) }),
    };
    return { text: textOf(answer), seconds: report.seconds };
  } catch (error) {
    return { text: `an error: ${error instanceof Error ? error.message : String(error)}`, seconds: 0 };
  }
}

function textOf({ verdict, exitCode, culprit, cause, victims = [] }: Expectation): string {
  const blame = culprit === undefined ? "" : `, ${culprit}: ${cause}`;
  return `${verdict} (${exitCode})${blame}${victims.length === 0 ? "" : `, victims: ${victims.join(" ")}`}`;
}

function composeText({ compose }: Row): string {
  return compose === undefined ? "-" : `${compose.exitCode} after ${compose.seconds.toFixed(1)} s: ${compose.said.slice(0, 110)}`;
}

// All that it says is whether: a scenario counts as right where that is so.
function isComposeRight({ scenario, compose }: Row): boolean {
  return compose !== undefined && (compose.exitCode === 0) === (scenario.expect.exitCode === 0) && compose.said !== "(never ended)";
}

function composeRight(rows: readonly Row[]): string {
  const asked = rows.filter(({ compose }) => compose !== undefined);
  return `${asked.filter(isComposeRight).length} of ${asked.length}`;
}

function line(row: Row): string {
  return `${row.scenario.name.padEnd(32)} ${row.right}/${row.rounds} ${row.seconds.toFixed(1).padStart(5)} s  ${textOf(row.scenario.expect)}   | Compose: ${composeText(row)}`;
}

function documentOf(rows: readonly Row[], rounds: number): string {
  const body = rows.map((row) => {
    const right = row.right === row.rounds ? `${row.right} of ${row.rounds}` : `**${row.right} of ${row.rounds}**`;
    const compose = row.compose === undefined ? "" : isComposeRight(row) ? "yes" : "**no**";
    return `| ${row.scenario.name} | ${textOf(row.scenario.expect)} | ${right} | ${row.seconds.toFixed(1)} s | ${composeText(row).replaceAll("|", "\\|")} | ${compose} |`;
  });
  return `# The verdict matrix

Each scenario was launched ${rounds} times on a real engine (Docker Engine 26.1.5, Compose 2.40.3); \`npm run bench:verdicts -- ROUNDS\` does
it again and writes this file. "Right" means verdict, exit code, culprit, cause and victims, all as stated. Beside it stands what
\`docker compose up --detach --wait --wait-timeout N\` answered once on the same file (N: the scenario's timeout, else 20): its
exit code, its time and its last line. It counts as right where it fails if and only if the launch failed, and ends at all.

Right in every round: ${rows.filter((row) => row.right === row.rounds).length} of ${rows.length}. Compose: ${composeRight(rows)}.

| scenario | must be | right | verdict after | docker compose up --wait | right |
|---|---|---|---|---|---|
${body.join("\n")}
`;
}

process.exitCode = await main(process.argv.slice(2));
