import { atService, eachService } from "../judging.ts";
import { rule } from "../rule.ts";

// What happens to the container as a whole: nothing is copied into it.
const WITHOUT_TARGET = ["rebuild", "restart"];

export const WATCH_WITHOUT_TARGET = rule({
  name: "watch-without-target",
  severity: "error",
  refuses: "every stack",
  summary: "Watched files are copied into the container, and nothing says where to.",
  why: "Compose refuses the file.",
  fix: 'Write `target`, the path in the container, or `action: "rebuild"`.',
  bad: `services:
  web:
    build: .
    develop:
      watch:
        - action: sync
          path: ./src
`,
  good: `services:
  web:
    build: .
    develop:
      watch:
        - action: sync
          path: ./src
          target: /app/src
`,
  sources: ["Measured: `docker compose config` 2.40 refuses it"],
  judge: eachService((service) =>
    (service.model.develop?.watch ?? []).flatMap(({ action, target }, index) => {
      if (target !== undefined || typeof action !== "string" || WITHOUT_TARGET.includes(action)) return [];
      const message = `the action "${action}" needs a target, the path in the container that gets the files (write target: "/app")`;
      return [atService(service, `develop.watch.${index}`, message)];
    }),
  ),
});
