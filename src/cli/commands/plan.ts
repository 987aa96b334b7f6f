import { type LaunchPlan, planLaunch } from "../../drive/launch-plan.ts";
import { wavesOf } from "../../drive/waves.ts";
import { EXIT } from "../exit-code.ts";
import { openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";

/** Shows the waves in which the services of a stack start. */
export async function plan(console: Console, name: string, options: { cwd: string; json?: boolean; profile?: string[] }): Promise<number> {
  const { checked, project } = await openStack(name, options.cwd, { profiles: options.profile });
  const launchPlan = planLaunch(checked, project.profiles);
  const waves = wavesOf(launchPlan);
  if (options.json === true) console.line(JSON.stringify({ stack: checked.name, waves }));
  else {
    waves.forEach((wave, index) => {
      console.line(console.style.bold(`wave ${index + 1}`));
      for (const service of wave) console.line(`  ${service}${conditionsOf(launchPlan, service)}`);
    });
  }
  return EXIT.done;
}

const WORDS = { service_started: "started", service_healthy: "healthy", service_completed_successfully: "completed" } as const;

function conditionsOf({ services }: LaunchPlan, service: string): string {
  const conditions = [...(services.get(service)?.dependsOn ?? [])].map(([on, { condition }]) => `${on} is ${WORDS[condition]}`);
  return conditions.length === 0 ? "" : `, when ${conditions.join(" and ")}`;
}
