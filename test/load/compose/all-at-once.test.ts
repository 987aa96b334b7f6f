import { expect, test } from "vitest";
import { formatIssue } from "../../../src/errors.ts";
import { readError } from "./folder.ts";

/** Line by line what is wrong with a project, without the hints. */
function told(files: Readonly<Record<string, string>>): readonly string[] {
  return readError(files).issues.map(({ hint: _, ...issue }) => formatIssue(issue).replace("DIR/", ""));
}

test("mistakes of reading and of checking, in two files, are told together, each once and at its place", () => {
  const files = {
    "compose.yaml": `include: [more.yaml]
services:
  web:
    image: nginx:\${1}
    ports: ["80:80:80:80", "\${2}:80"]
    networks: [backnd]
    volumes:
      - pages:/usr/share/nginx/html
      - logs:/logs
    depends_on: [db, cach]
  api:
    image: shop/api
    image: shop/api:2
    restart: sometimes
    stopGracePeriod: 5s
    secrets: [key]
    stop_signal: 2020-01-01
  worker:
    extends: nobody
    environment: {MODE: "\${3}"}
    networks: backend
  idle: later
  cache:
    image: redis:8
    depends_on: [worker, idle]
networks:
  backend:
volumes:
  data: {drivr: local}
`,
    "more.yaml": `services:
  db:
    image: postgres:17
    env_file: db.env
    healthcheck: {test: [pg_isready], interval: 5}
    configs: [{source: conf, target: "/\${4}"}]
`,
  };
  const notVariable = "is not a variable (write ${NAME} or ${NAME:-default}, and $$ for a dollar)";
  expect(told(files)).toEqual([
    `compose.yaml:4:5  web.image  "\${1}" ${notVariable}`,
    'compose.yaml:5:13  web.ports.0  "80:80:80:80" is not a port (write "8080:80", "127.0.0.1:8080:80", "53:53/udp" or { target: 80, published: 8080 })',
    `compose.yaml:5:28  web.ports  "\${2}:80" ${notVariable}`,
    'compose.yaml:6:16  web.networks  there is no network "backnd"; did you mean "backend"?',
    'compose.yaml:8:9  web.volumes  there is no volume "pages"',
    'compose.yaml:9:9  web.volumes  there is no volume "logs"',
    'compose.yaml:10:22  web.depends_on.cach  there is no service "cach"; did you mean "cache"?',
    'compose.yaml:13:5  the key "image" stands twice in one map, first in line 12',
    'compose.yaml:14:5  api.restart  "sometimes" is not a restart policy (write "no", "always", "unless-stopped", "on-failure" or "on-failure:3")',
    'compose.yaml:15:5  api.stopGracePeriod  "stopGracePeriod" is not an attribute of a Compose file',
    'compose.yaml:16:15  api.secrets  there is no secret "key"',
    "compose.yaml:17:18  2020-01-01 is a date for Compose, which refuses it",
    'compose.yaml:19:5  worker.extends  there is no service "nobody" in DIR/compose.yaml',
    `compose.yaml:20:19  worker.environment.MODE  "\${3}" ${notVariable}`,
    'compose.yaml:21:5  worker.networks  "backend" is not a list (write [...])',
    'compose.yaml:22:3  idle  "later" is not an object of attributes (write { annotations: ... })',
    'compose.yaml:29:10  data.drivr  is not an attribute; did you mean "driver"?',
    "more.yaml:4:5  db.env_file  there is no file DIR/db.env",
    'more.yaml:5:19  db.healthcheck.test  a test can\'t begin with "pg_isready" (write ["CMD", "pg_isready"], ["CMD-SHELL", "pg_isready || exit 1"] or ["NONE"])',
    'more.yaml:5:39  db.healthcheck.interval  5 is not a duration (write "5s", "1m30s" or "500ms")',
    'more.yaml:6:15  db.configs  there is no config "conf"',
    `more.yaml:6:30  db.configs.target  "\${4}" ${notVariable}`,
  ]);
});

test("of two files that can't be read each is told, and nothing that they may define is missed", () => {
  const files = {
    "compose.yaml": `include: [broken.yaml, nowhere.yaml, /etc/passwd]
services:
  web:
    image: nginx:1
    networks: [somewhere]
    volumes: ["pages:/pages"]
    network_mode: service:vpn
    depends_on: [db]
    restart: sometimes
`,
    "broken.yaml": "services: {db: {image: x}\n",
  };
  expect(told(files)).toEqual([
    expect.stringMatching(/^broken\.yaml:\d+:\d+ {2}is not YAML: /),
    "compose.yaml:1:24  can't read DIR/nowhere.yaml: ENOENT",
    expect.stringMatching(/^compose\.yaml:1:38 {2}\/etc\/passwd lies outside of the project DIR$/),
    'compose.yaml:7:5  web.network_mode  "network_mode" and "networks" contradict each other: a service has either the network of "service:vpn" or networks of its own',
    'compose.yaml:9:5  web.restart  "sometimes" is not a restart policy (write "no", "always", "unless-stopped", "on-failure" or "on-failure:3")',
  ]);
});

test("what is extended and can't be read leaves nothing to complain of in what extends it", () => {
  const files = {
    "compose.yaml": `services:
  a: {extends: b}
  b: {extends: a}
  c: {extends: {file: nowhere.yaml, service: c}}
  d: {extends: c, depends_on: [a, b, c]}
`,
  };
  expect(told(files)).toEqual([
    "compose.yaml:2:7  a.extends  these extend each other and never end: a in DIR/compose.yaml -> b in DIR/compose.yaml -> a in DIR/compose.yaml",
    "compose.yaml:4:7  can't read DIR/nowhere.yaml: ENOENT",
  ]);
});

test("a file laid over another one in another form is told for each of its attributes", () => {
  const files = {
    "compose.yaml": "include: [{path: [base.yaml, over.yaml]}]\n",
    "base.yaml": "services: {a: {image: x, deploy: {replicas: 1}, ports: ['80:80']}}\n",
    "over.yaml": "services: {a: {deploy: [1], ports: '81:80'}}\n",
  };
  expect(told(files)).toEqual([
    "over.yaml:1:16  a.deploy  has another form in the file before it",
    "over.yaml:1:29  a.ports  has another form in the file before it",
  ]);
});

test("whatever name one thing has in an included file and in the one that includes it, all that differ are told", () => {
  const files = {
    "compose.yaml": "include: [b.yaml]\nservices:\n  a: {image: x}\n  b: {image: x}\n  c: {image: x}\n",
    "b.yaml": "services: {a: {image: y}, b: {image: y}, c: {image: x}}\n",
  };
  expect(told(files)).toEqual([
    'compose.yaml:3:3  a  "a" is defined in an included file already, and differently',
    'compose.yaml:4:3  b  "b" is defined in an included file already, and differently',
  ]);
});

test("messages name attributes as the file does", () => {
  const files = {
    "compose.yaml": `services:
  a:
    image: x
    gpus: [{count: 1, device_ids: ["0"], capabilities: [gpu]}]
    volumes: ["v:/v"]
volumes:
  v: {external: true, driver_opts: {a: b}}
`,
  };
  expect(told(files)).toEqual([
    'compose.yaml:4:12  a.gpus.0  "count" and "device_ids" contradict each other (write one of them)',
    'compose.yaml:7:23  v.driver_opts  "external" and "driver_opts" contradict each other: the volume exists already and is not described here',
  ]);
});

test("what several services have from one place is told once", () => {
  const files = {
    "compose.yaml": `x-a: &a {restart: sometimes}
services:
  a: {image: x, <<: *a}
  b: {image: x, <<: *a}
  c: {extends: a}
  d: "\${1}"
  e: {image: x, devices: [{}]}
`,
  };
  expect(told(files)).toEqual([
    'compose.yaml:1:10  a.restart  "sometimes" is not a restart policy (write "no", "always", "unless-stopped", "on-failure" or "on-failure:3")',
    'compose.yaml:6:3  d  "${1}" is not an object of attributes (write { annotations: ... })',
    "compose.yaml:7:27  e.devices.0.source  is required: a string",
    "compose.yaml:7:27  e.devices.0.target  is required: a string",
  ]);
});

test("what is wrong of a map by name is told at its key, all of it", () => {
  const files = {
    "compose.yaml": `services:
  a:
    image: x
    networks:
      one: {aliases: 3}
      unknown: {}
      two: {prioritty: 1}
      three: {ipv4_address: [1]}
      four: 4
    depends_on:
      b: {condition: healthy}
      c: {required: 7}
      d: {condition: service_started, restart: often}
      e: service_started
      f:
    models:
      m: {endpoint_var: 3}
      n: n
  b: {image: x}
  c: {image: x}
  d: {image: x}
  e: {image: x}
  f: {image: x}
networks: {one: , two: , three: , four: }
models: {m: {model: ai/x}, n: {model: ai/x}}
`,
  };
  expect(told(files)).toEqual([
    "compose.yaml:5:13  a.networks.one.aliases  3 is not a list (write [...])",
    'compose.yaml:6:7  a.networks.unknown  there is no network "unknown"',
    'compose.yaml:7:13  a.networks.two.prioritty  is not an attribute; did you mean "priority"?',
    "compose.yaml:8:15  a.networks.three.ipv4_address  [1] is not a string",
    "compose.yaml:9:7  a.networks.four  4 is not a map of attributes",
    'compose.yaml:11:11  a.depends_on.b.condition  "healthy" is not accepted here (write "service_started", "service_healthy", "service_completed_successfully")',
    "compose.yaml:12:11  a.depends_on.c.required  7 is not true or false",
    'compose.yaml:13:39  a.depends_on.d.restart  "often" is not true or false',
    'compose.yaml:14:7  a.depends_on.e  "service_started" is not a map of attributes',
    "compose.yaml:15:7  a.depends_on.f  is not a map of attributes (write { condition: ... })",
    "compose.yaml:17:11  a.models.m.endpoint_var  3 is not a string",
    'compose.yaml:18:7  a.models.n  "n" is not a map of attributes',
  ]);
});

test("items of lists that are no texts are told, and names that stand there twice", () => {
  const files = {
    "compose.yaml": `services:
  a:
    image: x
    volumes: [3, [], "", {type: bind, source: ./x, target: 5}]
    secrets: [4, {source: s, mode: x}]
    networks: [{}, n, n, n]
    depends_on: [b, b, ""]
  b: {image: x}
networks: {n: }
secrets: {s: {file: ./s}}
`,
  };
  const mount = 'is not a mount (write "./data:/data" or { type, source, target })';
  expect(told(files)).toEqual([
    `compose.yaml:4:15  a.volumes  3 ${mount}`,
    `compose.yaml:4:18  a.volumes  a list ${mount}`,
    `compose.yaml:4:22  a.volumes  an empty text ${mount}`,
    'compose.yaml:4:52  a.volumes.3.target  5 is not an absolute path of the container (write "/data")',
    "compose.yaml:5:15  a.secrets  4 is not a name",
    'compose.yaml:5:30  a.secrets.1.mode  "x" is not a file mode (write 0o440)',
    "compose.yaml:6:16  a.networks  a map is not a name",
    'compose.yaml:6:23  a.networks  "n" stands in the list already',
    'compose.yaml:6:26  a.networks  "n" stands in the list already',
    'compose.yaml:7:21  a.depends_on  "b" stands in the list already',
    "compose.yaml:7:24  a.depends_on  an empty text is not a name",
  ]);
});

test("what stands below a misspelt attribute is not told as well", () => {
  const files = {
    "compose.yaml": `services:
  a:
    image: x
    healthchek: {intervall: 5, testt: [a]}
    deploi: {resources: {limit: 1}}
`,
  };
  expect(told(files)).toEqual([
    'compose.yaml:4:5  a.healthchek  is not an attribute; did you mean "healthcheck"?',
    'compose.yaml:5:5  a.deploi  is not an attribute; did you mean "deploy"?',
  ]);
});

test("one wrong dependency hides none of the others, and a value that is near another is told like that", () => {
  const files = {
    "compose.yaml": `services:
  a:
    image: x
    restart: unless-stoped
    depends_on:
      b: {condition: service_helthy}
      nobody: {condition: service_started}
    volumes: [{type: vloume, source: v, target: /v}]
    deploy: {resources: {limits: {memory: 1000}}}
  b: {image: x}
`,
  };
  expect(told(files)).toEqual([
    'compose.yaml:4:5  a.restart  "unless-stoped" is not a restart policy; did you mean "unless-stopped"? (write "no", "always", "unless-stopped", "on-failure" or "on-failure:3")',
    'compose.yaml:6:11  a.depends_on.b.condition  "service_helthy" is not accepted here; did you mean "service_healthy"? (write "service_started", "service_healthy", "service_completed_successfully")',
    'compose.yaml:7:7  a.depends_on.nobody  there is no service "nobody"',
    'compose.yaml:8:16  a.volumes.0.type  "vloume" is not a type of mount; did you mean "volume"? (write "bind", "volume", "tmpfs", "image", "npipe" or "cluster")',
    'compose.yaml:9:35  a.deploy.resources.limits.memory  1000 is not a text, which Compose wants here (write "1000" in quotes)',
  ]);
});
