import { config, env, from, inDockerfile, network, probe, type Service, secret, service, stack } from "stackwright";
import type { RuleCases } from "./case.ts";

const WEB = "services:\n  web:\n    image: nginx:1.29\n";
const DB = "services:\n  db:\n    image: postgres:17\n    healthcheck:\n      test: [CMD, pg_isready, -h, 127.0.0.1]\n";
const READY = config("ready", { file: "./ready.sh" });

/** Cases of what makes a stack unsound. */
export const CASES: RuleCases = {
  "invalid-yaml": {
    triggers: [
      {
        title: "a bracket that is never closed, at the line that has this column",
        of: "services:\n [  db:\n      a: always\n      volumes:\n        - ${A}/data:/export\n        - ${B}/x:/y\n",
        at: [6],
      },
    ],
    misses: [{ title: "a list in the style of JSON", of: 'services: {web: {image: "nginx:1.29", ports: ["80"]}}\n' }],
  },
  "unreadable-file": {
    triggers: [
      { title: "variables of a service", of: `${WEB}    env_file: [a.env, b.env]\n`, files: { "a.env": "A=1\n" }, at: ["web.env_file"] },
      { title: "a file that is included", of: "include: [b.yaml]\nservices: {}\n" },
    ],
    misses: [{ title: "variables that are there", of: `${WEB}    env_file: a.env\n`, files: { "a.env": "A=1\n" } }],
  },
  "module-not-loaded": {
    triggers: [
      {
        title: "a module that throws",
        of: 'import { stack } from "stackwright";\nthrow new Error("not today");\nexport default stack("s", []);\n',
        says: /can't be loaded: not today/,
      },
      {
        title: "a call that is given what it can't take",
        of: 'import { service, stack } from "stackwright";\nconst db = service("db", { image: "x" }) as any;\nexport default stack("s", [service("a", { image: "x", dependsOn: [db.healthy()] })]);\n',
      },
    ],
    misses: [
      {
        title: "a probe that does not take what it is given",
        of: 'import { probe, service, stack } from "stackwright";\nexport default stack("s", [service("db", { image: "x", healthcheck: probe.tcp({ port: 70000 }) })]);\n',
      },
      {
        title: "a stack with an attribute that is wrong",
        of: 'import { service, stack } from "stackwright";\nexport default stack("s", [service("db", { imag: "x" } as any)]);\n',
      },
    ],
  },
  "invalid-attribute": {
    triggers: [
      { title: "a misspelt attribute", of: `${WEB}    restrat: always\n`, at: ["web.restrat"], says: /did you mean "restart"/ },
      { title: "a value that is not accepted", of: `${WEB}    ports: [http]\n`, at: ["web.ports.0"] },
      { title: "an element that does not exist", of: `a: 1\n${WEB}`, at: ["a"], says: /\(accepted: configs, .*, services, volumes\)$/ },
      { title: "a misspelt element", of: `${WEB}volume: {}\n`, at: ["volume"], says: /did you mean "volumes"/ },
      {
        title: "a probe that does not take what it is given",
        of: 'import { probe, service, stack } from "stackwright";\nexport default stack("s", [service("db", { image: "x", healthcheck: probe.tcp({ port: 70000 }) })]);\n',
        says: /is not a port/,
      },
      { title: "names as a Compose file has them", of: `${WEB}    qqqqqq: 1\n`, says: /, blkio_config, .* and \d+ more\)$/ },
    ],
    misses: [{ title: "an extension", of: `${WEB}    x-restrat: always\n` }],
  },
  "invalid-restart-policy": {
    triggers: [{ title: "a policy that does not exist", of: `${WEB}    restart: sometimes\n`, at: ["web.restart"] }],
    misses: [{ title: "a policy with a number of attempts", of: `${WEB}    restart: on-failure:3\n` }],
  },
  "invalid-duration": {
    triggers: [
      { title: "a plain number", of: `${DB}      interval: 10\n`, at: ["db.healthcheck.interval"] },
      { title: "a negative one", of: `${DB}      start_period: -5s\n`, at: ["db.healthcheck.start_period"] },
    ],
    misses: [{ title: "minutes and seconds", of: `${DB}      interval: 1m30s\n` }],
  },
  "test-missing-prefix": {
    triggers: [{ title: "a list that begins with the program", of: `${WEB}    healthcheck:\n      test: [curl, -f, http://x]\n` }],
    misses: [{ title: "a text, which is for the shell", of: `${WEB}    healthcheck:\n      test: curl -f http://x\n` }],
  },
  "probe-refused": {
    triggers: [
      {
        title: "a shell in an image without one",
        of: stack("s", [service("bus", { image: "nats:2", healthcheck: probe.shell("true") })]),
        at: ["bus.healthcheck"],
      },
      {
        title: "an image that was looked into",
        of: 'services:\n  a: { image: "busybox:1.37", healthcheck: { test: ["CMD", "curl", "-f", "http://127.0.0.1/"] } }\n',
        at: ["a.healthcheck"],
        says: /^busybox:1\.37 has no curl/,
      },
      {
        title: "scripts that an image which was looked into does not have",
        of: stack("s", [
          service("a", { image: "busybox:1.37", healthcheck: probe.script("/opt/absent.sh") }),
          service("b", { image: "busybox:1.37", healthcheck: probe.all([probe.script("/opt/ready.sh"), probe.script("/opt/absent.sh")]) }),
        ]),
        at: ["a.healthcheck", "b.healthcheck"],
        says: /^busybox:1\.37 has no \/opt\/absent\.sh, which the probe runs$/,
      },
    ],
    misses: [
      {
        title: "an image of which nothing is known",
        of: stack("s", [service("a", { image: "acme/a", healthcheck: probe.shell("true") })]),
      },
      {
        title: "programs that an image which was looked into is given by a mount, a config and a secret",
        of: stack("s", [
          service("a", { image: "busybox:1.37", healthcheck: probe.command(["/tools/check"]), volumes: ["./tools:/tools:ro"] }),
          service("b", { image: "busybox:1.37", healthcheck: probe.command(["/check"]), configs: [config("check", { file: "./check" })] }),
          service("c", { image: "busybox:1.37", healthcheck: probe.command(["check"]), volumes: ["./check:/usr/local/bin/check"] }),
          service("d", { image: "busybox:1.37", healthcheck: probe.command(["/run/secrets/d"]), secrets: [secret("d", { file: "./d" })] }),
        ]),
      },
      {
        title: "a script that is there, comes with a mount or a config, may come later, or is one way of several",
        of: stack("s", [
          service("a", { image: "busybox:1.37", healthcheck: probe.script("/opt/ready.sh") }),
          service("b", { image: "busybox:1.37", healthcheck: probe.script("/opt/mine/b.sh"), volumes: ["./opt:/opt/mine:ro"] }),
          service("c", { image: "busybox:1.37", healthcheck: probe.script(READY), configs: [READY] }),
          service("d", { image: "busybox:1.37", healthcheck: probe.script("/run/d.sh") }),
          service("e", { image: "busybox:1.37", healthcheck: probe.any([probe.script("/opt/absent.sh"), probe.tcp({ port: 80 })]) }),
          service("f", { image: "busybox:1.37", healthcheck: probe.script("ready.sh") }),
        ]),
      },
    ],
  },
  "invalid-name": {
    triggers: [
      { title: "a space", of: stack("s", [service("my db", { image: "x" })]), at: ["my db"] },
      {
        title: "a network that Compose takes for an extension",
        of: stack("s", [service("a", { image: "x", networks: [network("x-n")] })]),
        at: ["x-n"],
      },
      {
        title: "two services of one name",
        of: stack("s", [service("a", { image: "x" }), service("a", { image: "y" })]),
        says: /two services have this name/,
      },
    ],
    misses: [{ title: "a service whose name begins like an extension", of: stack("s", [service("x-a", { image: "x" })]) }],
  },
  "unwritable-character": {
    triggers: [{ title: "a NUL in a label", of: `${WEB}    labels:\n      a: "b\\0"\n`, at: ["web.labels.a"] }],
    misses: [{ title: "a line break", of: `${WEB}    labels:\n      a: "b\\n"\n` }],
  },
  "image-or-build-missing": {
    triggers: [
      { title: "nothing at all", of: "services:\n  web: {}\n", at: ["web"] },
      {
        title: "a profile that Compose refuses once it is active",
        of: "services:\n  web:\n    profiles: [debug]\n",
        severity: "warning",
      },
    ],
    misses: [{ title: "a provider", of: "services:\n  web:\n    provider:\n      type: model\n" }],
  },
  "source-of-secret": {
    triggers: [{ title: "no source", of: `${WEB}    secrets: [k]\nsecrets:\n  k: {}\n`, at: ["k"] }],
    misses: [{ title: "one that exists already", of: `${WEB}    secrets: [k]\nsecrets:\n  k:\n    external: true\n` }],
  },
  "empty-config": {
    triggers: [{ title: "no character", of: `${WEB}    configs: [c]\nconfigs:\n  c:\n    content: ""\n`, at: ["c.content"] }],
    misses: [{ title: "a line break", of: `${WEB}    configs: [c]\nconfigs:\n  c:\n    content: "\\n"\n` }],
  },
  "provider-with-container": {
    triggers: [{ title: "an image", of: "services:\n  a:\n    provider:\n      type: model\n    image: x\n", at: ["a.image"] }],
    misses: [{ title: "dependencies", of: `${WEB}  a:\n    provider:\n      type: model\n    depends_on: [web]\n` }],
  },
  "external-described": {
    triggers: [{ title: "a driver", of: `${WEB}networks:\n  n:\n    external: true\n    driver: bridge\n`, at: ["n.driver"] }],
    misses: [{ title: "a name", of: `${WEB}networks:\n  n:\n    external: true\n    name: front\n` }],
  },
  "unknown-reference": {
    triggers: [
      { title: "a network of a service that is not there", of: `${WEB}    network_mode: "service:vpn"\n` },
      {
        title: "a network that is not there",
        of: `${WEB}    networks: [frnt]\nnetworks:\n  front:\n`,
        at: [4],
        says: /did you mean "front"/,
      },
      { title: "a service that is extended by itself", of: `${WEB}    extends: web\n` },
    ],
    misses: [{ title: "the network of a container outside of the stack", of: `${WEB}    network_mode: "container:vpn"\n` }],
  },
  "unknown-dependency": {
    triggers: [{ title: "a misspelt name", of: `${WEB}    depends_on: [dbb]\n  db:\n    image: postgres:17\n`, says: /did you mean "db"/ }],
    misses: [{ title: "a service that has findings of its own", of: `${WEB}    depends_on: [db]\n  db:\n    imag: postgres:17\n` }],
  },
  "healthy-without-healthcheck": {
    triggers: [
      {
        title: "an image that is known to bring none",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: redis:7\n`,
        at: ["web.depends_on.db"],
      },
      {
        title: "an image of which nothing is known",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: acme/db:1\n`,
        severity: "warning",
      },
      {
        title: "one that may be missing, without which Compose goes on",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n        required: false\n  db:\n    image: redis:7\n`,
        severity: "warning",
      },
      {
        title: "a Dockerfile without HEALTHCHECK",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    build: ./db\n`,
        files: { "db/Dockerfile": "FROM acme/db:1\n" },
        severity: "warning",
      },
      {
        title: "other timings of a health check that the image does not have",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: redis:7\n    healthcheck:\n      interval: 1s\n`,
      },
    ],
    misses: [
      {
        title: "an image that brings one",
        of: `${WEB}    depends_on:\n      mail:\n        condition: service_healthy\n  mail:\n    image: axllent/mailpit:v1\n`,
      },
      {
        title: "a Dockerfile with HEALTHCHECK",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    build: ./db\n`,
        files: { "db/Dockerfile": "FROM acme/db:1\nHEALTHCHECK CMD true\n" },
      },
      {
        title: "a build whose Dockerfile can't be read",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    build: https://example.com/db.git\n`,
      },
    ],
  },
  "healthy-on-disabled": {
    triggers: [
      {
        title: "the test NONE",
        of: `${WEB}    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: acme/db:1\n    healthcheck:\n      test: [NONE]\n`,
        at: ["web.depends_on.db"],
      },
    ],
    misses: [
      {
        title: "it is only started",
        of: `${WEB}    depends_on: [db]\n  db:\n    image: acme/db:1\n    healthcheck:\n      disable: true\n`,
      },
    ],
  },
  "completed-on-restarting": {
    triggers: [
      {
        title: "a restart policy of a deployment",
        of: `${WEB}    depends_on:\n      job:\n        condition: service_completed_successfully\n  job:\n    image: x\n    deploy:\n      restart_policy:\n        condition: any\n`,
        at: ["web.depends_on.job"],
      },
    ],
    misses: [
      {
        title: "it is restarted only after a failure",
        of: `${WEB}    depends_on:\n      job:\n        condition: service_completed_successfully\n  job:\n    image: x\n    restart: on-failure:3\n`,
      },
    ],
  },
  "dependency-cycle": {
    triggers: [{ title: "a service that waits for itself", of: `${WEB}    depends_on: [web]\n`, says: /waits for itself/ }],
    misses: [
      {
        title: "two ways to one service",
        of: `${WEB}    depends_on: [a, b]\n  a:\n    image: x\n    depends_on: [b]\n  b:\n    image: x\n`,
      },
    ],
  },
  "disable-with-test": {
    triggers: [
      { title: "in a Compose file, which Compose launches", of: `${DB}      disable: true\n`, severity: "warning" },
      {
        title: "timings that nothing uses",
        of: "services:\n  db:\n    image: x\n    healthcheck:\n      disable: true\n      interval: 5s\n      start_period: 1m\n",
        at: ["db.healthcheck.interval", "db.healthcheck.start_period"],
        severity: "warning",
        says: /has no effect where the health check is switched off$/,
      },
      {
        title: "timings beside NONE",
        of: "services:\n  db:\n    image: x\n    healthcheck:\n      test: [NONE]\n      retries: 5\n",
        at: ["db.healthcheck.retries"],
        severity: "warning",
      },
      {
        title: "timings in TypeScript, where they are refused",
        of: stack("s", [service("a", { image: "x", healthcheck: { disable: true, timeout: "5s" } })]),
        at: ["a.healthcheck.timeout"],
        severity: "error",
      },
    ],
    misses: [
      { title: "it is not switched off", of: `${DB}      disable: false\n` },
      { title: "it is switched off twice", of: "services:\n  db:\n    image: x\n    healthcheck: { test: [NONE], disable: true }\n" },
    ],
  },
  "zero-timing": {
    triggers: [
      { title: "an interval of 0, at its line", of: `${DB}      interval: 0s\n`, at: [6], says: /^"interval" is 0/ },
      {
        title: "each that is 0",
        of: `${DB}      interval: 10s\n      timeout: 0s\n      retries: 0\n`,
        at: ["db.healthcheck.timeout", "db.healthcheck.retries"],
      },
      {
        title: "in TypeScript, where it is refused",
        of: stack("s", [service("a", { image: "x", healthcheck: { test: "x", retries: 0 } })]),
        severity: "error",
      },
    ],
    misses: [{ title: "a start period of 0, which is the default", of: `${DB}      start_period: 0s\n` }],
  },
  "start-interval-without-start-period": {
    triggers: [
      {
        title: "a start period of 0",
        of: `${DB}      start_period: 0s\n      start_interval: 1s\n`,
        says: /^"start_interval" has no effect without "start_period"/,
      },
    ],
    misses: [{ title: "a start period that is a variable", of: `${DB}      start_period: \${PERIOD}\n      start_interval: 1s\n` }],
  },
  "start-interval-gt-start-period": {
    triggers: [{ title: "longer", of: `${DB}      start_period: 5s\n      start_interval: 10s\n`, severity: "warning" }],
    misses: [{ title: "as long", of: `${DB}      start_period: 5s\n      start_interval: 5s\n` }],
  },
  "duration-too-short": {
    triggers: [{ title: "half a millisecond", of: `${DB}      interval: 500us\n`, at: ["db.healthcheck.interval"] }],
    misses: [{ title: "a millisecond", of: `${DB}      interval: 1ms\n` }],
  },
  "dockerfile-not-generable": {
    triggers: [
      {
        title: "a health check for a Dockerfile without a build",
        of: stack("s", [service("a", { image: "x", healthcheck: inDockerfile(probe.tcp({ port: 1 })) })]),
        at: ["a.healthcheck"],
      },
      {
        title: "a health check for a Dockerfile that has one already",
        of: stack("s", [
          service("a", {
            build: { dockerfile: from("x").healthcheck({ test: "a" }) },
            healthcheck: inDockerfile(probe.tcp({ port: 1 })),
          }),
        ]),
        at: ["a.healthcheck"],
        says: /one source of truth/,
      },
      {
        title: "timings alone, in a stage below and for images to come",
        of: stack("s", [
          service("a", {
            build: {
              dockerfile: from(from("x").healthcheck({ interval: "5s" }))
                .healthcheck({ test: "a" })
                .onbuild((later) => later.healthcheck({ interval: "5s" })),
            },
          }),
        ]),
        at: ["a.build.dockerfile", "a.build.dockerfile"],
        says: /no test of its own/,
      },
      {
        title: "another stage than the last one is to be built",
        of: stack("s", [
          service("a", { build: { target: "below", dockerfile: from(from("x", { as: "below" }).healthcheck({ test: "a" })) } }),
        ]),
        at: ["a.build.target"],
      },
      {
        title: "a probe that the image of the stage below can't do",
        of: stack("s", [
          service("a", { build: { dockerfile: from(from("nats:2").healthcheck(probe.shell("true"))).copy("sh", "/bin/sh") } }),
        ]),
        at: ["a.build.dockerfile"],
      },
    ],
    misses: [
      { title: "it is built", of: stack("s", [service("a", { build: ".", healthcheck: inDockerfile(probe.tcp({ port: 1 })) })]) },
      {
        title: "it takes the place of the one of the stage below",
        of: stack("s", [
          service("a", {
            build: { dockerfile: from(from("x").healthcheck({ test: "a" })) },
            healthcheck: inDockerfile(probe.tcp({ port: 1 })),
          }),
        ]),
      },
    ],
  },
  "relative-mount-target": {
    triggers: [{ title: "a lone name, which is no volume", of: `${WEB}    volumes: [workspace]\n`, at: ["web.volumes.0.target"] }],
    misses: [{ title: "a volume", of: `${WEB}    volumes: ["workspace:/w"]\nvolumes:\n  workspace:\n` }],
  },
  "invalid-variable-name": {
    triggers: [
      {
        title: "an argument of a build",
        of: 'services:\n  a:\n    build:\n      context: .\n      args: ["A =1"]\n',
        at: ["a.build.args"],
      },
    ],
    misses: [{ title: "a space in the value", of: `${WEB}    environment: ["A= 1 "]\n` }],
  },
  "networks-with-network-mode": {
    triggers: [
      { title: "none, and a network", of: `${WEB}    network_mode: none\n    networks: [n]\nnetworks:\n  n:\n`, at: ["web.network_mode"] },
    ],
    misses: [{ title: "the mode alone", of: `${WEB}    network_mode: none\n` }],
  },
  "ports-with-network-mode": {
    triggers: [
      {
        title: "the network of another service",
        of: `${WEB}    network_mode: "service:vpn"\n    ports: ["80:80"]\n  vpn:\n    image: x\n`,
      },
      {
        title: "the host's, in a Compose file: they are only dropped",
        of: `${WEB}    network_mode: host\n    ports: ["80:80"]\n`,
        severity: "warning",
      },
    ],
    misses: [{ title: "a network of its own", of: `${WEB}    network_mode: bridge\n    ports: ["80:80"]\n` }],
  },
  "container-name-with-replicas": {
    triggers: [{ title: "by scale", of: `${WEB}    container_name: front\n    scale: 2\n`, at: ["web.container_name"] }],
    misses: [{ title: "one replica", of: `${WEB}    container_name: front\n    scale: 1\n` }],
  },
  "host-port-with-replicas": {
    triggers: [{ title: "two replicas and one port", of: `${WEB}    ports: ["80:80"]\n    scale: 2\n`, at: ["web.ports"] }],
    misses: [{ title: "two replicas and any free port", of: `${WEB}    ports: ["80"]\n    scale: 2\n` }],
  },
  "port-conflict": {
    triggers: [
      {
        title: "a range that takes in a port",
        of: `${WEB}    ports: ["8079-8081:80-82"]\n  b:\n    image: x\n    ports: ["8080:80"]\n`,
        at: ["b.ports"],
      },
    ],
    misses: [
      { title: "another protocol", of: `${WEB}    ports: ["53:53/tcp"]\n  b:\n    image: x\n    ports: ["53:53/udp"]\n` },
      { title: "another address", of: `${WEB}    ports: ["127.0.0.1:80:80"]\n  b:\n    image: x\n    ports: ["127.0.0.2:80:80"]\n` },
    ],
  },
  "duplicate-container-name": {
    triggers: [
      {
        title: "one variable twice",
        of: `${WEB}    container_name: \${N}\n  b:\n    image: x\n    container_name: \${N}\n`,
        at: ["b.container_name"],
      },
    ],
    misses: [
      { title: "in a profile", of: `${WEB}    container_name: nn\n  b:\n    image: x\n    container_name: nn\n    profiles: [p]\n` },
    ],
  },
  "platform-not-built": {
    triggers: [{ title: "another platform", of: stack("s", [built("linux/arm64")]), at: ["a.platform"] }],
    misses: [{ title: "a variable", of: stack("s", [built(env("P"))]) }],
  },
  "duplicate-target": {
    triggers: [
      { title: "a mount and a tmpfs", of: `${WEB}    volumes: ["./a:/x"]\n    tmpfs: [/x]\n`, at: ["web.tmpfs.0"] },
      { title: "two mounts, of which one is dropped", of: `${WEB}    volumes: ["./a:/x", "./b:/x/"]\n`, severity: "warning" },
    ],
    misses: [{ title: "a folder inside of another", of: `${WEB}    volumes: ["./a:/x", "./b:/x/y"]\n` }],
  },
  "contradicting-values": {
    triggers: [{ title: "scale and replicas", of: `${WEB}    scale: 2\n    deploy:\n      replicas: 3\n`, at: ["web.scale"] }],
    misses: [{ title: "the same twice", of: `${WEB}    scale: 2\n    deploy:\n      replicas: 2\n` }],
  },
  "attempts-without-failure": {
    triggers: [
      {
        title: "with no condition",
        of: `${WEB}    deploy:\n      restart_policy:\n        max_attempts: 3\n`,
        at: ["web.deploy.restart_policy.max_attempts"],
        says: /no condition/,
      },
    ],
    misses: [{ title: "without end", of: `${WEB}    deploy:\n      restart_policy:\n        condition: any\n        max_attempts: 0\n` }],
  },
  "count-and-device-ids": {
    triggers: [{ title: "in gpus", of: `${WEB}    gpus:\n      - count: 1\n        device_ids: ["0"]\n`, at: ["web.gpus.0"] }],
    misses: [{ title: "a number", of: `${WEB}    gpus:\n      - count: 1\n` }],
  },
};

function built(platform: NonNullable<Service["spec"]["platform"]>): Service {
  return service("a", { build: { context: ".", platforms: ["linux/amd64"] }, platform });
}
