import { service } from "stackwright";
import { describe } from "vitest";
import { a, refuses } from "./issues.ts";

const ACCEPTED = '(write "8080:80", "127.0.0.1:8080:80", "53:53/udp" or { target: 80, published: 8080 })';
const b = (ports: object) => service("b", { image: "x", ports: ports as [] });

describe("ports", () => {
  refuses([
    ["a word", () => a({ ports: ["http"] }), `a.ports.0  "http" is not a port ${ACCEPTED}`],
    ["port 0 in the container", () => a({ ports: ["8080:0"] }), `a.ports.0  "8080:0" is not a port ${ACCEPTED}`],
    ["a port above 65535", () => a({ ports: [65536] }), `a.ports.0  65536 is not a port ${ACCEPTED}`],
    ["a range that runs backwards", () => a({ ports: ["8010-8000:80"] }), `a.ports.0  "8010-8000:80" is not a port ${ACCEPTED}`],
    ["ranges of different lengths", () => a({ ports: ["8000-8002:80-81"] }), `a.ports.0  "8000-8002:80-81" is not a port ${ACCEPTED}`],
    ["a host name as an address", () => a({ ports: ["localhost:80:80"] }), `a.ports.0  "localhost:80:80" is not a port ${ACCEPTED}`],
    [
      "an address that is a MAC",
      () => a({ ports: [{ target: 80, hostIp: "02:42:ac:11:00:03" }] }),
      'a.ports.0.hostIp  "02:42:ac:11:00:03" is not an address of the host (write "127.0.0.1" or "::1")',
    ],
    [
      "a long form without a target",
      () => a({ ports: [{ published: 80 }] }),
      "a.ports.0.target  is required (write a number from 1 to 65535)",
    ],
    [
      "a protocol",
      () => a({ ports: [{ target: 80, protocol: "http" }] }),
      'a.ports.0.protocol  "http" is not accepted here (write "tcp", "udp", "sctp")',
    ],
    ["an exposed word", () => a({ expose: ["http"] }), 'a.expose.0  "http" is not a port (write 80, "8000-8010" or "53/udp")'],
    ["an exposed mapping", () => a({ expose: ["80:80"] }), 'a.expose.0  "80:80" is not a port (write 80, "8000-8010" or "53/udp")'],
    ["an exposed port above 65535", () => a({ expose: [70000] }), 'a.expose.0  70000 is not a port (write 80, "8000-8010" or "53/udp")'],
    ["one host port twice in a service", () => a({ ports: ["80:80", "80:81"] }), 'a.ports  host port 80/tcp is published by "a" already'],
    [
      "one host port in two services",
      () => [a({ ports: ["80:80"] }), b(["80:8080"])],
      'b.ports  host port 80/tcp is published by "a" already',
    ],
    [
      "one address and all addresses",
      () => [a({ ports: ["127.0.0.1:80:80"] }), b(["80:80"])],
      'b.ports  host port 80/tcp is published by "a" already',
    ],
    [
      "the same address",
      () => [a({ ports: ["127.0.0.1:80:80"] }), b([{ target: 81, published: 80, hostIp: "127.0.0.1" }])],
      'b.ports  host port 80/tcp is published by "a" already',
    ],
    [
      "all addresses, written out",
      () => [a({ ports: ["0.0.0.0:80:80"] }), b(["127.0.0.2:80:80"])],
      'b.ports  host port 80/tcp is published by "a" already',
    ],
    [
      "ranges that overlap",
      () => [a({ ports: ["8000-8002:80-82"] }), b(["8002-8003:80-81"])],
      'b.ports  host port 8002/tcp is published by "a" already',
    ],
    [
      "a range whose ports are all taken",
      () => [a({ ports: ["8000-8001:80-81"] }), b(["8000-8001:80"])],
      'b.ports  none of the host ports 8000-8001/tcp is free: "a" publishes them',
    ],
    ["replicas on one host port", () => a({ deploy: { replicas: 2 }, ports: ["80:80"] }), "a.ports  2 replicas can't share host port 80"],
    ["scale on one host port", () => a({ scale: 3, ports: ["80:80"] }), "a.ports  3 replicas can't share host port 80"],
  ]);
});
