import { Graph, layout } from "@dagrejs/dagre";
import type { Forecast, ServiceForecast } from "../../plan/forecast.ts";
import { after } from "../../plan/warnings.ts";
import { isCriticalEdge, nodeNotes } from "./plan-graph.ts";
import { escaped, svgDocument, textWidth } from "./svg.ts";

const MARGIN = 20;
const HEAD = 56;
const FOOT = 44;
/** Of a node with its name alone, and of a line more. */
const NODE_HEIGHT = 29;
const LINE_HEIGHT = 17;

const STYLE = `
    .node { fill: var(--box); stroke: var(--line); stroke-width: 1.2; } .edge { fill: none; stroke: var(--soft); stroke-width: 1.2; }
    .node.critical, .edge.critical { stroke: var(--critical); stroke-width: 2.2; } .head { fill: var(--soft); } .head.critical { fill: var(--critical); }
    .started { stroke-dasharray: 2 4; } .completed { stroke-dasharray: 8 4; }`;

/** The graph of a launch as a drawing, from left to right; the layout is dagre's. */
export function planSvg(name: string, plan: Forecast): string {
  const drawing = layoutOf(plan);
  const { width, height, boxes, edges } = drawing;
  const paths = pathsOf(drawing);
  const title = `${name}: ${readyWords(plan.ready)}`;
  const total = Math.max(width + 2 * MARGIN, textWidth(title) + 2 * MARGIN, LEGEND_WIDTH + 2 * MARGIN);
  const body = [
    `<defs>${arrowHead("head")}${arrowHead("critical")}</defs>`,
    `<text x="${MARGIN}" y="28" class="bold">${escaped(title)}</text>`,
    `<g transform="translate(${MARGIN} ${HEAD})">`,
    ...edges.map(({ on, service }, index) => drawEdge(plan, on, service, paths[index] ?? "")),
    ...[...plan.services.values()].flatMap((service) => drawNode(service, boxes.get(service.service) ?? NOWHERE)),
    "</g>",
    ...legend(HEAD + height + FOOT - 12),
  ];
  return svgDocument(total, HEAD + height + FOOT, title, body, STYLE);
}

function readyWords({ expected, worst }: Forecast["ready"]): string {
  return Number.isFinite(expected) ? `ready ${after(expected)}, at worst ${after(worst)}` : "never ready";
}

/** A box of the layout; x and y are its middle. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: readonly { readonly on: string; readonly service: string; readonly points: readonly Point[] }[];
}

/** The few things of dagre that are used: its own types do not resolve under Node's module rules. */
interface DagreGraph {
  setGraph(options: object): void;
  setDefaultEdgeLabel(label: () => object): void;
  setNode(name: string, size: object): void;
  setEdge(from: string, to: string): void;
  graph(): { readonly width: number; readonly height: number };
  node(name: string): Box;
  edges(): readonly { readonly v: string; readonly w: string }[];
  edge(edge: { readonly v: string; readonly w: string }): { readonly points: readonly Point[] };
}

function layoutOf({ services }: Forecast): Layout {
  const graph: DagreGraph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 72, edgesep: 14 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const each of services.values()) {
    const notes = nodeNotes(each);
    const width = Math.max(textWidth(each.service), ...notes.map((note) => textWidth(note, 11))) + 24;
    graph.setNode(each.service, { width, height: NODE_HEIGHT + notes.length * LINE_HEIGHT });
  }
  for (const { service, dependsOn } of services.values()) for (const { on } of dependsOn) graph.setEdge(on, service);
  layout(graph);
  return {
    ...graph.graph(),
    boxes: new Map([...services.keys()].map((name) => [name, graph.node(name)])),
    edges: graph.edges().map((edge) => ({ on: edge.v, service: edge.w, points: graph.edge(edge).points })),
  };
}

const NOWHERE: Box = { x: 0, y: 0, width: 0, height: 0 };

function drawNode(service: ServiceForecast, { x, y, width, height }: Box): readonly string[] {
  const [left, top] = [x - width / 2, y - height / 2];
  const critical = service.isCritical ? " critical" : "";
  // A task ends: it has round ends.
  const radius = service.kind === "task" ? height / 2 : 5;
  return [
    `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${height}" rx="${radius}" class="node${critical}"/>`,
    `<text x="${round(x)}" y="${round(top + 19)}" text-anchor="middle" class="bold">${escaped(service.service)}</text>`,
    ...nodeNotes(service).map(
      (note, line) =>
        `<text x="${round(x)}" y="${round(top + 36 + line * LINE_HEIGHT)}" text-anchor="middle" class="small soft">${escaped(note)}</text>`,
    ),
  ];
}

function drawEdge(plan: Forecast, on: string, service: string, path: string): string {
  const condition = plan.services.get(service)?.dependsOn.find((each) => each.on === on)?.condition;
  const dashes = condition === "service_started" ? " started" : condition === "service_completed_successfully" ? " completed" : "";
  const isCritical = isCriticalEdge(plan, on, service);
  return `<path d="${path}" class="edge${dashes}${isCritical ? " critical" : ""}" marker-end="url(#${isCritical ? "critical" : "head"})"/>`;
}

/** Lines that leave a box on its right, enter the next one on its left, and pass the boxes between straight on. */
function pathsOf({ boxes, edges }: Layout): readonly string[] {
  const columns = new Map<number, number>();
  for (const { x, width } of boxes.values()) columns.set(Math.round(x), Math.max(columns.get(Math.round(x)) ?? 0, width));
  return edges.map(({ on, service, points }) => {
    const [from = NOWHERE, to = NOWHERE] = [boxes.get(on), boxes.get(service)];
    const passing = points.slice(1, -1).flatMap(({ x, y }) => {
      const width = columns.get(Math.round(x)) ?? 0;
      return width === 0 ? [] : [at(x - width / 2, y), at(x + width / 2, y)];
    });
    const leave = at(from.x + from.width / 2, from.y + shift(edges, boxes, on, service, "on"));
    const enter = at(to.x - to.width / 2, to.y + shift(edges, boxes, on, service, "service"));
    return curve(leave, [...passing, enter]);
  });
}

function at(x: number, y: number): Point {
  return { x: round(x), y: round(y) };
}

/** How far above or below the middle of a box a line ends, so that several do not lie on each other. */
function shift(edges: Layout["edges"], boxes: Layout["boxes"], on: string, service: string, end: "on" | "service"): number {
  const [own, far, farEnd] = end === "on" ? [on, service, "service" as const] : [service, on, "on" as const];
  const others = edges.filter((edge) => edge[end] === own).map((edge) => edge[farEnd]);
  const sorted = others.toSorted((a, b) => (boxes.get(a)?.y ?? 0) - (boxes.get(b)?.y ?? 0));
  const step = Math.min(9, NODE_HEIGHT / sorted.length);
  return (sorted.indexOf(far) - (sorted.length - 1) / 2) * step;
}

function curve(first: Point, rest: readonly Point[]): string {
  const parts = rest.map(({ x, y }, index) => {
    const before = rest[index - 1] ?? first;
    const middle = round((before.x + x) / 2);
    return `C ${middle} ${before.y} ${middle} ${y} ${x} ${y}`;
  });
  return `M ${first.x} ${first.y} ${parts.join(" ")}`;
}

function arrowHead(id: "head" | "critical"): string {
  const shape = `<path d="M 0 0 L 8 4 L 0 8 z" class="head${id === "critical" ? " critical" : ""}"/>`;
  return `<marker id="${id}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto">${shape}</marker>`;
}

const LEGEND = [
  ["", "when healthy"],
  [" started", "when started"],
  [" completed", "when completed"],
  [" critical", "critical path"],
] as const;
const LEGEND_WIDTH = LEGEND.length * 150;

function legend(y: number): readonly string[] {
  return LEGEND.flatMap(([style, word], index) => {
    const x = MARGIN + index * 150;
    return [
      `<path d="M ${x} ${y - 4} H ${x + 28}" class="edge${style}"/>`,
      `<text x="${x + 35}" y="${y}" class="small soft">${word}</text>`,
    ];
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
