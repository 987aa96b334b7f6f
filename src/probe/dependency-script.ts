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
    // Names with a prefix: a variable of the container's must reach the process as it is.
    // A shell that is process 1 has no default reaction to signals.
    "trap 'exit 143' TERM; trap 'exit 130' INT",
    `sw_began=$(date +%s) sw_within=${limits.within} sw_interval=${limits.interval} sw_timeout=${limits.timeout} sw_retries=${limits.retries ?? -1}`,
    ...(needed.has("http") ? [HTTP] : []),
    ...(needed.has("tcp") ? [TCP] : []),
    LIMITED,
    ONE_LINE,
    AWAIT,
    ...checks.map(({ label, words }) => `await ${[label, ...words].map(quote).join(" ")}`),
    'exec "$@"',
  ].join("\n");
}

// Everything runs in a subshell: variables that are unset here are there again for the process itself.
const HTTP = `http() {
  unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
  if command -v curl >/dev/null; then curl -fsS --max-time "$sw_left" -o /dev/null "$1"
  elif command -v wget >/dev/null; then limited wget -q -T "$sw_left" -O /dev/null "$1"
  elif command -v node >/dev/null; then node -e '${nodeHttp()}' "$1" "$sw_left"
  elif command -v python3 >/dev/null; then limited python3 -c 'import sys, urllib.request as u
try: u.urlopen(sys.argv[1], timeout=float(sys.argv[2])).read(1)
except Exception as e: sys.exit(str(e))' "$1" "$sw_left"
  else echo "none of curl, wget, node, python3 is in this image"; return 127
  fi
}`;

const TCP = `tcp() {
  if command -v bash >/dev/null; then limited bash -c 'exec 3<>"/dev/tcp/$1/$2"' tcp "$1" "$2"
  elif command -v node >/dev/null; then node -e '${nodeTcp()}' "$1" "$2" "$sw_left"
  elif command -v python3 >/dev/null; then limited python3 -c 'import sys, socket
try: socket.create_connection((sys.argv[1], int(sys.argv[2])), float(sys.argv[3])).close()
except Exception as e: sys.exit(str(e))' "$1" "$2" "$sw_left"
  elif command -v nc >/dev/null; then
    # Not every busybox has -z, and without it some servers would keep nc waiting.
    case $(nc -h 2>&1) in *-z*) limited nc -z -w "$sw_left" "$1" "$2";; *) limited nc -w "$sw_left" "$1" "$2" -e true;; esac
  else echo "none of bash, node, python3, nc is in this image"; return 127
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

// The pause runs in the background: only \`wait\` is interrupted by a signal at once.
const AWAIT = `await() {
  sw_label=$1; shift; sw_try=0
  while :; do
    sw_try=$((sw_try + 1)) sw_left=$((sw_within - $(date +%s) + sw_began))
    [ "$sw_left" -le "$sw_timeout" ] || sw_left=$sw_timeout
    [ "$sw_left" -ge 1 ] || sw_left=1
    if sw_said=$("$@" 2>&1); then echo "$sw_label: try $sw_try: ok"; return; else sw_code=$?; fi
    case $sw_code in 124|143) sw_code=124 sw_said="no answer within $sw_left s $sw_said";; esac
    echo "$sw_label: try $sw_try: failed (exit code $sw_code): $(one_line "$sw_said")"
    if [ "$sw_retries" -ge 0 ] && [ "$sw_try" -gt "$sw_retries" ]; then echo "$sw_label: gave up at try $sw_try"; exit "$sw_code"; fi
    if [ $(($(date +%s) - sw_began)) -ge "$sw_within" ]; then echo "$sw_label: gave up after $sw_within s"; exit "$sw_code"; fi
    sleep "$sw_interval" & wait $!
  done
}`;

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
