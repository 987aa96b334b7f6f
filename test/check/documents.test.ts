import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { found } from "./rules/case.ts";

/**
 * The mistakes of the documents that the gallery's stacks grew from, each in a file of our own with the same mistake:
 * the row of the gallery, the files (the first one is checked), the rule, and where it finds it.
 */
const MISTAKES: readonly (readonly [
  row: number,
  title: string,
  files: readonly [readonly [name: string, text: string], ...(readonly [name: string, text: string])[]],
  rule: string,
  place: string,
])[] = [
  [
    1,
    "curl, which the slim image of Python does not have",
    [
      [
        "Dockerfile",
        `FROM python:3.11-slim
WORKDIR /srv
COPY main.py .
RUN pip install fastapi uvicorn
HEALTHCHECK --interval=30s --timeout=10s --start-period=5s --retries=3 \\
    CMD curl -f http://localhost:8000/health || exit 1
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]
`,
      ],
    ],
    "probe-binary-missing",
    "Dockerfile:6:9",
  ],
  [
    1,
    "port 80, where the application listens on 8000",
    [
      [
        "Dockerfile",
        `FROM python:3.11
COPY main.py .
HEALTHCHECK CMD curl -f http://localhost:80/health
CMD ["uvicorn", "main:app", "--host", "0.0.0.0", "--port", "8000"]
`,
      ],
    ],
    "wrong-port",
    "Dockerfile:3:17",
  ],
  [
    2,
    "mysqladmin, which MariaDB 11 no longer has",
    [
      [
        "Dockerfile",
        `FROM mariadb:11
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \\
  CMD mysqladmin ping -h localhost -u root -p"$MARIADB_ROOT_PASSWORD"
`,
      ],
    ],
    "probe-binary-missing",
    "Dockerfile:3:7",
  ],
  [
    2,
    "mysqladmin ping, which is content with a password that is refused",
    [
      [
        "Dockerfile",
        `FROM mariadb:10.11
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \\
  CMD mysqladmin ping -h localhost -u root -p"$MARIADB_ROOT_PASSWORD"
`,
      ],
    ],
    "mysqladmin-ping-no-auth",
    "Dockerfile:3:7",
  ],
  [
    3,
    "pgrep -f, which finds its own shell",
    [
      [
        "Dockerfile",
        'FROM alpine:3.22\nCOPY app.sh /\nHEALTHCHECK --interval=10s CMD pgrep -f "sleep infinity" || exit 1\nCMD ["/app.sh"]\n',
      ],
    ],
    "pgrep-matches-itself",
    "Dockerfile:3:32",
  ],
  [
    3,
    "pgrep -f in a script, which finds the shell of anybody who has these words",
    [
      [
        "Dockerfile",
        "FROM alpine:3.22\nWORKDIR /app\nCOPY app.sh .\nCOPY healthcheck.sh .\nHEALTHCHECK --interval=10s CMD ./healthcheck.sh\n",
      ],
      ["app.sh", "#!/bin/sh\nsleep infinity &\nwait $!\n"],
      ["healthcheck.sh", '#!/bin/sh\necho asking\nif pgrep -f "sleep infinity"; then\n  exit 0\nelse\n  exit 1\nfi\n'],
    ],
    "pgrep-matches-itself",
    "healthcheck.sh:3:4",
  ],
  [
    6,
    "WordPress, which does not wait until MySQL accepts connections",
    [
      [
        "compose.yaml",
        `services:
  database:
    image: mysql:8.0
    environment: {MYSQL_ROOT_PASSWORD: x}
  blog:
    image: wordpress:6.8
    depends_on:
      - database
`,
      ],
    ],
    "short-form-race",
    "compose.yaml:8:9",
  ],
  [
    9,
    "the upstreams of the load balancer, at an address of the host",
    [
      ["compose.yaml", "services:\n  lb:\n    build: balancer\n"],
      ["balancer/Dockerfile", "FROM nginx:1.29\nCOPY nginx.conf /etc/nginx/conf.d/default.conf\n"],
      ["balancer/nginx.conf", "upstream apps {\n  server 172.17.0.1:5001;\n  server 172.17.0.1:5002;\n}\n"],
    ],
    "hard-coded-bridge-address",
    "nginx.conf:2:10",
  ],
  ...(
    [
      ["does not wait for", "short-form-race", "compose.yaml:9:9"],
      ["depends on, and that nobody asks whether they work,", "no-healthcheck", "compose.yaml:2:3"],
    ] as const
  ).map(
    ([title, rule, place]) =>
      [
        9,
        `applications that the load balancer ${title}`,
        [
          [
            "compose.yaml",
            `services:
  app1:
    build: app
    ports: ["5001:5000"]
  lb:
    build: balancer
    ports: ["8080:80"]
    depends_on:
      - app1
`,
          ],
          ["app/Dockerfile", 'FROM python:3\nCOPY app.py /\nCMD ["python3", "/app.py"]\n'],
          ["balancer/Dockerfile", "FROM nginx:1.29\n"],
        ],
        rule,
        place,
      ] as const,
  ),
  [
    9,
    "applications with a health check that the load balancer does not wait for",
    [
      ["compose.yaml", "services:\n  app1: {build: app}\n  lb:\n    image: nginx:1.29\n    depends_on:\n      - app1\n"],
      ["app/Dockerfile", "FROM python:3.12\nHEALTHCHECK CMD curl -f http://127.0.0.1:5000/health\n"],
    ],
    "short-form-race",
    "compose.yaml:6:9",
  ],
  [
    11,
    "curl without -f, which HTTP 500 does not fail",
    [
      [
        "Dockerfile",
        "FROM python:3.12\nHEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 CMD curl http://localhost:5000/health || exit 1\n",
      ],
    ],
    "curl-without-fail",
    "Dockerfile:2:75",
  ],
  ...(
    [
      ["pg_isready over the socket, which the server of a fresh volume answers", "db-probe-over-unix-socket", "compose.yaml:5:7"],
      ["a web server that nobody asks whether it works", "no-healthcheck", "compose.yaml:6:3"],
    ] as const
  ).map(
    ([title, rule, place]) =>
      [
        12,
        title,
        [
          [
            "compose.yaml",
            `services:
  db:
    image: postgres:15
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U user -d shop"]
  web:
    build: .
    ports: ["8080:8080"]
    depends_on:
      db: {condition: service_healthy}
`,
          ],
          ["Dockerfile", "FROM python:3.12\n"],
        ],
        rule,
        place,
      ] as const,
  ),
  [
    16,
    "an external network in the form that is deprecated",
    [
      [
        "compose.yaml",
        `services:
  api:
    image: acme/api:3
    networks: [front]
networks:
  front:
    external:
      name: nat
`,
      ],
    ],
    "external-name-deprecated",
    "compose.yaml:7:5",
  ],
];

describe("check finds what is wrong in the documents that the gallery grew from", () => {
  it.each(MISTAKES)("row %i: %s", async (_row, _title, [[, of], ...others], rule, place) => {
    const findings = await found(of, Object.fromEntries(others));
    const places = findings.filter((each) => each.rule === rule).map(({ source = "" }) => placeIn(source));
    expect(places).toContain(place);
  });
});

/** File, line and column, without the folder. */
function placeIn(source: string): string {
  return basename(source);
}
