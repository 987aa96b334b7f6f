#!/bin/sh
# Like the official image's: scripts of /docker-entrypoint.d run before nginx does.
set -e
if [ "$1" = nginx ]; then
  for script in /docker-entrypoint.d/*.sh; do
    if [ -x "$script" ]; then "$script"; fi
  done
fi
exec "$@"
