import { probe, service, stack } from "stackwright";

/** A worker that serves nothing; a script in its image tells whether it works. */
export const worker = service("worker", {
  build: "./worker",
  // Process 1 has to pass the signal on which the container is stopped.
  init: true,
  healthcheck: probe.fromImage({ startPeriod: "5s", startInterval: "500ms" }),
});

export default stack("worker-script", [worker]);
