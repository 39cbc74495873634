#!/usr/bin/env bash
# usage: install-wrk.sh <folder>
# Makes sure that there is wrk in a folder: as a link to the one on the PATH or, on Debian, unpacked from Debian's package.
set -euo pipefail
target=$1
mkdir -p "$target"

[ -x "$target/wrk" ] && exit 0
found=$(command -v wrk || true)
if [ -z "$found" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
  [ "$(id -u)" != 0 ] || apt-get update -qq
  (cd "$target" && apt-get download -qq -o APT::Sandbox::User=root wrk libluajit-5.1-2 libluajit-5.1-common)
  for package in "$target"/*.deb; do
    dpkg-deb -x "$package" "$target/packages"
  done
  libraries=$(dirname "$(find "$target/packages" -name 'libluajit-5.1.so.2')")
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s/packages/usr/bin/wrk "$@"\n' "$libraries" "$target" >"$target/wrk"
  chmod +x "$target/wrk"
  exit 0
fi
if [ -z "$found" ]; then
  echo "The benchmarks need wrk on the PATH. On Debian: apt-get install wrk" >&2
  exit 1
fi
ln -sf "$found" "$target/wrk"
