#!/usr/bin/env bash
# Like the official image's: WordPress is copied to where the volume is, unless it is there already.
set -euo pipefail
if [ "$1" = apache2-foreground ]; then
  if [ ! -e index.php ] && [ ! -e wp-includes/version.php ]; then
    echo "WordPress not found in $PWD - copying now..."
    tar --create --directory /usr/src/wordpress --owner www-data --group www-data . | tar --extract
    chown www-data:www-data .
    echo "Complete! WordPress has been successfully copied to $PWD"
  fi
  if [ ! -s wp-config.php ]; then
    cp wp-config-docker.php wp-config.php
    chown www-data:www-data wp-config.php
  fi
fi
exec "$@"
