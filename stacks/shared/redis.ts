import { probe, type ServiceSpec, type ServiceWithHealthcheck, service } from "stackwright";

/** Redis on port 6379. Healthy when it answers PONG: redis-cli exits with 0 for an error, so that its word counts. */
export function redis(name: string, spec: Omit<ServiceSpec, "image" | "healthcheck"> = {}): ServiceWithHealthcheck {
  return service(name, {
    image: "redis:7",
    ...spec,
    healthcheck: probe.shell('answer=$(redis-cli ping) && echo "$answer" && [ "$answer" = PONG ]'),
  });
}
