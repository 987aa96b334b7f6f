import { type Config, config, type Dependency, probe, type ServiceSpec, type ServiceWithHealthcheck, service } from "stackwright";
import { type LoadBalancer, nginxConfiguration } from "./nginx-configuration.ts";

/** nginx on port 80, in front of the servers; it waits until they are healthy, whose names it must be able to resolve. */
export function loadBalancer(
  name: string,
  {
    servers,
    balancing,
    ...spec
  }: LoadBalancer & Omit<ServiceSpec, "image" | "configs" | "healthcheck"> & { readonly dependsOn: readonly Dependency[] },
): ServiceWithHealthcheck {
  const site: Config = config(`${name}-conf`, {
    content: nginxConfiguration({ servers, ...(balancing === undefined ? {} : { balancing }) }),
  });
  return service(name, {
    image: "nginx:1.26",
    ...spec,
    configs: [site.at("/etc/nginx/conf.d/default.conf")],
    healthcheck: probe.nginx({ path: "/nginx-health" }),
  });
}
