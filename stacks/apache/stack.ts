import { probe, service, stack } from "stackwright";

/** Apache with the page that it brings. */
export const web = service("web", {
  image: "httpd:2.4",
  ports: ["8081:80"],
  restart: "always",
  healthcheck: probe.httpd(),
});

export default stack("apache", [web]);
