#!/usr/bin/env bash
# The two tests of the official image's script that are asked for most: every one that is named must pass.
#   --connect              the server takes TCP connections (an answer "access denied" proves that)
#   --innodb_initialized   InnoDB has started; asked for as the user that the entry point made for this script
set -euo pipefail

main() {
  [ $# -gt 0 ] || { echo "healthcheck.sh: name a test: --connect or --innodb_initialized" >&2 && exit 1; }
  local test
  for test in "$@"; do
    case $test in
      --connect) connect ;;
      --innodb_initialized) innodb_initialized ;;
      *) echo "healthcheck.sh: this stand-in does not know $test" >&2 && exit 1 ;;
    esac
  done
}

connect() {
  local said
  said=$(mariadb --no-defaults --protocol=tcp --host=127.0.0.1 --connect-timeout=2 --user=healthcheck --execute='select 1' 2>&1) && return
  case $said in
    *'Access denied'* | *'ERROR 1045'*) ;;
    *) echo "$said" && exit 1 ;;
  esac
}

innodb_initialized() {
  local on
  on=$(mariadb --defaults-file=/var/lib/mysql/.my-healthcheck.cnf --protocol=tcp --host=127.0.0.1 --skip-column-names --execute="select 1 from information_schema.ENGINES where engine='innodb' and support in ('YES', 'DEFAULT', 'ENABLED')")
  [ "$on" = 1 ]
}

main "$@"
