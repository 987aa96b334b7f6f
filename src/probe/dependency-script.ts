import { programsOfNeeds } from "./need-script.ts";
import { namedSocket } from "./render/conversation/perl.ts";

/** What the script has to know: times in seconds; without `retries` it tries for as long as it may. */
export interface DependencyLimits {
  readonly within: number;
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number | undefined;
}

interface Check {
  readonly label: string;
  readonly words: readonly string[];
}

/** A POSIX shell script that waits for every check in turn and then becomes the command in its arguments. */
export function dependencyScript(checks: readonly Check[], limits: DependencyLimits): string {
  const needed = new Set(checks.map(({ words }) => words[0]));
  return [
    `[ $# -gt 0 ] || { echo "$0: there is no command to start"; exit 127; }`,
    // Names with a prefix: a variable of the container's must reach the process as it is.
    // A shell that is process 1 has no default reaction to signals; what a try still runs ends with the container.
    SIGNALS.map(([signal, number]) => `trap 'kill $! 2>/dev/null; exit ${128 + number}' ${signal}`).join("; "),
    `sw_began=$(date +%s) sw_within=${limits.within} sw_interval=${limits.interval} sw_timeout=${limits.timeout} sw_retries=${limits.retries ?? -1}`,
    ...(needed.has("http") ? [HTTP] : []),
    ...(needed.has("tcp") ? [TCP] : []),
    LIMITED,
    ONE_LINE,
    TRY,
    AWAIT,
    ...checks.map(({ label, words }) => `await ${[label, ...words].map(quote).join(" ")}`),
    'exec "$@"',
  ].join("\n");
}

/** Those by which containers are stopped, e.g. by QUIT those of nginx. */
const SIGNALS = [
  ["HUP", 1],
  ["INT", 2],
  ["QUIT", 3],
  ["TERM", 15],
] as const;

/** The programs that can do each of the script's own checks, in its order. */
const TOOLS = {
  http: ["curl", "wget", "bash", "perl", "python3", "node"],
  tcp: ["bash", "perl", "python3", "node", "nc"],
} as const;

/** `sh`, `-c`, the script and its name: what follows is the command to start. */
export const WORDS_BEFORE_COMMAND = 4;

/**
 * The programs that a command needs which waits by such a script: a list for each need, of which one is enough.
 * `undefined` for every other command.
 */
export function programsOfScript(words: readonly unknown[]): readonly (readonly string[])[] | undefined {
  const [shell, option, script, name] = words;
  if (shell !== "sh" || option !== "-c" || name !== "start-after" || typeof script !== "string") return undefined;
  const isOverTls = /^await \S+ http \S+$/m.test(script);
  return [
    ["sh"],
    ...(script.includes("\nhttp() {\n") ? [TOOLS.http.filter((tool) => !isOverTls || (tool !== "bash" && tool !== "perl"))] : []),
    ...(script.includes("\ntcp() {\n") ? [TOOLS.tcp] : []),
    ...programsOfNeeds(script),
  ];
}

// Everything runs in a subshell: variables that are unset here are there again for the process itself. The arguments are the
// URL and, without TLS, host, port, path and the header "Host", for the tools that know nothing of URLs.
const HTTP = `http() {
  unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
  if command -v curl >/dev/null; then curl -g --path-as-is -fsS --max-time "$sw_left" -o /dev/null "$1"
  elif command -v wget >/dev/null; then limited wget -q -t 1 -T "$sw_left" -O /dev/null "$1"
  elif [ $# -gt 1 ] && command -v bash >/dev/null; then limited bash -c '${bashHttp()}' http "$2" "$3" "$4" "$5"
  elif [ $# -gt 1 ] && command -v perl >/dev/null; then limited perl -MSocket=:all -e '${perlHttp()}' "$2" "$3" "$4" "$5"
  elif command -v python3 >/dev/null; then limited python3 -c 'import sys, urllib.request as u
try: u.urlopen(sys.argv[1], timeout=float(sys.argv[2])).read(1)
except Exception as e: sys.exit(str(e))' "$1" "$sw_left"
  elif command -v node >/dev/null; then node -e '${nodeHttp()}' "$1" "$sw_left"
  else echo "none of ${TOOLS.http.join(", ")} is in this image$([ $# -gt 1 ] || echo " (bash and perl know no TLS)")"; return 127
  fi
}`;

const TCP = `tcp() {
  if command -v bash >/dev/null; then limited bash -c 'exec 3<>"/dev/tcp/$1/$2"' tcp "$1" "$2"
  elif command -v perl >/dev/null; then limited perl -MSocket=:all -e '${perlConnect()}' "$1" "$2"
  elif command -v python3 >/dev/null; then limited python3 -c 'import sys, socket
try: socket.create_connection((sys.argv[1], int(sys.argv[2])), float(sys.argv[3])).close()
except Exception as e: sys.exit(str(e))' "$1" "$2" "$sw_left"
  elif command -v node >/dev/null; then node -e '${nodeTcp()}' "$1" "$2" "$sw_left"
  elif command -v nc >/dev/null; then
    # Not every busybox has -z, and without it some servers would keep nc waiting.
    case $(nc -h 2>&1) in *-z*) limited nc -z -w "$sw_left" "$1" "$2";; *) limited nc -w "$sw_left" "$1" "$2" -e true;; esac
  else echo "none of ${TOOLS.tcp.join(", ")} is in this image"; return 127
  fi
}`;

const LIMITED = `limited() {
  if command -v timeout >/dev/null; then timeout "$sw_left" "$@"; else "$@"; fi
}`;

const ONE_LINE = `one_line() (
  set -f
  IFS='
'
  set -- $1
  IFS=' '
  printf '%s' "$*"
)`;

// A try prints its one line itself. Not every `timeout` says 124: what it ended is told apart by the time that it took.
const TRY = `try() {
  sw_start=$(date +%s)
  if sw_said=$("$@" 2>&1); then printf '%s\\n' "$sw_label: try $sw_try: ok"; exit 0; else sw_code=$?; fi
  case $sw_code in 124|143)
    [ $(($(date +%s) - sw_start)) -lt "$sw_left" ] || { sw_code=124 sw_said="no answer within $sw_left s $sw_said"; };;
  esac
  printf '%s\\n' "$sw_label: try $sw_try: failed (exit code $sw_code): $(one_line "$sw_said")"
  exit "$sw_code"
}`;

// Tries and pauses run in the background: only \`wait\` is interrupted by a signal at once.
const AWAIT = `await() {
  sw_label=$1; shift; sw_try=0
  while :; do
    sw_try=$((sw_try + 1)) sw_left=$((sw_within - $(date +%s) + sw_began))
    [ "$sw_left" -le "$sw_timeout" ] || sw_left=$sw_timeout
    [ "$sw_left" -ge 1 ] || sw_left=1
    try "$@" &
    if wait $!; then return; else sw_code=$?; fi
    if [ "$sw_retries" -ge 0 ] && [ "$sw_try" -gt "$sw_retries" ]; then printf '%s\\n' "$sw_label: gave up at try $sw_try"; exit "$sw_code"; fi
    if [ $(($(date +%s) - sw_began)) -ge "$sw_within" ]; then printf '%s\\n' "$sw_label: gave up after $sw_within s"; exit "$sw_code"; fi
    # What is left of the time is at least a second here, and the last try may begin when it ends.
    sw_left=$((sw_within - $(date +%s) + sw_began)) sw_pause=$sw_interval
    [ "$sw_left" -ge "\${sw_interval%.*}" ] || sw_pause=$sw_left
    sleep "$sw_pause" & wait $!
  done
}`;

function bashHttp(): string {
  return [
    `exec 3<>"/dev/tcp/$1/$2" || exit 1`,
    String.raw`printf "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" "$3" "$4" >&3`,
    `IFS= read -r line <&3`,
    String.raw`case $line in HTTP/1.?\ [23]*) ;; *) echo "$line"; exit 1 ;; esac`,
  ].join("; ");
}

function perlHttp(): string {
  return [
    perlConnect(),
    String.raw`syswrite S,"GET $ARGV[2] HTTP/1.1\r\nHost: $ARGV[3]\r\nConnection: close\r\n\r\n"`,
    "$_=<S>",
    String.raw`m{^HTTP/1.\d [23]}||die $_||"no answer\n"`,
  ].join(";");
}

function perlConnect(): string {
  return namedSocket("$ARGV[0]", "$ARGV[1]").join(";");
}

function nodeHttp(): string {
  return [
    `const [u,t]=process.argv.slice(1),fail=m=>{console.log(m);process.exit(1)};`,
    `require(u.startsWith("https:")?"https":"http").get(u,{agent:false},r=>r.statusCode<400?process.exit(0):fail("HTTP "+r.statusCode))`,
    `.on("error",e=>fail(e.message||e.code));setTimeout(()=>fail("no answer within "+t+" s"),t*1000)`,
  ].join("");
}

function nodeTcp(): string {
  return [
    `const [h,p,t]=process.argv.slice(1),fail=m=>{console.log(m);process.exit(1)};`,
    `require("net").connect(+p,h,()=>process.exit(0)).on("error",e=>fail(e.message||e.code));`,
    `setTimeout(()=>fail("no connection within "+t+" s"),t*1000)`,
  ].join("");
}

function quote(word: string): string {
  return /^[\w./:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
