#!/bin/sh
# Apache HttpClient 5.6.5 in a WAR on WildFly 39.0.1.Final.
#
# HttpClients.createDefault() fails with NoClassDefFoundError: a static initializer asks jdk.net.Sockets for TCP
# keep-alive options, and does not expect that the class may be missing. A deployment on WildFly sees the modules of
# Java SE and not jdk.net of the JDK. With <module name="jdk.net"/> in jboss-deployment-structure.xml it works.
#
# Deploys the same page without and with that line, and prints what each answers; fails if that changes. Needs Java 17
# or later, Maven, curl, and a free port, 18084.
set -eu
work=$(mktemp -d)
trap 'kill "$(cat "$work/pid" 2>/dev/null)" 2>/dev/null || true; sleep 2; rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.httpcomponents.client5</groupId>
      <artifactId>httpclient5</artifactId>
      <version>5.6.5</version>
    </dependency>
  </dependencies>
</project>
POM
mkdir -p without/WEB-INF/lib
mvn -q -ntp dependency:copy-dependencies -DoutputDirectory="$work/without/WEB-INF/lib"
mvn -q -ntp dependency:unpack -Dartifact=org.wildfly:wildfly-dist:39.0.1.Final:zip -DoutputDirectory="$work"
cat > without/index.jsp <<'JSP'
<%@ page import="org.apache.hc.client5.http.impl.classic.HttpClients" %><%
    try {
        HttpClients.createDefault().close();
        out.print("built");
    } catch (LinkageError e) {
        out.print(e);
    }
%>
JSP
cp -r without with
cat > with/WEB-INF/jboss-deployment-structure.xml <<'XML'
<jboss-deployment-structure xmlns="urn:jboss:deployment-structure:1.3">
  <deployment>
    <dependencies>
      <module name="jdk.net"/>
    </dependencies>
  </deployment>
</jboss-deployment-structure>
XML
home=$work/wildfly-39.0.1.Final
for each in without with; do
  jar cf "$home/standalone/deployments/$each.war" -C "$each" .
done
export LAUNCH_JBOSS_IN_BACKGROUND=1 JBOSS_PIDFILE="$work/pid"
"$home/bin/standalone.sh" -Djboss.http.port=18084 -Djboss.https.port=0 -Djboss.management.http.port=0 > log 2>&1 &
for each in without with; do
  tries=0
  until curl -sf -o "$each.answer" "http://127.0.0.1:18084/$each/"; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { cat log; exit 1; }
    sleep 1
  done
  echo "$each the module: $(cat "$each.answer")"
done
grep -q 'NoClassDefFoundError: jdk/net/Sockets' without.answer
grep -q '^built' with.answer
