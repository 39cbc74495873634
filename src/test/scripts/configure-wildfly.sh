#!/usr/bin/env bash
# usage: configure-wildfly.sh <wildfly home> <folder of configure.cli and restore.cli>
# Configures an unpacked WildFly; first shows that restore.cli leaves standalone.xml exactly as it was before configure.cli.
# The working directory holds postgresql.jar.
set -euo pipefail
home=$1
scripts=$2
config=$home/standalone/configuration/standalone.xml
original=$config.original
configured=$config.configured

if [ "$configured" -nt "$scripts/configure.cli" ] && [ "$configured" -nt "$scripts/restore.cli" ]; then
  exit 0
fi
[ -e "$original" ] || cp "$config" "$original"
cp "$original" "$config"
rm -rf "$home/modules/org/postgresql/jdbc"

cli() {
  "$home/bin/jboss-cli.sh" --file="$scripts/$1" </dev/null || { echo "$1 failed" >&2; exit 1; }
}
cli configure.cli
cli restore.cli
cmp "$original" "$config" || { echo "restore.cli did not undo configure.cli" >&2; exit 1; }
[ ! -e "$home/modules/org/postgresql/jdbc" ] || { echo "restore.cli left the driver module" >&2; exit 1; }
cli configure.cli
rm -rf "$home/standalone/log" "$home/standalone/data" "$home/standalone/tmp"
cp "$config" "$configured"
