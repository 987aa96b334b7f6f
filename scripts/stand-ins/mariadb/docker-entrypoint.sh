#!/usr/bin/env bash
# Like the official images': an empty data folder is initialised first, with a server without network while
# users are made and the scripts of /docker-entrypoint-initdb.d run; then the real one starts.
# Each variable may begin with MARIADB_ or MYSQL_, and each may be a file: NAME_FILE.
set -euo pipefail

data=/var/lib/mysql
socket=/run/mysqld/mysqld.sock

main() {
  if [ "${1#-}" != "$1" ]; then set -- mariadbd "$@"; fi
  if [ "$1" != mariadbd ] && [ "$1" != mysqld ]; then exec "$@"; fi
  if [ "$(id -u)" = 0 ]; then
    mkdir -p "$data" "${socket%/*}"
    find "$data" "${socket%/*}" \! -user mysql -exec chown mysql: '{}' +
    exec gosu mysql "${BASH_SOURCE[0]}" "$@"
  fi
  [ -d "$data/mysql" ] || initialise
  exec "$@"
}

initialise() {
  root_password=$(setting ROOT_PASSWORD)
  database=$(setting DATABASE)
  user=$(setting USER)
  password=$(setting PASSWORD)
  require_root_password
  note "Initializing database files"
  mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal --skip-test-db --skip-name-resolve >/dev/null
  start_init_server
  # Until the users are made, root has no password.
  login=''
  make_users | sql
  login=$root_password
  run_scripts
  stop_init_server
  note "MariaDB init process done. Ready for start up."
}

# setting NAME: MARIADB_NAME, MYSQL_NAME, or the text of the file that one of them with _FILE names.
setting() {
  local name
  for name in "MARIADB_$1" "MYSQL_$1"; do
    if [ -n "${!name:-}" ]; then printf %s "${!name}" && return; fi
    name=${name}_FILE
    if [ -n "${!name:-}" ]; then printf %s "$(<"${!name}")" && return; fi
  done
}

require_root_password() {
  [ -z "$root_password" ] || return 0
  [ -z "$(setting ALLOW_EMPTY_ROOT_PASSWORD)$(setting ALLOW_EMPTY_PASSWORD)" ] || return 0
  if [ -n "$(setting RANDOM_ROOT_PASSWORD)" ]; then
    root_password=$(head -c 24 /dev/urandom | base64 -w 0)
    note "GENERATED ROOT PASSWORD: $root_password"
    return
  fi
  printf 'Database is uninitialized and password option is not specified\n    You need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_FILE, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD\n' >&2
  exit 1
}

start_init_server() {
  note "Starting temporary server"
  mariadbd --skip-networking --socket="$socket" &
  server=$!
  local tries
  for ((tries = 0; tries < 300; tries++)); do
    if mariadb-admin --no-defaults --socket="$socket" --user=root status >/dev/null 2>&1; then return; fi
    kill -0 $server 2>/dev/null || break
    sleep 0.1
  done
  note "Unable to start server" && exit 1
}

stop_init_server() {
  note "Stopping temporary server"
  kill $server
  wait $server || true
}

make_users() {
  local health
  health=$(head -c 18 /dev/urandom | base64 -w 0)
  (umask 077 && printf '[mariadb-client]\nuser=healthcheck\npassword=%s\n' "$health" >"$data/.my-healthcheck.cnf")
  for host in 127.0.0.1 ::1 localhost; do
    printf 'CREATE USER healthcheck@"%s" IDENTIFIED BY %s;\nGRANT USAGE ON *.* TO healthcheck@"%s";\n' "$host" "$(quoted "$health")" "$host"
  done
  [ -z "$database" ] || printf 'CREATE DATABASE IF NOT EXISTS `%s`;\n' "$database"
  if [ -n "$user" ] && [ -n "$password" ]; then
    printf 'CREATE USER %s@"%%" IDENTIFIED BY %s;\n' "$(quoted "$user")" "$(quoted "$password")"
    [ -z "$database" ] || printf 'GRANT ALL ON `%s`.* TO %s@"%%";\n' "${database//_/\\_}" "$(quoted "$user")"
  fi
  printf 'CREATE USER root@"%%" IDENTIFIED BY %s;\nGRANT ALL ON *.* TO root@"%%" WITH GRANT OPTION;\n' "$(quoted "$root_password")"
  # Those that mariadb-install-db makes have no password, and are nearer than "%".
  printf "DROP USER IF EXISTS root@'127.0.0.1', root@'::1', root@'%s';\n" "$(hostname)"
  # Last: from here on the client needs the password.
  printf 'SET PASSWORD FOR root@localhost = PASSWORD(%s);\n' "$(quoted "$root_password")"
}

# quoted TEXT: as a string of SQL.
quoted() {
  local text=${1//\\/\\\\}
  printf "'%s'" "${text//\'/\\\'}"
}

run_scripts() {
  local file
  for file in /docker-entrypoint-initdb.d/*; do
    case $file in
      *.sh)
        note "running $file"
        # shellcheck disable=SC1090
        if [ -x "$file" ]; then "$file"; else . "$file"; fi ;;
      *.sql) note "running $file" && sql "$database" <"$file" ;;
      *.sql.gz) note "running $file" && gunzip -c "$file" | sql "$database" ;;
      */\*) ;;
      *) note "ignoring $file" ;;
    esac
  done
}

# sql [DATABASE]: as root, over the socket; the password is in the environment, not among the arguments.
sql() { MYSQL_PWD=$login mariadb --no-defaults --protocol=socket --socket="$socket" --user=root --comments ${1:+--database="$1"}; }

note() { printf '%s [Note] [Entrypoint]: %s\n' "$(date --rfc-3339=seconds)" "$*"; }

main "$@"
