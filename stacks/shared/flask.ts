import { join, relative } from "node:path";
import { probe, type ServiceSpec, type ServiceWithHealthcheck, service } from "stackwright";

/** The port on which every Flask application of these stacks listens. */
export const FLASK_PORT = 5000;

/**
 * A Flask application: a folder with `app.py` and `requirements.txt`, built with the Dockerfile that all of them share.
 * Healthy when `/health` answers.
 *
 * @param folder the application's folder, absolute.
 */
export function flask(name: string, folder: string, spec: Omit<ServiceSpec, "build" | "healthcheck"> = {}): ServiceWithHealthcheck {
  return service(name, {
    build: { context: folder, dockerfile: relative(folder, join(import.meta.dirname, "flask.Dockerfile")) },
    ...spec,
    healthcheck: probe.http({ port: FLASK_PORT, path: "/health", via: "python3" }),
  });
}
