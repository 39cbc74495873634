#!/usr/bin/env bash
# usage: install-proxies.sh <folder> Makes sure that there are nginx, caddy, haproxy and apache2 in a folder, for the
# tests of the files in server-config/proxies: those of the machine or, on Debian, unpacked from Debian's packages.
# Nothing is installed, because Debian's packages would start them all. Beside them are apache2-modules, and in lua
# and lua-libraries LuaSocket, which Apache httpd's file needs. Its mod_auth_openidc is a client of OpenID Connect, and
# libfaketime.so gives it the clock of the server that it is a client of.
set -euo pipefail
target=$1
mkdir -p "$target"
target=$(cd "$target" && pwd)
packages=$target/packages

# Those of each program's packages that hardly a machine has without them.
nginx="nginx"
caddy="caddy"
haproxy="haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1"
apache2="apache2-bin libapache2-mod-auth-openidc libcjose0 libhiredis0.14 libfaketime lua-socket liblua5.3-0 libapr1 libaprutil1"

unpack() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  mkdir -p "$packages"
  if [ "$(id -u)" = 0 ] && [ ! -e "$packages/.updated" ]; then
    apt-get update -qq
    touch "$packages/.updated"
  fi
  for package in "$@"; do
    compgen -G "$packages/${package}_*.deb" >/dev/null && continue
    (cd "$packages" && apt-get download -qq -o APT::Sandbox::User=root "$package")
    dpkg-deb -x "$packages/${package}"_*.deb "$packages"
  done
}

faketime_of() {
  find "$1" -path '*/faketime/libfaketimeMT.so.1' 2>/dev/null | head -1
}

# Whether the machine has all that the test of a program needs.
is_whole() {
  [ "$1" != apache2 ] || { [ -e /usr/lib/apache2/modules/mod_lua.so ] && [ -e /usr/share/lua/5.3/socket/http.lua ] \
    && [ -e /usr/lib/apache2/modules/mod_auth_openidc.so ] && [ -n "$(faketime_of /usr/lib)" ]; }
}

for program in nginx caddy haproxy apache2; do
  if [ -x "$target/$program" ]; then
    [ "$program" != apache2 ] || [ -e "$target/libfaketime.so" ] || rm "$target/$program"
  fi
  [ -x "$target/$program" ] && continue
  usr=/usr
  found=$(PATH=$PATH:/usr/sbin command -v "$program" || true)
  if [ -z "$found" ] || ! is_whole "$program"; then
    # shellcheck disable=SC2086
    if ! unpack ${!program}; then
      echo "The tests need nginx, caddy, haproxy and apache2 with lua-socket, mod_auth_openidc and libfaketime. On" \
        "Debian: apt-get install nginx caddy haproxy apache2 lua-socket libapache2-mod-auth-openidc libfaketime" >&2
      exit 1
    fi
    usr=$packages/usr
    found=$(find "$usr" -name "$program" -type f -perm -u+x | head -1)
  fi
  if [ "$program" = apache2 ]; then
    ln -sfn "$usr/lib/apache2/modules" "$target/apache2-modules"
    ln -sfn "$(faketime_of "$usr/lib")" "$target/libfaketime.so"
    rm -rf "$target/lua" "$target/lua-libraries"
    cp -rL "$usr/share/lua/5.3" "$target/lua"
    cp -rL "$(find "$usr/lib" -path '*/lua/5.3' -type d | head -1)" "$target/lua-libraries"
  fi
  libraries=$(find "$packages/usr/lib" -maxdepth 1 -type d -name '*-linux-gnu*' 2>/dev/null | head -1 || true)
  printf '#!/bin/sh\nexport LD_LIBRARY_PATH="%s"\nexec "%s" "$@"\n' "$libraries" "$found" > "$target/$program.new"
  chmod +x "$target/$program.new"
  mv "$target/$program.new" "$target/$program"
done
