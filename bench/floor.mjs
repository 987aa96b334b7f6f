// The floor: a plain object of the same document, written by `yaml`, and nothing else.
import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { GRAPHS } from "./graph.mjs";

const [, , count, file, graph] = process.argv;
const services = {};
for (let index = 0; index < Number(count); index++) {
  const needed = GRAPHS[graph](index, Number(count));
  services[`service-${index}`] = {
    image: "example/app:1.0",
    environment: { LOG_LEVEL: "info", INDEX: String(index) },
    ...(needed.length === 0
      ? {}
      : { depends_on: Object.fromEntries(needed.map((each) => [`service-${each}`, { condition: "service_healthy", required: true }])) }),
    healthcheck: {
      test: ["CMD", "wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health"],
      interval: "10s",
      timeout: "5s",
      retries: 3,
      start_period: "30s",
      start_interval: "500ms",
    },
    ports: [{ mode: "ingress", target: 8080, published: String(20000 + index), protocol: "tcp" }],
    networks: { backend: null },
  };
}
writeFileSync(file, stringify({ name: "bench", services, networks: { backend: {} } }));
