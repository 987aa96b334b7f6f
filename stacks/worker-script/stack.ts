import { inDockerfile, probe, service, stack } from "stackwright";

/** A worker that serves nothing; a script in its image tells whether it works. */
export const worker = service("worker", {
  build: "./worker",
  // Process 1 has to pass on the signal that stops the container.
  init: true,
  healthcheck: inDockerfile(probe.script("/app/healthcheck.sh", { interval: "10s", timeout: "3s", startPeriod: "5s" })),
});

export default stack("worker-script", [worker]);
