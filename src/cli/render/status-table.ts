import type { Snapshot } from "../../drive/decide/snapshot.ts";
import { engineHost } from "../../drive/engine/engine-host.ts";
import type { ServiceReport } from "../../drive/launch-report.ts";
import type { Style } from "./console.ts";
import { describe, sign } from "./launch-view.ts";
import { table } from "./table.ts";
import { cutToWidth, textWidth } from "./text-width.ts";

/** A service of a table. */
export interface TableService extends ServiceReport {
  /** Seconds since its present run began; absent where it does not run, or that is not asked. */
  readonly upFor?: number | undefined;
}

/**
 * The state of each service, with the ports that lead to it; columns that say nothing are left out.
 *
 * @param width the columns of the terminal: in a narrow one names are cut, and URLs have lines of their own. Default: no limit.
 */
export function statusTable(
  services: readonly TableService[],
  snapshot: Snapshot,
  style: Style,
  width = Number.POSITIVE_INFINITY,
): readonly string[] {
  const urls = services.map(({ service }) => urlsOf(service, snapshot));
  const wide = drawn(services, style, { ...COLUMNS, URL: (_, index) => (urls[index] ?? []).join(" ") });
  if (wide.every((line) => textWidth(line) < width)) return wide;
  const { STATE, UP, READY } = COLUMNS;
  const SERVICE: Column = ({ service }) => cutToWidth(service, Math.max(10, Math.floor(width / 3)));
  const [head = "", ...lines] = drawn(services, style, { SERVICE, STATE, UP, READY });
  return [head, ...lines.flatMap((line, index) => [line, ...(urls[index] ?? []).map((url) => `    ${url}`)])];
}

type Column = (status: TableService, index: number) => string;

const COLUMNS: Readonly<Record<"SERVICE" | "STATE" | "UP" | "STARTED" | "READY", Column>> = {
  SERVICE: ({ service }) => service,
  STATE: describe,
  UP: ({ upFor }) => (upFor === undefined ? NONE : inUnits(upFor)),
  STARTED: ({ startedAt }) => time(startedAt),
  READY: ({ readyAt }) => time(readyAt),
};

const NONE = "-";

function time(at: number | undefined): string {
  return at === undefined ? NONE : `${at.toFixed(1)}s`;
}

// In the one unit that matters, as `docker ps` does it.
function inUnits(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= size) ?? [1, "s"];
  return `${Math.floor(seconds / size)}${unit}`;
}

const UNITS = [
  [86_400, "d"],
  [3600, "h"],
  [60, "m"],
] as const;

function drawn(services: readonly TableService[], style: Style, columns: Readonly<Record<string, Column>>): readonly string[] {
  const filled = Object.entries(columns)
    .map(([name, column]) => [name, ...services.map(column)] as const)
    .filter(([, ...cells]) => cells.some((cell) => cell !== NONE && cell !== ""));
  const [head = "", ...lines] = table([undefined, ...services].map((_, row) => filled.map((cells) => cells[row] ?? "")));
  return [`  ${style.dim(head)}`, ...lines.map((line, index) => `${sign(services[index]?.state ?? "waiting", style)} ${line}`)];
}

function urlsOf(service: string, { containers }: Snapshot): readonly string[] {
  const name = engineHost();
  const address = name.includes(":") ? `[${name}]` : name;
  const ports = containers.filter((container) => container.service === service).flatMap((container) => container.ports);
  return ports.map(
    ({ host, container, protocol }) =>
      (protocol === "tcp" ? `http://${address}:${host}` : `${host}/${protocol}`) + (container === host ? "" : ` -> ${container}`),
  );
}
