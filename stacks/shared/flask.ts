import { from, probe, type ServiceSpec, type ServiceWithHealthcheck, service } from "stackwright";

/** The port on which every Flask application of these stacks listens. */
export const FLASK_PORT = 5000;

/** The image of any Flask application: a folder with `requirements.txt`, and `app.py` with `app` in it. */
export const flaskImage = from("python:3.13-slim")
  .workdir("/app")
  .copy("requirements.txt", ".")
  .run("pip install --no-cache-dir --root-user-action ignore -r requirements.txt")
  .copy(".", ".")
  .expose(FLASK_PORT)
  .comment("On SIGTERM gunicorn takes no new connections and answers the requests that it has.")
  .cmd(["gunicorn", "--bind", `0.0.0.0:${FLASK_PORT}`, "--threads", "8", "--worker-tmp-dir", "/dev/shm", "app:app"]);

/**
 * A Flask application, healthy when `/health` answers.
 *
 * @param folder the application's folder, absolute.
 */
export function flask(name: string, folder: string, spec: Omit<ServiceSpec, "build" | "healthcheck"> = {}): ServiceWithHealthcheck {
  return service(name, {
    build: { context: folder, dockerfile: flaskImage },
    ...spec,
    healthcheck: probe.http({ port: FLASK_PORT, path: "/health" }),
  });
}
