import { execa } from "execa";
import { expect, it } from "vitest";
import { type LoadBalancer, nginxConfiguration } from "../../../stacks/shared/nginx.ts";
import { describeWithImages } from "./system.ts";

// Addresses, because nginx resolves names when it reads them.
const one = { host: "127.0.0.1", port: 5001 } as const;
const two = { host: "127.0.0.2", port: 5002 } as const;

const ACCEPTED: readonly (readonly [string, LoadBalancer])[] = [
  ["round robin", { servers: [one, two] }],
  [
    "every parameter",
    {
      servers: [
        { ...one, weight: 3, maxConns: 100, maxFails: 2, failTimeout: "30s" },
        { ...two, backup: true },
      ],
    },
  ],
  ["a server that is down", { servers: [one, { ...two, down: true }], balancing: { by: "ip-hash" } }],
  ["least connections", { servers: [one, two], balancing: { by: "least-connections" } }],
  ["hash", { servers: [one, two], balancing: { by: "hash", key: 'a "quoted" $request_uri', consistent: true } }],
  ["random", { servers: [one, two], balancing: { by: "random" } }],
  ["the better one of two", { servers: [one, two], balancing: { by: "random", two: true } }],
];

describeWithImages("nginx", () => {
  it.each(ACCEPTED)("must accept the configuration for %s", async (_, balancer) => {
    const { exitCode, stderr } = await nginxTest(nginxConfiguration(balancer));
    expect(stderr).toContain("test is successful");
    expect(exitCode).toBe(0);
  });

  it("must refuse one that is broken, so that this test can fail", async () => {
    const { exitCode } = await nginxTest(nginxConfiguration({ servers: [one] }).replace("server 127", "sever 127"));
    expect(exitCode).not.toBe(0);
  });
});

function nginxTest(configuration: string) {
  const script = "cat >/etc/nginx/conf.d/default.conf && nginx -t";
  return execa("docker", ["run", "--rm", "--interactive", "nginx:1.26", "sh", "-c", script], { input: configuration, reject: false });
}
