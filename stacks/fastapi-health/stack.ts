import { inDockerfile, probe, service, stack } from "stackwright";

/** A FastAPI application. The probe goes into its Dockerfile as `HEALTHCHECK`, so that the image has it wherever it runs. */
export const api = service("api", {
  build: "./app",
  ports: ["8000:8000"],
  healthcheck: inDockerfile(
    probe.http({
      port: 8000,
      path: "/health",
      // Slim images have no curl, but this one has Python.
      via: "python3",
      interval: "30s",
      timeout: "10s",
      startPeriod: "5s",
    }),
  ),
});

export default stack("fastapi-health", [api]);
