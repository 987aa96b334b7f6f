import { probe, type ServiceSpec, type ServiceWithHealthcheck, service } from "stackwright";

/** Redis on port 6379; its data are in /data. */
export function redis(name: string, spec: Omit<ServiceSpec, "image" | "healthcheck"> = {}): ServiceWithHealthcheck {
  return service(name, { image: "redis:7", ...spec, healthcheck: probe.redis() });
}
