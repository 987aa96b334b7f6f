#!/bin/sh
# Starts the process that does the work, and stays even when that has ended: the container runs on, and only the
# health check notices.
sleep 100000000 &
echo $! >/tmp/worker.pid
echo "the work is done by process $!"
wait $!
echo "the work has ended"
exec tail -f /dev/null
