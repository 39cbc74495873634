#!/bin/sh
# HAProxy 2.6.12, as Debian 12 has it.
#
# An action in Lua (core.register_action, called by "http-request lua.NAME") that throws an error leaves the request as
# it was. HAProxy logs an alert and goes on with the next rule, instead of answering 500. A script whose answer matters
# sets a variable at its end, and the next rule demands that variable.
#
# Prints the status of a request without that rule and with it; fails if it changes. Needs Debian 12, apt-get, curl
# and two free ports, 18081 and 18082; unpacks the packages and installs nothing.
set -eu
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
for package in haproxy=2.6.* liblua5.3-0 libopentracing-c-wrapper0 libopentracing1; do
  apt-get download -qq -o APT::Sandbox::User=root "$package"
done
for package in ./*.deb; do
  dpkg-deb -x "$package" .
done
cat > fails.lua <<'LUA'
core.register_action("decides", {"http-req"}, function(txn)
  error("the script has a fault")
end)
LUA
cat > haproxy.cfg <<'CFG'
global
    lua-load fails.lua
    pidfile pid
defaults
    mode http
    timeout connect 1s
    timeout client 5s
    timeout server 5s
frontend without-a-rule
    bind 127.0.0.1:18081
    http-request lua.decides
    http-request return status 200
frontend with-a-rule
    bind 127.0.0.1:18082
    http-request lua.decides
    http-request deny deny_status 503 unless { var(txn.decided) -m str passes }
    http-request return status 200
CFG
libraries=$(find "$work/usr/lib" -maxdepth 1 -name '*-linux-gnu*')
LD_LIBRARY_PATH=$libraries "$work/usr/sbin/haproxy" -D -f haproxy.cfg > log 2>&1
without=$(curl -s -o answer -w '%{http_code}' http://127.0.0.1:18081/)
with=$(curl -s -o answer -w '%{http_code}' http://127.0.0.1:18082/)
echo "without a rule behind it: $without"
echo "with a rule behind it: $with"
[ "$without" = 200 ]
[ "$with" = 503 ]
