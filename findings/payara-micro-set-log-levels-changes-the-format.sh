#!/bin/sh
# Payara Micro 6.2025.10.
#
# "set-log-levels" in a file of pre-boot commands sets the level that it is asked for, and reads the logging
# configuration anew. From there on the console is written by the JDK's SimpleFormatter, in two lines a record, and no
# longer by Payara's ODLLogFormatter, which the configuration names. Whatever reads the log by its format then finds
# nothing. A file for --logproperties sets levels and keeps the format.
#
# Prints how many records each start writes in the one format and in the other; fails if that changes. Needs Java 17 or
# later, Maven, curl, and a free port, 18083.
set -eu
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
mvn -q dependency:copy -Dartifact=fish.payara.extras:payara-micro:6.2025.10 -DoutputDirectory="$work"
address='set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1'
echo "$address" > without
{ echo 'set-log-levels org.example=OFF'; echo "$address"; } > with

records() {
  java -jar payara-micro-6.2025.10.jar --nocluster --port 18083 --prebootcommandfile "$1" > "$1.log" 2>&1 &
  echo $! > pid
  tries=0
  until grep -q 'ready in' "$1.log"; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { cat "$1.log"; exit 1; }
    sleep 1
  done
  kill "$(cat pid)"
  wait "$(cat pid)" || true
  sed 's/\x1b\[[0-9;]*m//g' "$1.log" | sed -n '/http-listener.address/,$p' > after
  odl=$(grep -c '^\[20[0-9-]*T[0-9:.+]*\] \[' after || true)
  simple=$(grep -cE '^(INFO|WARNING): ' after || true)
  echo "$1 set-log-levels: ODLLogFormatter $odl, SimpleFormatter $simple"
}
records without
[ "$odl" -gt "$simple" ]
records with
[ "$simple" -gt "$odl" ]
