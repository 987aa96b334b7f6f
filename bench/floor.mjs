// The floor: a plain object of the same document, written by `yaml`, and nothing else.
import { writeFileSync } from "node:fs";
import { stringify } from "yaml";

const [, , count, file] = process.argv;
const services = {};
for (let index = 0; index < Number(count); index++) {
  services[`service-${index}`] = {
    image: "example/app:1.0",
    environment: { LOG_LEVEL: "info", INDEX: String(index) },
    ...(index === 0
      ? {}
      : { depends_on: { [`service-${Math.floor((index - 1) / 10) * 10}`]: { condition: "service_healthy", required: true } } }),
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
