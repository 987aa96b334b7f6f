import { createServer } from "node:http";
import { network, service, volume } from "../../src/index.ts";
import { box, type Scenario, STAY } from "./scenario.ts";

const failed = (cause: string, culprit = "web", victims: readonly string[] = ["app"]) =>
  ({ verdict: "failed", exitCode: 7, culprit, cause, victims }) as const;

const withDependent = (web: ReturnType<typeof box>) => [box("app", STAY, { dependsOn: [web.started()] }), web];
const built = (dockerfileInline: string) => () => withDependent(service("web", { build: { context: ".", dockerfileInline } }));

const TAKEN = 18977;
const REGISTRIES = { missing: 18978, denied: 18979 };

/** What goes wrong before anything runs. */
export const CREATION: readonly Scenario[] = [
  {
    name: "port-taken",
    services: () => withDependent(box("web", STAY, { ports: [`${TAKEN}:80`] })),
    before: async ({ docker, project }) => {
      await docker("run", "-d", "--name", `${project}-holder`, "-p", `${TAKEN}:80`, "busybox:1.37", "sleep", "1000");
      return () => docker("rm", "-f", `${project}-holder`);
    },
    expect: failed("port-taken"),
  },
  {
    name: "command-not-found",
    services: () => withDependent(service("web", { image: "busybox:1.37", command: ["serve-it"] })),
    expect: failed("command-not-found"),
  },
  {
    name: "mount-missing",
    services: () => withDependent(box("web", STAY)),
    patch: {
      services: {
        web: { volumes: [{ type: "bind", source: "./not-there.conf", target: "/etc/app.conf", bind: { create_host_path: false } }] },
      },
    },
    expect: failed("mount-missing"),
  },
  {
    name: "mount-of-a-folder-on-a-file",
    services: () => withDependent(box("web", STAY)),
    patch: { services: { web: { volumes: ["/usr:/etc/passwd"] } } },
    expect: failed("mount-missing"),
  },
  {
    name: "image-missing",
    services: () => withDependent(service("web", { image: `127.0.0.1:${REGISTRIES.missing}/shop/web:1` })),
    before: () => registry(REGISTRIES.missing, 404, '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}'),
    expect: failed("image-missing"),
  },
  {
    name: "image-denied",
    services: () => withDependent(service("web", { image: `127.0.0.1:${REGISTRIES.denied}/shop/web:1` })),
    before: () => registry(REGISTRIES.denied, 403, '{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}'),
    expect: failed("image-denied"),
  },
  {
    name: "registry-unreachable",
    services: () => withDependent(service("web", { image: "127.0.0.1:1/shop/web:1" })),
    expect: failed("registry-unreachable"),
  },
  {
    name: "build-failed",
    services: built("FROM busybox:1.37\nRUN echo preparing\nRUN echo the compiler says no >&2; exit 3\n"),
    expect: failed("build-failed"),
  },
  { name: "dockerfile-misspelt", services: built("FORM busybox:1.37\n"), expect: failed("build-failed") },
  { name: "build-file-missing", services: built("FROM busybox:1.37\nCOPY absent.txt /\n"), expect: failed("build-failed") },
  {
    name: "network-absent",
    services: () => withDependent(box("web", STAY, { networks: [network("outer", { external: true, name: "verdict-not-there" })] })),
    expect: failed("network-absent"),
  },
  {
    name: "volume-absent",
    services: () =>
      withDependent(box("web", STAY, { volumes: [volume("data", { external: true, name: "verdict-not-there" }).at("/data")] })),
    expect: failed("volume-absent"),
  },
  {
    name: "name-in-use",
    services: () => withDependent(box("web", STAY, { containerName: "verdict-of-another" })),
    before: async ({ docker }) => {
      await docker("create", "--name", "verdict-of-another", "busybox:1.37");
      return () => docker("rm", "-f", "verdict-of-another");
    },
    expect: failed("name-in-use"),
  },
  {
    name: "env-file-missing",
    services: () => withDependent(box("web", STAY, { envFile: ["./web.env"] })),
    expect: failed("env-file-missing"),
  },
];

/** A registry that answers every question about a manifest with the same refusal. */
async function registry(port: number, status: number, body: string): Promise<() => Promise<unknown>> {
  const server = createServer((request, response) => {
    const isPing = request.url === "/v2/";
    response.writeHead(isPing ? 200 : status, { "content-type": "application/json", "docker-distribution-api-version": "registry/2.0" });
    response.end(isPing ? "{}" : body);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return async () => {
    server.closeAllConnections();
    server.close();
  };
}
