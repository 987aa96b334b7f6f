import { probe, service, stack } from "stackwright";

/** A FastAPI application on port 8000. Its image brings the health check, so that it has one wherever it runs. */
export const api = service("api", {
  build: "./app",
  ports: ["8000:8000"],
  healthcheck: probe.fromImage({ startPeriod: "5s", startInterval: "500ms" }),
});

export default stack("fastapi-health", [api]);
