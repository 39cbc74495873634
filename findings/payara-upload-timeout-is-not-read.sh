#!/bin/sh
# Payara Micro 6.2025.10.
#
# "connection-upload-timeout-millis" of a listener's http element says how long the server waits for the next part of
# a request's body. It can be set, and nothing happens: what bounds that wait is "read-timeout-millis" of the
# transport, 30 seconds by default.
#
# Sets the first to 1 second and the second to 5, sends a part of a body, and prints after how many seconds the read
# ended; fails if that is less than 4. Needs Java 17 or later, Maven, curl, and a free port, 18083.
set -eu
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null || true; rm -rf "$work"' EXIT
cd "$work"
mvn -q dependency:copy -Dartifact=fish.payara.extras:payara-micro:6.2025.10 -DoutputDirectory="$work"
mkdir reads
cat > reads/index.jsp <<'JSP'
<%
    try {
        request.getInputStream().readAllBytes();
    } catch (java.io.IOException ended) {
        // as it should, sooner or later
    }
%>
JSP
(cd reads && jar cf ../reads.war index.jsp)
cat > commands.txt <<'COMMANDS'
set configs.config.server-config.network-config.protocols.protocol.http-listener.http.connection-upload-timeout-millis=1000
set configs.config.server-config.network-config.transports.transport.tcp.read-timeout-millis=5000
set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
COMMANDS
java -jar payara-micro-6.2025.10.jar --nocluster --port 18083 --prebootcommandfile commands.txt --deploy reads.war > log 2>&1 &
echo $! > pid
address=http://127.0.0.1:18083/reads/index.jsp
tries=0
until curl -sf -o answer "$address"; do
  tries=$((tries + 1))
  [ "$tries" -lt 120 ] || { cat log; exit 1; }
  sleep 1
done
seconds=$(curl -s -o answer -m 60 -w '%{time_total}' -H 'Content-Length: 1000' --data-binary half "$address" || true)
echo "the read ended after seconds: $seconds"
[ "${seconds%%.*}" -ge 4 ]
