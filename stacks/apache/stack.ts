import { probe, service, stack } from "stackwright";

/** Apache with the page that it brings. Its image has no HTTP client, but a shell that can open a connection. */
export const web = service("web", {
  image: "httpd:2.4",
  ports: ["8081:80"],
  restart: "always",
  healthcheck: probe.tcp({ port: 80, via: "bash" }),
});

export default stack("apache", [web]);
