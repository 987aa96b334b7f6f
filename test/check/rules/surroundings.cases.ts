import { needs, network, probe, service, stack, startAfter } from "stackwright";
import type { RuleCases } from "./case.ts";

const WEB = "services:\n  web:\n    image: nginx:1.29\n";
const IN_FRONT = "    networks: [front]\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back:\n";
const told = (text: string, rest = IN_FRONT) => `${WEB}    environment:\n      ${text}\n${rest}`;
const bind = (options: string) =>
  `${WEB}    volumes:\n      - type: bind\n        source: ./conf\n        target: /etc/nginx\n        ${options}\n`;

/** Cases of what is around the services of a stack: files of the host, networks, what is defined beside them. */
export const CASES: RuleCases = {
  "missing-build-file": {
    triggers: [
      { title: "no folder", of: "services:\n  web:\n    build: ./api\n", at: ["web.build.context"], says: /^there is no folder .*api$/ },
      {
        title: "no Dockerfile, at the line that names it",
        of: "services:\n  web:\n    build:\n      context: ./api\n      dockerfile: prod.Dockerfile\n",
        files: { "api/Dockerfile": "FROM busybox:1.37\n" },
        at: [5],
        says: /there is no prod\.Dockerfile in .*api$/,
      },
      {
        title: "an image that may be there without being built",
        of: `${WEB}    build: ./api\n`,
        severity: "warning",
      },
      { title: "in TypeScript", of: stack("s", [service("a", { build: "./api" })]), at: ["a.build.context"] },
    ],
    misses: [
      {
        title: "a folder with a Dockerfile",
        of: "services:\n  web:\n    build: ./api\n",
        files: { "api/Dockerfile": "FROM busybox:1.37\n" },
      },
      { title: "a folder on another machine", of: "services:\n  web:\n    build: https://github.com/acme/api.git\n" },
      { title: "a folder that a variable names", of: "services:\n  web:\n    build: ${API}\n" },
    ],
  },
  "missing-bind-source": {
    triggers: [
      { title: "the engine refuses it", of: bind("bind: { create_host_path: false }"), at: ["web.volumes.0"] },
      {
        title: "a file that becomes a folder, at its line",
        of: `${WEB}    volumes:\n      - pages:/pages\n      - ./nginx.conf:/etc/nginx/nginx.conf:ro\nvolumes:\n  pages:\n`,
        at: [6],
        severity: "warning",
        says: /makes a folder of that name$/,
      },
      { title: "a folder that is only read", of: `${WEB}    volumes: ["./pages:/usr/share/nginx/html:ro"]\n`, severity: "warning" },
      { title: "a folder that belongs to root", of: `${WEB}    user: "1000"\n    volumes: ["./data:/data"]\n`, severity: "warning" },
    ],
    misses: [
      { title: "an empty folder for data", of: `${WEB}    volumes: ["./data:/data", "./conf.d:/etc/nginx/conf.d"]\n` },
      { title: "one that is there", of: `${WEB}    volumes: ["./a.conf:/a.conf"]\n`, files: { "a.conf": "" } },
      { title: "one of this very machine", of: `${WEB}    volumes: ["/nowhere/a.conf:/a.conf", "~/nowhere.conf:/b.conf"]\n` },
    ],
  },
  "missing-env-file": {
    triggers: [
      {
        title: "one of two",
        of: stack("s", [service("a", { image: "x", envFile: ["./a.env", "./b.env"] })]),
        files: { "a.env": "" },
        at: ["a.envFile.1"],
      },
    ],
    misses: [{ title: "one that is there", of: stack("s", [service("a", { image: "x", envFile: "./a.env" })]), files: { "a.env": "" } }],
  },
  "missing-source-file": {
    triggers: [
      { title: "a config", of: `${WEB}    configs: [site]\nconfigs:\n  site:\n    file: ./site.conf\n`, at: ["site.file"] },
      {
        title: "a secret, which may be put there where it is launched",
        of: `${WEB}    secrets: [key]\nsecrets:\n  key:\n    file: ./key\n`,
        severity: "warning",
      },
    ],
    misses: [
      {
        title: "one that is there",
        of: `${WEB}    configs: [site]\nconfigs:\n  site:\n    file: ./site.conf\n`,
        files: { "site.conf": "" },
      },
      { title: "one that nobody uses", of: `${WEB}configs:\n  site:\n    file: ./site.conf\n` },
      { title: "a variable", of: `${WEB}    secrets: [key]\nsecrets:\n  key:\n    environment: KEY\n` },
    ],
  },
  "ports-on-internal-network": {
    triggers: [
      {
        title: "in TypeScript",
        of: stack("s", [service("a", { image: "x", ports: ["80:80"], networks: [network("n", { internal: true })] })]),
        at: ["a.ports"],
        says: /"n" is internal$/,
      },
    ],
    misses: [
      { title: "one network of two", of: `${WEB}    ports: ["80"]\n    networks: [a, b]\nnetworks:\n  a: { internal: true }\n  b:\n` },
      { title: "no ports", of: `${WEB}    networks: [a]\nnetworks:\n  a: { internal: true }\n` },
      {
        title: "a network that somebody else made",
        of: `${WEB}    ports: ["80"]\n    networks: [a]\nnetworks:\n  a: { external: true }\n`,
      },
    ],
  },
  "service-out-of-reach": {
    triggers: [
      {
        title: "an address, at its line",
        of: told('DATABASE: "postgres://app:x@db/shop"'),
        at: [5],
        says: /"db" is on none of the networks/,
      },
      { title: "a name and a port among others", of: told('BROKERS: "cache:6379,db:5432"') },
      { title: "a variable for hosts", of: told("DB_HOST: db") },
      { title: "a command", of: `${WEB}    command: ["wait-for", "db:5432"]\n${IN_FRONT}`, at: ["web.command"] },
      {
        title: "the network of another service",
        of: `services:\n  web:\n    image: nginx:1.29\n    network_mode: "service:vpn"\n    environment: { URL: "http://db:80/" }\n  vpn:\n    image: x\n${IN_FRONT}`,
      },
    ],
    misses: [
      { title: "a dependency alone", of: `${WEB}    depends_on: [db]\n${IN_FRONT}` },
      { title: "a word that is no host", of: told("MODE: db\n      TITLE: use db, not http\n      PATH_OF: /db:80/x") },
      { title: "a part of another name", of: told('A: "http://my-db:80/"\n      B: "http://db.example.com/"\n      C: "redb:5432"') },
      {
        title: "an alias on a network that both have",
        of: told(
          "DB_HOST: db",
          "    networks: [front]\n  proxy:\n    image: x\n    networks:\n      front: { aliases: [db] }\n  db:\n    image: postgres:17\n    networks: [back]\nnetworks:\n  front:\n  back:\n",
        ),
      },
      { title: "an address of its own", of: `${WEB}    extra_hosts: ["db=10.0.0.5"]\n    environment: { DB_HOST: db }\n${IN_FRONT}` },
      {
        title: "a network that others are on as well",
        of: told("DB_HOST: db", IN_FRONT.replace("front:\n  back", "front: { external: true }\n  back")),
      },
      { title: "one network", of: told("DB_HOST: db", "  db:\n    image: postgres:17\n") },
      {
        title: "the network of the host",
        of: `${WEB}    network_mode: host\n    environment: { DB_HOST: db }\n  db:\n    image: postgres:17\n`,
      },
    ],
  },
  "unused-definition": {
    triggers: [
      {
        title: "one of each",
        of: `${WEB}networks:\n  n:\nvolumes:\n  v:\nsecrets:\n  s:\n    environment: S\nconfigs:\n  c:\n    content: x\n`,
        at: ["n", "v", "s", "c"],
      },
      { title: "the default network, which nobody joins", of: `${WEB}    networks: [a]\nnetworks:\n  a:\n  default:\n` },
    ],
    misses: [
      { title: "the default network", of: `${WEB}networks:\n  default:\n    driver: bridge\n` },
      {
        title: "a secret of a build",
        of: "services:\n  a:\n    build:\n      dockerfile_inline: FROM busybox:1.37\n      secrets: [s]\nsecrets:\n  s:\n    environment: S\n",
      },
      { title: "an extension", of: `${WEB}x-volumes:\n  v:\n` },
    ],
  },
  "image-not-looked-into": {
    triggers: [
      {
        title: "an image that is not there, whatever else is looked for in it",
        of: stack("s", [
          service("a", { image: "acme/absent:1", healthcheck: probe.http({ port: 80 }) }),
          service("b", { image: "acme/absent:1", command: startAfter([needs.tcp("a", 80)], ["/b"]) }),
        ]),
        at: ["a.image", "b.image"],
        says: /^acme\/absent:1 is not on this machine/,
      },
      {
        title: "what is built",
        of: stack("s", [service("a", { build: { dockerfileInline: "FROM x" }, healthcheck: probe.tcp({ port: 80 }) })]),
        at: ["a.build"],
        severity: "info",
      },
      { title: "what a variable names", of: "services:\n  a:\n    image: ${A}\n    healthcheck: {test: curl x}\n", severity: "info" },
    ],
    misses: [
      { title: "no probe, so that nothing is needed of it", of: "services:\n  a:\n    image: acme/absent:1\n" },
      { title: "an image that was looked into", of: stack("s", [service("a", { image: "busybox:1.37", healthcheck: probe.file("/a") })]) },
    ],
  },
};
