#!/bin/sh
# HAProxy 2.6.12, as Debian 12 has it.
#
# A call from Lua by core.httpclient():get{timeout = 1000} to a server that accepts the connection and never answers
# comes back with 504 after four seconds, not after one: the client of HAProxy tries three times more, and each try has
# the whole timeout. This version has no option for it: "httpclient.retries" is an unknown keyword here. So a script that
# may take a second gives its call a quarter of one.
#
# Prints the status and the seconds; fails if they change. Needs Debian 12, apt-get, curl, python3 and two free ports,
# 18081 and 18083; unpacks the packages and installs nothing.
set -eu
work=$(mktemp -d)
trap 'kill $(cat "$work/pid" 2>/dev/null) "$silent" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
for package in haproxy=2.6.* liblua5.3-0 libopentracing-c-wrapper0 libopentracing1; do
  apt-get download -qq -o APT::Sandbox::User=root "$package"
done
for package in ./*.deb; do
  dpkg-deb -x "$package" .
done
cat > silent.py <<'PY'
import socket, time
listener = socket.create_server(("127.0.0.1", 18083))
kept = []
while True:
    kept.append(listener.accept())
PY
python3 silent.py & silent=$!
cat > asks.lua <<'LUA'
core.register_action("asks", {"http-req"}, function(txn)
  local answer = core.httpclient():get{url = "http://127.0.0.1:18083/", timeout = 1000}
  txn:set_var("txn.status", tostring(answer and answer.status))
end)
LUA
cat > haproxy.cfg <<'CFG'
global
    lua-load asks.lua
defaults
    mode http
    timeout connect 1s
    timeout client 30s
    timeout server 30s
frontend asks
    bind 127.0.0.1:18081
    http-request lua.asks
    http-request return status 200 content-type text/plain lf-string "%[var(txn.status)]"
CFG
libraries=$(find "$work/usr/lib" -maxdepth 1 -name '*-linux-gnu*')
LD_LIBRARY_PATH=$libraries "$work/usr/sbin/haproxy" -D -p pid -f haproxy.cfg > log 2>&1
curl -s -w ' %{time_total}' http://127.0.0.1:18081/ > answer
read -r status seconds < answer || true
echo "status $status after $seconds seconds"
[ "$status" = 504 ]
[ "${seconds%%.*}" = 4 ]
sed -i '1a\    httpclient.retries 0' haproxy.cfg
LD_LIBRARY_PATH=$libraries "$work/usr/sbin/haproxy" -c -f haproxy.cfg > log 2>&1 || true
grep -o "unknown keyword 'httpclient.retries'" log
