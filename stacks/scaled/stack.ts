import { probe, service, stack } from "stackwright";
import { redis } from "../shared/redis.ts";

const deploy = { replicas: 3 } as const;

/** Three web servers. No fixed port of the host: only one of them could have it. */
export const web = service("web", { image: "httpd:2.4", ports: ["80"], deploy, healthcheck: probe.httpd() });

/** Three stores, each with data of its own. */
export const store = redis("store", { deploy });

export default stack("scaled", [web, store]);
