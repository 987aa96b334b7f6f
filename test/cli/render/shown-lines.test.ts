import { describe, expect, it } from "vitest";
import { CONCEALED, shownIssue, shownLines } from "../../../src/cli/render/shown-lines.ts";

describe("the lines of a source", () => {
  it.each([
    ["a map of YAML", "      POSTGRES_PASSWORD: hunter22"],
    ["a list of YAML", '      - "POSTGRES_PASSWORD=hunter22"'],
    ["a flow map", "    environment: {A: b, API_TOKEN: hunter22, C: d}"],
    ["JSON", '"MYSQL_ROOT_PASSWORD": "hunter22",'],
    ["a module", '  environment: { A: "b", DB_PASSWORD: "hunter22" },'],
    ["a constant of a module", "const PASSWORD = 'hunter22';"],
    ["a Dockerfile", "ENV A=b API_TOKEN=hunter22"],
    ["a comment", "  # MYSQL_PASSWORD=hunter22"],
    ["the default of a variable", "  POSTGRES_PASSWORD: ${PW_PASSWORD:-hunter22}"],
    ["a probe", '      test: ["CMD", "mysqladmin", "ping", "-uroot", "-phunter22"]'],
    ["a script", "HEALTHCHECK CMD mysqladmin ping -u root -p'hunter22'"],
    ["an option", '    command: ["redis-server", "--requirepass", "hunter22"]'],
    ["an option with =", "    command: serve --password=hunter22"],
    ["Redis", '      test: ["CMD", "redis-cli", "-a", "hunter22", "ping"]'],
    ["a variable of a client", "      test: PGPASSWORD=hunter22 psql -c 'SELECT 1'"],
    ["a login", '      test: ["CMD", "curl", "-f", "-u", "me:hunter22", "http://127.0.0.1/"]'],
    ["the older form of a Dockerfile", "ENV DB_PASSWORD hunter22"],
    ["an address", "      URL: redis://:hunter22@cache:6379"],
  ])("are not shown where a secret stands in them: %s", (_, line) => {
    expect(shownLines(`before\n${line}\nafter`)).toEqual(["before", CONCEALED, "after"]);
  });

  it.each([
    ["services:\n  db:\n    environment:\n      API_TOKEN: |\n        one\n\n        two\n    image: x", [3, 4, 5, 6]],
    ["environment:\n  API_TOKEN:\n    hunter22\n  OTHER: x", [1, 2]],
    ["key: |\n  -----BEGIN RSA PRIVATE KEY-----\n  MIIE\n  -----END RSA PRIVATE KEY-----\nother: x", [1, 2, 3]],
  ])("are not shown where a value goes on in them", (text, concealed) => {
    expect(shownLines(text).flatMap((line, index) => (line === CONCEALED ? [index] : []))).toEqual(concealed);
  });

  it.each([
    "      POSTGRES_PASSWORD: ${DB_PASSWORD:?}",
    "      POSTGRES_PASSWORD_FILE: /run/secrets/db-password",
    '  POSTGRES_PASSWORD: env("DB_PASSWORD", { secret: true }),',
    'const password = secret("db-password", { environment: "DB_PASSWORD" });',
    "    secrets: [db-password]",
    "    environment: DB_PASSWORD",
    'HEALTHCHECK CMD mysqladmin ping -u root -p"$MARIADB_ROOT_PASSWORD"',
    "      test: mysqladmin ping -p$$MYSQL_ROOT_PASSWORD",
    '    ports: ["8080:80"]',
    "RUN mkdir -p app && find . -path x",
    "    image: acme/token-server:1.2",
    "    ALLOW_EMPTY_PASSWORD: yes",
    "http://user@host:80/a:b@c",
  ])("are shown as they are where none does: %s", (line) => {
    expect(shownLines(`${line}\nafter`)).toEqual([line, "after"]);
  });

  it("may be very long", () => {
    for (const piece of [
      "a",
      "a:",
      "mysql -p ",
      "://a:",
      "curl -u ",
      "curl -u a:",
      "ENV ",
      "${a_TOKEN:-",
      "redis-cli ",
      "'",
      " PASSWORD",
    ]) {
      const line = piece.repeat(200_000 / piece.length);
      expect(shownLines(line)).toHaveLength(1);
    }
  });
});

describe("an issue", () => {
  it.each([
    ["db.environment.API_TOKEN", '["hunter22"] is not a string', '["[secret]"] is not a string'],
    ["db.environment.API_TOKEN", '"API_TOKEN" holds a secret', '"API_TOKEN" holds a secret'],
    ["db.command", '"serve --password hunter22 && x" is cut off before "&"', '"[secret]" is cut off before "&"'],
    ["db.command", '"echo \\"API_TOKEN=hunter22\\"" is cut off', '"[secret]" is cut off'],
    ["db.image", '"nginx:" is not an image', '"nginx:" is not an image'],
  ])("at %s does not quote a secret: %s", (path, message, shown) => {
    expect(shownIssue({ path, message })).toEqual({ path, message: shown });
  });
});
