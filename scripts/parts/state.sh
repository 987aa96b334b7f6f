# shellcheck shell=bash
# Sourced by scripts/engine and scripts/images: the state folder, one line a step, logs, locks.
# The sourcing script sets `program`, the word in front of every line it prints.

# STACKWRIGHT_ENGINE_HOME: where the private engine, caches and logs live.
# Default: /var/lib/stackwright-engine for root, else a folder in the user's cache.
if [ -n "${STACKWRIGHT_ENGINE_HOME:-}" ]; then
  state=$STACKWRIGHT_ENGINE_HOME
elif [ "$(id -u)" = 0 ]; then
  state=/var/lib/stackwright-engine
else
  state=${XDG_CACHE_HOME:-$HOME/.cache}/stackwright-engine
fi
log=$state/$program.log

say() { printf '%s: %s\n' "$program" "$*"; }

fail() {
  printf '%s: %s\n' "$program" "$*" >&2
  exit 1
}

# Opens the state folder and an empty log of this run. Only what changes something needs it.
open_state() {
  # Paths go into configuration files and process titles, so a relative one would not do.
  case $state in
    /*) ;;
    *) fail "STACKWRIGHT_ENGINE_HOME must be an absolute path, not \"$state\"" ;;
  esac
  mkdir -p "$state/cache"
  : >"$log"
}

# logged WHAT COMMAND...: the command's output goes to the log, and its tail is shown if it fails.
logged() {
  local what=$1
  shift
  printf '== %s\n' "$*" >>"$log"
  "$@" >>"$log" 2>&1 </dev/null || fail_with_log "$what failed"
}

fail_with_log() {
  printf '%s: %s; the end of %s:\n' "$program" "$*" "$log" >&2
  tail -n 20 "$log" | sed 's/^/  | /' >&2
  exit 1
}

# Serialises concurrent calls of all our scripts until this process ends. Descriptor 9 must be closed (9>&-) for
# anything that outlives the script, or the lock would live on with it.
lock() {
  command -v flock >/dev/null || return 0 # macOS: there is nothing there to install or start
  exec 9>"$state/lock"
  flock -n 9 && return
  say "waiting for another run of scripts/engine or scripts/images"
  flock -w 1800 9 || fail "another run still holds $state/lock"
}

# limit SECONDS COMMAND...: a daemon or registry that hangs must not hang us.
limit() {
  if command -v timeout >/dev/null; then timeout -k 5 "$@"; else shift && "$@"; fi
}

# at_least VERSION MINIMUM: compares dotted numbers; epoch and suffixes do not count.
at_least() {
  local version=${1#v}
  version=${version#*:}
  [ "$(printf '%s\n%s\n' "$2" "${version%%[!0-9.]*}" | sort -V | head -n 1)" = "$2" ]
}

# The engine and Compose plugin that answer the docker command; nothing where there is none.
engine_version() { limit 20 docker version --format '{{.Server.Version}}' 2>/dev/null || true; }
compose_version() { limit 20 docker compose version --short 2>/dev/null || true; }
buildx_version() { limit 20 docker buildx version 2>/dev/null | awk '{ print $2 }' || true; }
