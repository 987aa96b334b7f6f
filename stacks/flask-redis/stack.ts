import { stack, volume } from "stackwright";
import { FLASK_PORT, flask } from "../shared/flask.ts";
import { redis } from "../shared/redis.ts";

const hits = volume("hits");

/** Keeps the count. */
export const store = redis("redis", { volumes: [hits.at("/data")], restart: "always" });

/** Counts its visitors. */
export const counter = flask("flask", `${import.meta.dirname}/app`, {
  environment: { REDIS_HOST: store.host },
  ports: [`9000:${FLASK_PORT}`],
  restart: "always",
  dependsOn: [store.healthy()],
});

export default stack("flask-redis", [counter]);
