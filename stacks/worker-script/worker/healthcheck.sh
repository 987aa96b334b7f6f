#!/bin/sh
# By its process id: `pgrep -f` would find the probe's own shell, whose command line holds the pattern.
pid=$(cat /tmp/worker.pid) || exit 1
if kill -0 "$pid" 2>/dev/null; then
  echo "process $pid works"
else
  echo "process $pid, which does the work, is gone"
  exit 1
fi
