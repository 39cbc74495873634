#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests: on Debian as root it installs the package, elsewhere it says what to do.
set -euo pipefail

command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium
  exit 0
fi
echo "The browser tests need Chromium as \"chromium\" on the PATH. On Debian: apt-get install chromium" >&2
exit 1
