import { eachBuild } from "../dockerfile-builds.ts";
import { atDockerfile } from "../judging.ts";
import { rule } from "../rule.ts";

export const PORT_HARD_CODED = rule({
  name: "port-hard-coded",
  severity: "info",
  summary: "The health check asks a fixed port, and the image has a variable for it.",
  why: "Whoever sets PORT to something else makes the container unhealthy for ever.",
  fix: "Write the variable, in the shell form: `http://127.0.0.1:${PORT}/`.",
  bad: `FROM nginx:1.29
ENV PORT=8080
HEALTHCHECK CMD curl -f http://127.0.0.1:8080/
`,
  good: `FROM nginx:1.29
ENV PORT=8080
HEALTHCHECK CMD curl -f http://127.0.0.1:$PORT/
`,
  sources: ["https://docs.docker.com/reference/dockerfile/#environment-replacement"],
  judge: eachBuild(({ config: { env, healthcheck } }, dockerfile) => {
    const port = env.get("PORT");
    if (port === undefined || !/^\d{2,5}$/.test(port) || healthcheck?.type !== "CMD") return [];
    const { text, span } = healthcheck.command;
    if (!new RegExp(`:${port}(?!\\d)`).test(text) || /\bPORT\b/.test(text)) return [];
    return [atDockerfile(dockerfile, span.start, `it asks port ${port}, which the image's PORT says`, { hint: "write $PORT" })];
  }),
});

export const CUSTOM_SHELL = rule({
  name: "custom-shell",
  severity: "info",
  summary: "SHELL changes what runs the health check, also one that is written in Compose.",
  why: "The engine runs CMD-SHELL by the image's SHELL: options such as `-e` and `pipefail` hold there, and what is no shell fails.",
  fix: "Write the exec form where the shell must not matter.",
  bad: `FROM nginx:1.29
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
HEALTHCHECK CMD curl -f http://127.0.0.1/ | grep -q ok
`,
  good: `FROM nginx:1.29
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
HEALTHCHECK CMD ["curl", "-f", "http://127.0.0.1/"]
`,
  sources: ["moby/moby daemon/health.go"],
  judge: eachBuild(({ config: { shell, healthcheck } }, dockerfile) => {
    if (shell === undefined || healthcheck?.type !== "CMD" || healthcheck.exec !== undefined) return [];
    if (shell.length === 2 && /\/?(sh|ash|bash)$/.test(shell[0] ?? "") && shell[1] === "-c") return [];
    return [atDockerfile(dockerfile, healthcheck.command.span.start, `it is run by ${shell.join(" ")}`)];
  }),
});
