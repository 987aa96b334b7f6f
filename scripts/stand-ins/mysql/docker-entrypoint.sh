#!/usr/bin/env bash
# Like the official image's: an empty data folder is initialised first, with a server without network while
# users are made and the scripts of /docker-entrypoint-initdb.d run; then the real one starts.
set -euo pipefail

data=/var/lib/mysql
socket=/run/mysqld/mysqld.sock

main() {
  [ "$1" = mysqld ] || exec "$@"
  set -- "$@" --user=mysql --socket="$socket"
  [ -d "$data/mysql" ] || initialise
  exec "$@"
}

initialise() {
  mysqld --initialize-insecure --user=mysql --datadir="$data"
  mysqld --skip-networking --mysqlx=OFF --user=mysql --socket="$socket" &
  server=$!
  until mysqladmin --socket="$socket" ping >/dev/null 2>&1; do kill -0 $server && sleep 0.1; done
  printf "CREATE USER root@'%%' IDENTIFIED BY '%s'; GRANT ALL ON *.* TO root@'%%'; ALTER USER root@localhost IDENTIFIED BY '%s';" \
    "$MYSQL_ROOT_PASSWORD" "$MYSQL_ROOT_PASSWORD" | mysql --socket="$socket" --user=root
  for file in /docker-entrypoint-initdb.d/*.sh; do
    # shellcheck disable=SC1090
    [ ! -e "$file" ] || . "$file"
  done
  kill $server
  wait $server || true
}

main "$@"
