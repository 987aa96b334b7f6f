#!/bin/bash
# Like the official image's: on an empty volume a temporary server, on the socket only, runs the init scripts.
set -euo pipefail
data=/var/lib/mysql
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$data" && chown mysql:mysql "$data"
  exec gosu mysql "$0" "$@"
fi
if [ -n "${MARIADB_ROOT_PASSWORD_FILE:-}" ]; then MARIADB_ROOT_PASSWORD=$(<"$MARIADB_ROOT_PASSWORD_FILE"); fi
if [ ! -d "$data/mysql" ]; then
  mariadb-install-db --user=mysql --datadir="$data" --skip-test-db >/dev/null
  mariadbd --skip-networking &
  until mariadb-admin ping --silent; do sleep 0.2; done
  for script in /docker-entrypoint-initdb.d/*.sh; do [ ! -e "$script" ] || . "$script"; done
  mariadb -e "ALTER USER root@localhost IDENTIFIED BY '${MARIADB_ROOT_PASSWORD:?}';
    CREATE USER root@'%' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD'; GRANT ALL ON *.* TO root@'%' WITH GRANT OPTION;
    ${MARIADB_USER:+CREATE USER $MARIADB_USER@'%' IDENTIFIED BY '${MARIADB_PASSWORD:-}';}
    ${MARIADB_DATABASE:+CREATE DATABASE $MARIADB_DATABASE; GRANT ALL ON $MARIADB_DATABASE.* TO ${MARIADB_USER:-root}@'%';}"
  mariadb-admin --password="$MARIADB_ROOT_PASSWORD" shutdown
  wait
fi
exec "$@"
