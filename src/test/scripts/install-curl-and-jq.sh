#!/usr/bin/env bash
# Makes sure that there are curl and jq for the scripts in src/test/sh: on Debian as root it installs them, elsewhere it says what
# to do.
set -euo pipefail

command -v curl >/dev/null && command -v jq >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends curl jq
  exit 0
fi
echo "The tests need curl and jq on the PATH. On Debian: apt-get install curl jq" >&2
exit 1
