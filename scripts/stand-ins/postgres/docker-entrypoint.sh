#!/usr/bin/env bash
# Like the official image's: an empty data folder is initialised first, with a server that listens on the
# unix socket only while the scripts of /docker-entrypoint-initdb.d run; then the real one starts.
set -Eeuo pipefail

main() {
  if [ "${1#-}" != "$1" ]; then set -- postgres "$@"; fi
  [ "$1" = postgres ] || exec "$@"
  if [ "$(id -u)" = 0 ]; then
    prepare_folders
    exec gosu postgres "${BASH_SOURCE[0]}" "$@"
  fi
  if [ -s "$PGDATA/PG_VERSION" ]; then
    printf '\nPostgreSQL Database directory appears to contain a database; Skipping initialization\n\n'
  else
    initialise "$@"
  fi
  exec "$@"
}

prepare_folders() {
  mkdir -p "$PGDATA" /var/run/postgresql
  chmod 700 "$PGDATA"
  find "$PGDATA" /var/run/postgresql \! -user postgres -exec chown postgres '{}' +
}

initialise() {
  from_file POSTGRES_PASSWORD
  from_file POSTGRES_USER postgres
  from_file POSTGRES_DB "$POSTGRES_USER"
  from_file POSTGRES_INITDB_ARGS
  require_password
  make_cluster
  PGPASSWORD=${PGPASSWORD:-$POSTGRES_PASSWORD}
  export PGPASSWORD
  start_init_server "$@"
  make_database
  run_scripts
  pg_ctl -D "$PGDATA" -m fast -w stop
  unset PGPASSWORD
  printf '\nPostgreSQL init process complete; ready for start up.\n\n'
}

# from_file NAME [DEFAULT]: NAME, or what stands in the file that NAME_FILE names.
from_file() {
  local name=$1 file_name=$1_FILE value=${2:-}
  if [ -n "${!name:-}" ] && [ -n "${!file_name:-}" ]; then
    printf 'error: both %s and %s are set (but are exclusive)\n' "$name" "$file_name" >&2
    exit 1
  fi
  if [ -n "${!name:-}" ]; then value=${!name}; elif [ -n "${!file_name:-}" ]; then value=$(<"${!file_name}"); fi
  export "$name"="$value"
  unset "$file_name"
}

require_password() {
  [ -z "$POSTGRES_PASSWORD" ] && [ "${POSTGRES_HOST_AUTH_METHOD:-}" != trust ] || return 0
  cat >&2 <<'TEXT'
Error: Database is uninitialized and superuser password is not specified.
       You must specify POSTGRES_PASSWORD to a non-empty value for the superuser.
TEXT
  exit 1
}

make_cluster() {
  # shellcheck disable=SC2086 # several arguments in one variable, as in the official image
  initdb --username="$POSTGRES_USER" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") -D "$PGDATA" $POSTGRES_INITDB_ARGS
  printf '\nhost all all all %s\n' "${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}" >>"$PGDATA/pg_hba.conf"
}

start_init_server() {
  shift
  pg_ctl -D "$PGDATA" -o "-c listen_addresses='' -p 5432 $*" -w start
}

make_database() {
  [ "$POSTGRES_DB" != postgres ] || return 0
  sql --dbname postgres --set db="$POSTGRES_DB" <<<'CREATE DATABASE :"db";'
}

run_scripts() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh) run_shell "$file" ;;
      *.sql) announce "$file" && sql --file "$file" ;;
      *.sql.gz) announce "$file" && gunzip -c "$file" | sql ;;
      */\*) ;;
      *) printf '%s: ignoring %s\n' "$0" "$file" ;;
    esac
  done
}

run_shell() {
  announce "$1"
  # shellcheck disable=SC1090
  if [ -x "$1" ]; then "$1"; else . "$1"; fi
}

announce() { printf '%s: running %s\n' "$0" "$1"; }

sql() {
  local database=()
  [ -z "$POSTGRES_DB" ] || database=(--dbname "$POSTGRES_DB")
  PGHOST='' PGHOSTADDR='' psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --no-password --no-psqlrc "${database[@]}" "$@"
}

main "$@"
