import { probe, service, stack } from "stackwright";
import { FLASK_PORT, flaskImage } from "../shared/flask.ts";

const image = flaskImage.healthcheck(probe.http({ port: FLASK_PORT, path: "/health", interval: "10s", timeout: "3s", startPeriod: "5s" }));

/** A Flask application whose health can be broken: `curl -X POST localhost:8089/break`. Its image brings the health check. */
export const app = service("app", {
  build: { context: "./app", dockerfile: image },
  ports: [`8089:${FLASK_PORT}`],
});

export default stack("flask-health", [app]);
