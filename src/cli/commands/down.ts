import { runCompose } from "../../drive/compose.ts";
import { openEngine } from "../../drive/engine/engine.ts";
import { requireEngine } from "../../drive/requirements.ts";
import { writeFiles } from "../../drive/write-files.ts";
import { StackError } from "../../errors.ts";
import { EXIT } from "../exit-code.ts";
import { openStack } from "../opened-stack.ts";
import type { Console } from "../render/console.ts";

/** Stops and removes the containers and networks of a stack; its volumes only if asked. */
export async function down(console: Console, name: string, options: { cwd: string; json?: boolean; volumes?: boolean }): Promise<number> {
  // Every profile: what was started with one must go too.
  const { checked, layout, files, project } = await openStack(name, options.cwd, { profiles: ["*"] });
  const engine = openEngine();
  try {
    await requireEngine(engine);
  } finally {
    engine.close();
  }
  await writeFiles(layout.outputFolder, files);
  const args = ["down", "--remove-orphans", ...(options.volumes === true ? ["--volumes"] : [])];
  const json = options.json === true;
  const { exitCode, stderr } = await runCompose(project, args, json ? {} : { onLine: (line) => console.line(console.style.dim(line)) });
  if (exitCode !== 0)
    throw StackError.of(
      "create-failed",
      `Docker Compose could not take ${name} down:\n    ${stderr.trim().split("\n").slice(-5).join("\n    ")}`,
    );
  const volumes = [...checked.volumes.keys()];
  const kept = options.volumes === true ? [] : volumes;
  if (json) console.line(JSON.stringify({ stack: name, down: true, keptVolumes: kept }));
  else console.line(`${name} is down${kept.length === 0 ? "" : `; kept volumes: ${kept.join(", ")}`}`);
  return EXIT.done;
}
