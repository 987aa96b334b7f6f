import { planLaunch } from "../../drive/decide/launch-plan.ts";
import { StackError } from "../../errors.ts";
import { type Forecast, forecast } from "../../plan/forecast.ts";
import { EXIT } from "../exit-code.ts";
import { openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";
import { planDot, planMermaid } from "../render/plan-graph.ts";
import { planLines } from "../render/plan-text.ts";

interface PlanOptions {
  readonly cwd: string;
  readonly json?: boolean;
  readonly format?: "text" | "json" | "mermaid" | "dot" | "svg";
  readonly timeout?: number;
  readonly takes?: ReadonlyMap<string, number>;
  readonly profile?: string[];
}

/** Shows what a launch will look like: the waves, the times, the critical path and what on it is waste. */
export async function plan(console: Console, name: string, options: PlanOptions): Promise<number> {
  const { timeout, takes } = options;
  const { checked, project } = await openStack(name, options.cwd, { profiles: options.profile });
  const launch = planLaunch(checked, project.profiles);
  const stranger = [...(takes?.keys() ?? [])].find((service) => !launch.services.has(service));
  if (stranger !== undefined) throw StackError.of("usage", `there is no service "${stranger}"`);
  const future = forecast(checked, launch, { timeout, takes });
  switch (options.json === true ? "json" : (options.format ?? "text")) {
    case "text":
      for (const line of planLines(checked.name, future, console)) console.line(line);
      break;
    case "json":
      console.line(planJson(checked.name, future));
      break;
    case "mermaid":
      console.raw(planMermaid(future));
      break;
    case "dot":
      console.raw(planDot(checked.name, future));
      break;
    case "svg": {
      // The layout library is loaded only where something is drawn.
      const { planSvg } = await import("../render/plan-svg.ts");
      console.raw(planSvg(checked.name, future));
    }
  }
  return EXIT.done;
}

/** Times are seconds, rounded to milliseconds; `null` stands for never. */
function planJson(name: string, { services, ...rest }: Forecast): string {
  return JSON.stringify({ stack: name, ...rest, services: [...services.values()] }, (_, value: unknown) =>
    typeof value === "number" ? (Number.isFinite(value) ? Math.round(value * 1000) / 1000 : null) : value,
  );
}
