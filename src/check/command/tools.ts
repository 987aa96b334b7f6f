import { type GivenOptions, type OptionForms, readOptions } from "./options.ts";
import { type Command, programOf } from "./script.ts";

/** What a known program is given, sorted; `undefined` for other programs. */
export function givenTo(command: Command): GivenOptions | undefined {
  const forms = FORMS.get(programOf(command) ?? "");
  return forms === undefined ? undefined : readOptions(command, forms);
}

const MYSQL: OptionForms = {
  short: "ehPSuD",
  attached: "p",
  long: ["host", "port", "socket", "user", "database", "execute", "protocol", "defaults-file", "defaults-extra-file", "connect-timeout"],
};
const REDIS: OptionForms = { short: "hptsaurndiD", long: ["user", "pass", "sni", "cacert", "cacertdir", "cert", "key", "tls-ciphers"] };
const PG_ISREADY: OptionForms = { short: "hpUdt", long: ["host", "port", "username", "dbname", "timeout"] };
const PSQL: OptionForms = {
  short: "hpUdcfvPoFRTL",
  long: ["host", "port", "username", "dbname", "command", "file", "set", "variable", "pset", "output", "log-file"],
};
const MONGO: OptionForms = {
  short: "up",
  long: ["host", "port", "username", "password", "eval", "authenticationDatabase", "tlsCAFile", "tlsCertificateKeyFile"],
};
const GREP: OptionForms = { short: "efmABC", long: ["regexp", "file", "max-count"] };
const PGREP: OptionForms = {
  short: "dgGPstuUFJr",
  long: ["delimiter", "pgroup", "group", "parent", "session", "terminal", "euid", "uid", "pidfile", "ns"],
};
const INTERPRETER: OptionForms = { short: "ceEmMIWrp", long: ["eval", "print", "require", "input-type"] };

/** The options with values of the programs that probes use; from their manuals. */
const FORMS: ReadonlyMap<string, OptionForms> = new Map<string, OptionForms>([
  [
    "curl",
    {
      short: "AbcCdDeEFhHKmoPQrTtuUwxXyYz",
      long: [
        ...[
          "cacert",
          "capath",
          "cert",
          "ciphers",
          "config",
          "connect-timeout",
          "connect-to",
          "cookie",
          "cookie-jar",
          "data",
          "data-binary",
        ],
        ...["data-raw", "data-urlencode", "form", "header", "interface", "json", "key", "limit-rate", "max-time", "noproxy", "output"],
        ...[
          "preproxy",
          "proxy",
          "proxy-user",
          "range",
          "referer",
          "request",
          "resolve",
          "retry",
          "retry-delay",
          "retry-max-time",
          "stderr",
        ],
        ...["unix-socket", "abstract-unix-socket", "upload-file", "url", "user", "user-agent", "write-out", "max-redirs", "dns-servers"],
        ...[
          "speed-limit",
          "speed-time",
          "pinnedpubkey",
          "aws-sigv4",
          "oauth2-bearer",
          "request-target",
          "tls-max",
          "url-query",
          "variable",
        ],
      ],
    },
  ],
  [
    "wget",
    {
      // BusyBox and GNU: -Y takes a word in BusyBox alone, where GNU wget has no such letter any more.
      short: "OoatTwPUeiQlBARDIXY",
      long: [
        ...[
          "output-document",
          "output-file",
          "append-output",
          "tries",
          "timeout",
          "dns-timeout",
          "connect-timeout",
          "read-timeout",
          "wait",
        ],
        ...[
          "directory-prefix",
          "header",
          "user-agent",
          "user",
          "password",
          "http-user",
          "http-password",
          "post-data",
          "post-file",
          "method",
        ],
        ...["body-data", "body-file", "ca-certificate", "certificate", "private-key", "execute", "input-file", "bind-address", "proxy"],
      ],
    },
  ],
  ["nc", { short: "wipsTqXxIOPmMeW" }],
  ["ncat", { short: "wipseg", long: ["wait", "idle-timeout", "source", "source-port", "proxy"] }],
  ["netcat", { short: "wipsTqXxIO" }],
  ["pg_isready", PG_ISREADY],
  ["psql", PSQL],
  ...["mysqladmin", "mysql", "mariadb-admin", "mariadb", "mysqlcheck"].map((name): [string, OptionForms] => [name, MYSQL]),
  ...["redis-cli", "valkey-cli", "keydb-cli"].map((name): [string, OptionForms] => [name, REDIS]),
  ...["mongo", "mongosh"].map((name): [string, OptionForms] => [name, MONGO]),
  ...["grep", "egrep", "fgrep"].map((name): [string, OptionForms] => [name, GREP]),
  ...["pgrep", "pkill"].map((name): [string, OptionForms] => [name, PGREP]),
  ["pidof", { short: "os" }],
  ["jq", { short: "fL", long: ["from-file", "indent"] }],
  ["sqlcmd", { short: "SUPdQqiohstlHvwayLmVx" }],
  ["temporal", { long: ["address", "namespace"] }],
  ["tctl", { long: ["address", "ad", "namespace"] }],
  ["grpc_health_probe", { singleDash: true, long: ["addr", "service", "connect-timeout", "rpc-timeout", "user-agent", "tls-ca-cert"] }],
  ["ping", { short: "ciIstwW" }],
  ["python", INTERPRETER],
  ["python3", INTERPRETER],
  ["node", INTERPRETER],
  ["php", INTERPRETER],
  ["ruby", INTERPRETER],
  ["perl", INTERPRETER],
]);
