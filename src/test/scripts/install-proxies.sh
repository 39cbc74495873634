#!/usr/bin/env bash
# usage: install-proxies.sh <folder>
# Makes sure that there are nginx and caddy in a folder, for the tests of the files in server-config/proxies: as links to those on
# the PATH or, on Debian, unpacked from Debian's packages. Nothing is installed, because Debian's packages would start both.
set -euo pipefail
target=$1
mkdir -p "$target"

for program in nginx caddy; do
  [ -x "$target/$program" ] && continue
  found=$(PATH=$PATH:/usr/sbin command -v "$program" || true)
  if [ -z "$found" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    packages=$target/packages
    mkdir -p "$packages"
    [ "$(id -u)" != 0 ] || apt-get update -qq
    (cd "$packages" && apt-get download -qq -o APT::Sandbox::User=root "$program")
    dpkg-deb -x "$packages/${program}"_*.deb "$packages"
    found=$(find "$packages/usr" -name "$program" -type f -perm -u+x)
  fi
  if [ -z "$found" ]; then
    echo "The tests need nginx and caddy on the PATH. On Debian: apt-get install nginx caddy" >&2
    exit 1
  fi
  ln -sf "$found" "$target/$program"
done
