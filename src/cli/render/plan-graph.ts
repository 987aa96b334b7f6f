import type { Forecast, ServiceForecast } from "../../plan/forecast.ts";
import { seconds, WASTE } from "../../plan/warnings.ts";
import { CONDITION_WORDS } from "./plan-text.ts";

/** What a node of a graph says below the name of its service: its times and, on the critical path, what of them is waste. */
export function nodeNotes({ ready, afterStart, isCritical }: ServiceForecast): readonly string[] {
  const times = Number.isFinite(ready.expected) ? `ready ${seconds(ready.expected)}, worst ${seconds(ready.worst)}` : "never ready";
  return isCritical && afterStart.waste >= WASTE ? [times, `${seconds(afterStart.waste)} lost to the probe's interval`] : [times];
}

/** Whether the critical path runs along a dependency. */
export function isCriticalEdge({ criticalPath }: Forecast, on: string, service: string): boolean {
  const index = criticalPath.indexOf(service);
  return index > 0 && criticalPath[index - 1] === on;
}

/** The graph for Mermaid. @see https://mermaid.js.org/syntax/flowchart.html */
export function planMermaid(plan: Forecast): string {
  const services = [...plan.services.values()];
  // Names may hold what Mermaid takes for its own: nodes get ids.
  const ids = new Map(services.map(({ service }, index) => [service, `s${index}`]));
  const nodes = services.map((each) => {
    const [open, close] = each.kind === "task" ? ["([", "])"] : ["[", "]"];
    return `  ${ids.get(each.service)}${open}"${[each.service, ...nodeNotes(each)].join("<br/>")}"${close}${each.isCritical ? ":::critical" : ""}`;
  });
  const edges = services.flatMap(({ service, dependsOn }) =>
    dependsOn.map(({ on, condition }) => {
      const arrow = isCriticalEdge(plan, on, service) ? "==>" : "-->";
      return `  ${ids.get(on)} ${arrow}|${CONDITION_WORDS[condition]}| ${ids.get(service)}`;
    }),
  );
  return ["flowchart LR", ...nodes, ...edges, "  classDef critical stroke-width:3px", ""].join("\n");
}

/** The graph for Graphviz. @see https://graphviz.org/doc/info/lang.html */
export function planDot(name: string, plan: Forecast): string {
  const services = [...plan.services.values()];
  const nodes = services.map((each) => {
    const shape = `${each.kind === "task" ? ", style=rounded" : ""}${each.isCritical ? ", penwidth=3" : ""}`;
    return `  ${quoted(each.service)} [label=${quoted([each.service, ...nodeNotes(each)].join("\\n"))}${shape}];`;
  });
  const edges = services.flatMap(({ service, dependsOn }) =>
    dependsOn.map(({ on, condition }) => {
      const width = isCriticalEdge(plan, on, service) ? ", penwidth=3" : "";
      return `  ${quoted(on)} -> ${quoted(service)} [label=${quoted(CONDITION_WORDS[condition])}${width}];`;
    }),
  );
  return [`digraph ${quoted(name)} {`, "  rankdir=LR;", "  node [shape=box];", ...nodes, ...edges, "}", ""].join("\n");
}

// Names of services hold neither quotes nor backslashes: the backslash of a line break stays.
function quoted(text: string): string {
  return `"${text}"`;
}
