import { probe, service, stack } from "stackwright";

/** A Flask application whose health can be broken: `curl -X POST localhost:8089/break`. */
export const app = service("app", {
  build: "./app",
  ports: ["8089:8080"],
  healthcheck: probe.fromImage({ startPeriod: "5s", startInterval: "500ms" }),
});

export default stack("flask-health", [app]);
