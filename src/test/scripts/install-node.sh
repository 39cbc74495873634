#!/usr/bin/env bash
# usage: install-node.sh <folder of package.json> <folder for node_modules>
# Makes sure that there are Node and npm (on Debian as root it installs them, elsewhere it says what to do), and brings the packages
# that package-lock.json names, once for the whole build.
set -euo pipefail
packages=$1
target=$2

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need Node 18.19 or later and npm on the PATH. On Debian: apt-get install nodejs npm" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends nodejs npm
fi

brought=$target/node_modules/.brought-package-lock.json
cmp -s "$packages/package-lock.json" "$brought" && exit 0
mkdir -p "$target"
cp "$packages/package.json" "$packages/package-lock.json" "$packages/.npmrc" "$target"
(cd "$target" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)
cp "$packages/package-lock.json" "$brought"
