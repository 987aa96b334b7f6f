import type { ServerProbe } from "../../catalogue/servers.ts";
import { isOlder } from "../../facts/version.ts";
import { addressIn, type Context } from "../context.ts";
import { ncWays } from "../conversation/nc.ts";
import { conversationWays } from "../conversation/ways.ts";
import { httpWays } from "../http/ways.ts";
import { quote } from "../quote.ts";
import { exec, script, type Way, wholeSeconds } from "../way.ts";

/** A web server's page: nginx, Apache. */
export function webWays({ port = 80, path = "/" }: ServerProbe, context: Context): readonly Way[] {
  return httpWays({ port, path }, context);
}

/** The admin endpoint, which has no "apps" before a configuration is loaded, or the site. */
export function caddyWays({ port, path }: ServerProbe, context: Context): readonly Way[] {
  return httpWays(port === undefined ? { port: 2019, path: "/config/apps" } : { port, path: path ?? "/" }, context);
}

/** Traefik's own client; it finds the ping by the same configuration as the server. */
export function traefikWays({ port }: ServerProbe, context: Context): readonly Way[] {
  if (port !== undefined) return httpWays({ port, path: "/ping" }, context);
  return [exec("traefik", ["traefik", "healthcheck", "--ping"], { unlimited: true })];
}

/** The cluster waits for itself, for a second less than the probe does. */
export function searchWays(
  { port = 9200, login, scheme = login === undefined ? "http" : "https" }: ServerProbe,
  context: Context,
): readonly Way[] {
  const path = `/_cluster/health?wait_for_status=yellow&timeout=${Math.max(1, Math.floor(context.limit) - 1)}s` as const;
  return httpWays({ port, path, scheme, ...(login === undefined ? {} : { login }) }, context);
}

/** A page of the server's own that says whether it is ready. */
export function statusPage(port: number, path: `/${string}`, contains?: string) {
  return (probe: ServerProbe, context: Context): readonly Way[] =>
    httpWays({ port: probe.port ?? port, path, ...(contains === undefined ? {} : { contains }) }, context);
}

/** Readiness, which has a port of its own since version 25. */
export function keycloakWays({ port }: ServerProbe, context: Context): readonly Way[] {
  const { image } = context;
  const isOld = image?.repository === "quay.io/keycloak/keycloak" && isOlder(image.tag, [25]);
  return httpWays({ port: port ?? (isOld ? 8080 : 9000), path: "/health/ready" }, context);
}

/** Vault's health; what a sealed one answers can be asked for. */
export function vaultWays({ port = 8200, sealedIsHealthy }: ServerProbe, context: Context): readonly Way[] {
  const sealed = sealedIsHealthy === true ? "&sealedcode=200&uninitcode=200" : "";
  return httpWays({ port, path: `/v1/sys/health?standbyok=true&perfstandbyok=true${sealed}` }, context);
}

/** The frontend listens on the container's first address, not on the loopback. */
export function temporalWays({ port = 7233 }: ServerProbe, { host }: Context): readonly Way[] {
  const address = host === undefined ? `"$(hostname -i | cut -d' ' -f1):${port}"` : quote(`${host}:${port}`);
  const health = `temporal operator cluster health --address ${address}`;
  // The client may exit with 0 and say NOT_SERVING.
  const judged = `state=$(${health}) || exit 1; case $state in SERVING|*[!A-Z_]SERVING) ;; *) echo "$state"; exit 1 ;; esac`;
  return [script("temporal", judged, { unlimited: true })];
}

/** FCGI_GET_VALUES, a management record: a worker answers it, and no script runs. */
export function phpFpmWays({ port = 9000 }: ServerProbe, context: Context): readonly Way[] {
  const record = "\x01\t\0\0\0\0\0\0";
  const wait = wholeSeconds(context.limit);
  const host = addressIn(context);
  const php = [
    `$s=@stream_socket_client("tcp://${host}:${port}",$e,$m,${wait});if(!$s){echo $m;exit(1);}`,
    `stream_set_timeout($s,${wait});fwrite($s,"\\x01\\x09\\0\\0\\0\\0\\0\\0");exit(fread($s,1)==="\\x01"?0:1);`,
  ].join("");
  return [
    ...conversationWays({ port, say: record, expect: "\x01" }, context).filter((way) => way.tool === "bash" || way.tool === "perl"),
    exec("php", ["php", "-n", "-r", php]),
    ...ncWays({ host, port }, context.limit).map((way) => ({ ...way, remark: "nc proves only that the port is open" })),
  ];
}
