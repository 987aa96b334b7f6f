import type { ServiceState } from "../../drive/decide/service-status.ts";
import type { Segment } from "../../rehearse/state-changes.ts";
import { escaped, svgDocument, textWidth, ticks } from "./svg.ts";

const ROW = 26;
const CHART = 720;
const MARGIN = 16;
const HEAD = 64;

const COLOURS: Readonly<Record<ServiceState, string>> = {
  off: "idle",
  waiting: "idle",
  starting: "busy",
  restarting: "busy",
  paused: "idle",
  running: "good",
  healthy: "good",
  completed: "good",
  unhealthy: "bad",
  failed: "bad",
};

/** The timeline of a rehearsal as a drawing: a bar for each service. */
export function timelineSvg(title: string, segments: ReadonlyMap<string, readonly Segment[]>, end: number): string {
  const left = MARGIN + Math.max(60, ...[...segments.keys()].map((name) => textWidth(name))) + 12;
  const scale = CHART / Math.max(end, 1e-3);
  const height = HEAD + segments.size * ROW + 40;
  const body = [
    `<text x="${MARGIN}" y="24" class="bold">${escaped(title)}</text>`,
    ...axis(left, scale, end, height),
    ...[...segments].flatMap(([name, own], row) => bar(name, own, left, HEAD + row * ROW, scale)),
    ...legend(left, height - 18),
  ];
  return svgDocument(left + CHART + MARGIN + 24, height, title, body);
}

function axis(left: number, scale: number, end: number, height: number): readonly string[] {
  return ticks(end, 8).flatMap((time) => {
    const x = (left + time * scale).toFixed(1);
    return [
      `<line x1="${x}" x2="${x}" y1="${HEAD - 8}" y2="${height - 38}" stroke="var(--line)"/>`,
      `<text x="${x}" y="${HEAD - 14}" class="small soft" text-anchor="middle">${Number(time.toFixed(3))} s</text>`,
    ];
  });
}

function bar(name: string, segments: readonly Segment[], left: number, y: number, scale: number): readonly string[] {
  return [
    `<text x="${left - 12}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>`,
    ...segments.map(({ from, to, state }) => {
      const place = `x="${(left + from * scale).toFixed(1)}" y="${y + 3}" width="${Math.max(leastWidth(state), (to - from) * scale).toFixed(1)}" height="14"`;
      const what = `${name} ${state} from ${from.toFixed(2)} s to ${to.toFixed(2)} s`;
      // Waiting is a thin line: nothing runs.
      const shape =
        state === "waiting" ? place.replace(`y="${y + 3}"`, `y="${y + 9}"`).replace('height="14"', 'height="2"') : `${place} rx="2"`;
      return `<rect ${shape} fill="var(--${COLOURS[state]})"><title>${escaped(what)}</title></rect>`;
    }),
  ];
}

// The launch often ends with a failure, at once: it must be seen all the same.
function leastWidth(state: ServiceState): number {
  return COLOURS[state] === "bad" ? 6 : 1.5;
}

function legend(left: number, y: number): readonly string[] {
  const entries = [
    ["idle", "waiting"],
    ["busy", "starting or restarting"],
    ["good", "ready"],
    ["bad", "unhealthy or failed"],
  ] as const;
  let x = left;
  return entries.flatMap(([colour, word]) => {
    const at = x;
    x += textWidth(word, 11) + 36;
    return [
      `<rect x="${at}" y="${y - 9}" width="12" height="10" rx="2" fill="var(--${colour})"/>`,
      `<text x="${at + 17}" y="${y}" class="small soft">${word}</text>`,
    ];
  });
}
