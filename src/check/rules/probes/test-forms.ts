import { isInterpolation } from "../../../model/interpolation.ts";
import { textOf } from "../../command/script.ts";
import { eachProbe } from "../../probes/judged-probe.ts";
import { rule } from "../../rule.ts";
import { probed } from "./example.ts";

export const CMD_STRING_WITH_SPACES = rule({
  name: "cmd-string-with-spaces",
  severity: "error",
  summary: "A whole command stands in the first word of an exec form.",
  why: "No shell splits it: a program is looked for whose name has blanks in it.",
  fix: "Write each word as an item of its own.",
  bad: probed("postgres:17", '["CMD", "pg_isready -h 127.0.0.1 -U postgres"]'),
  good: probed("postgres:17", '["CMD", "pg_isready", "-h", "127.0.0.1", "-U", "postgres"]'),
  sources: ["klutchell/unbound-docker#77", "Measured: `docker compose config` 2.40 accepts it"],
  judge: eachProbe(({ read, uses, find }) => {
    const first = read.form === "exec" ? textOf(uses.at(-1)?.command.words[0]) : undefined;
    const program = first?.trim().split(/\s/)[0];
    return first === undefined || !/\S\s+\S/.test(first)
      ? []
      : [find(`there is no program called "${first}"`, { hint: `write ["CMD", "${program}", ...]` })];
  }),
});

export const OPERATOR_IN_EXEC_FORM = rule({
  name: "operator-in-exec-form",
  severity: "error",
  summary: 'An exec form has "||", "|" or "&&" among its words.',
  why: "No shell reads them: the program is given them as words, and what stands behind them is never run.",
  fix: "Write one text for the shell, or leave it out: exit code 1 needs no `|| exit 1`.",
  bad: probed("nginx:1.29", '["CMD", "curl", "-f", "http://127.0.0.1/", "||", "exit", "1"]'),
  good: probed("nginx:1.29", '["CMD-SHELL", "curl -f http://127.0.0.1/ || exit 1"]'),
  sources: [
    "https://docs.docker.com/reference/dockerfile/#exec-form",
    "Measured with curl 7.88: `Could not resolve host: ||`, and it fails although the address answers",
  ],
  judge: eachProbe(({ test, read, find }) => {
    const words = Array.isArray(test) && read.form === "exec" ? (test as readonly unknown[]).slice(1) : [];
    const operator = words.find((word) => typeof word === "string" && ["||", "&&", "|", ";", "2>&1"].includes(word));
    // In `sh -c SCRIPT` what follows the script are its own words.
    if (operator === undefined || words.some((word) => isInterpolation(word)) || words.includes("-c")) return [];
    return [find(`"${String(operator)}" is a word for the program: no shell reads it`, { hint: 'write ["CMD-SHELL", "..."]' })];
  }),
});

export const TEST_NONE_STRING = rule({
  name: "test-none-string",
  severity: "error",
  summary: "NONE is written as a text, which makes it a command.",
  why: "Only the list switches the image's health check off. As a text it runs a program called NONE, which there is none of.",
  fix: "Write `disable: true`.",
  bad: probed("nginx:1.29", "NONE"),
  good: probed("nginx:1.29", '["NONE"]'),
  sources: ['Measured: `docker compose config` 2.40 makes `["CMD-SHELL", "NONE"]` of it'],
  judge: eachProbe(({ test, find }) => {
    const script = Array.isArray(test) ? (test[0] === "CMD-SHELL" ? (test as readonly unknown[])[1] : undefined) : test;
    return script === "NONE" ? [find('"NONE" is run as a command', { hint: 'write disable: true, or test: ["NONE"]' })] : [];
  }),
});
