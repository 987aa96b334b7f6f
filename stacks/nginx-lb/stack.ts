import { stack } from "stackwright";
import { FLASK_PORT, flask } from "../shared/flask.ts";
import { loadBalancer } from "../shared/nginx.ts";

const app = (name: string) => flask(name, `${import.meta.dirname}/app`, { environment: { APP_NAME: name } });

const one = app("app-1");
const two = app("app-2");
const three = app("app-3");

/** nginx in front of three applications, which it takes in turn. */
export const balancer = loadBalancer("balancer", {
  balancing: { by: "round-robin" },
  servers: [
    { host: one.host, port: FLASK_PORT, maxFails: 1, failTimeout: "5s" },
    { host: two.host, port: FLASK_PORT, maxFails: 1, failTimeout: "5s" },
    { host: three.host, port: FLASK_PORT, maxFails: 1, failTimeout: "5s" },
  ],
  ports: ["8080:80"],
  dependsOn: [one.healthy(), two.healthy(), three.healthy()],
});

export default stack("nginx-lb", [balancer]);
